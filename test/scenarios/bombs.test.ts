import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';

const TOKENS = { TABLEDESK_TOKEN: 'a token of the desk', JSON_TOKEN: 'a token for senders of JSON' };

/** Unpacked it is longer than any form and than a config to be tried, packed some 8 KB. */
const PACKED = gzipSync(`message=${'a'.repeat(8 * 1024 * 1024)}`);

describe('a request that is more than it seems', () => {
  const at = {} as { desk: RunningDesk };
  beforeAll(async () => {
    at.desk = await aRunningDesk({ variables: TOKENS });
  });
  afterAll(() => at.desk.remove());

  async function send(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    const response = await fetch(`${at.desk.address}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
    await response.text();
    return response.status;
  }

  async function expectGoesOn(subject: string): Promise<void> {
    expect(await at.desk.post({ email: 'greta@example.com', subject, message: 'It goes on.' })).toBe(202);
    expect(await at.desk.ticketAbout(subject)).toMatchObject({ requester: { email: 'greta@example.com' } });
  }

  it.each([
    ['/signin', 'application/x-www-form-urlencoded'],
    ['/survey/some-token', 'application/x-www-form-urlencoded'],
    ['/forms/website/articles', 'application/x-www-form-urlencoded'],
    ['/api/backtest', 'application/json'],
  ])('is refused by %s where it is too long once it is unpacked', async (path, type) => {
    const headers = {
      'content-type': type,
      'content-encoding': 'gzip',
      authorization: `Bearer ${TOKENS.TABLEDESK_TOKEN}`,
    };
    expect(await send(path, headers, PACKED)).toBe(413);
  });

  it('is stored by a hook as it came, and never unpacked', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    expect(await send('/hooks/website', headers, PACKED)).toBe(202);
    await expectGoesOn('after what was packed');
  });

  it('with braces a hundred thousand deep does not stop what comes after', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKENS.JSON_TOKEN}` };
    expect(await send('/hooks/json', headers, deep)).toBe(202);
    await expectGoesOn('after what was deep');
  });

  it('with sixty thousand fields does not stop what comes after', async () => {
    const wide = Array.from({ length: 60_000 }, (_, index) => `field-${index}=1`).join('&');
    expect(await send('/hooks/website', { 'content-type': 'application/x-www-form-urlencoded' }, wide)).toBe(202);
    await expectGoesOn('after what was wide');
  });

  it('has a file whose name hides what it is, and is told of by a plain one', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ email: 'bo@example.com', subject: 'A file', message: 'See it.' })) {
      form.set(name, value);
    }
    form.set('file', new Blob(['MZ']), 'ann\u202efdp.exe');
    const sent = await fetch(`${at.desk.address}/hooks/website`, { method: 'POST', body: form });
    expect(sent.status).toBe(202);
    const { number } = await at.desk.ticketAbout('A file');
    const { messages } = await at.desk.api<{ messages: { attachments: { name: string }[] }[] }>(
      `/api/tickets/${number}`,
    );
    expect(messages.flatMap(({ attachments }) => attachments.map(({ name }) => name))).toEqual(['annfdp.exe']);
  });
});
