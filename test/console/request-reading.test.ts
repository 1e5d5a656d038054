import { describe, expect, it } from 'vitest';
import { readAgain } from '../../src/console/request-reading.ts';
import { channelOf } from '../support/channels.ts';
import { aChannel } from '../support/live-config.ts';
import { aRequest, recorded } from '../support/recorded.ts';

function of(kind: string) {
  return channelOf(aChannel({ kind }));
}

describe('a request that is read again', () => {
  it('shows what stands in nothing that was understood, out of JSON in a form too', async () => {
    const { leftAside } = await readAgain(recorded('jotform', 'submission'), of('jotform'));
    const paths = leftAside.map(({ path }) => path);
    expect(paths).toContain('formID');
    expect(paths).toContain('rawRequest.slug');
    expect(paths.filter((path) => path.includes('q4_email') || path.includes('whatHappened'))).toEqual([]);
  });

  it('shows a form with files by its fields and sizes, and bytes by how many they are', async () => {
    const form = await readAgain(recorded('form', 'browser-multipart'), of('form'));
    expect(form.body).toMatch(/^name: Zoë Müller$/m);
    expect(form.body).toMatch(/: [\w/-]+, \d+ B$/m);
    const bytes = await readAgain(aRequest('application/octet-stream', Buffer.from([0xff, 0x00, 0x10])), of('json'));
    expect(bytes.body).toBe('3 B that are no text');
  });

  it('is cut where it is long, and not taken apart where it is very long', async () => {
    const long = await readAgain(aRequest('text/plain', 'é'.repeat(15_000)), of('json'));
    expect(long.body.endsWith('é…\n(30 KB in all)')).toBe(true);
    const longest = await readAgain(aRequest('text/plain', 'x'.repeat(2_000_001)), of('json'));
    expect([longest.parsed, longest.leftAside]).toEqual([null, []]);
  });

  it('does not show a token that its sender puts into the body', async () => {
    const body = 'token=s3cr3t-word&text=hello there';
    const request = aRequest('application/x-www-form-urlencoded', body);
    const reading = await readAgain(request, of('form'), ['s3cr3t-word', '']);
    expect(reading.body).toBe('token=•••&text=hello there');
  });

  it('has no channel any more where the config has none', async () => {
    expect(await readAgain(aRequest('text/plain', 'hello'), null)).toEqual({
      parsed: null,
      leftAside: [],
      body: 'hello',
    });
  });
});
