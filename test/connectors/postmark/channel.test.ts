import { describe, expect, it } from 'vitest';
import { createPostmarkChannel } from '../../../connectors/postmark/channel.ts';
import { PostmarkSettings } from '../../../connectors/postmark/settings.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { RECORDED_FILE, RECORDED_MAIL } from '../../support/mails.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const CHANNEL = createPostmarkChannel(PostmarkSettings.parse({}));
const SECRETS = { tokens: ['right-token'], signing: [] };

function withPassword(request: RawRequest, password: string): RawRequest {
  return withHeaders(request, { authorization: `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}` });
}

describe('Postmark', () => {
  const request = recorded('postmark', 'inbound');
  testChannel({
    channel: CHANNEL,
    secrets: SECRETS,
    authentic: [
      ...allRecorded('postmark').map(([name, each]) => [name, { ...each, token: 'right-token' }] as const),
      ['a password in its address', withPassword(request, 'right-token')],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'right-tokem' }],
      ['another password', withPassword(request, 'right-tokem')],
      ['a password without a name', withHeaders(request, { authorization: 'Basic !' })],
    ],
  });
});

describe('a mail that Postmark received', () => {
  it.each(['inbound', 'raw'])('is read out of %s (A-004, A-007)', async (name) => {
    const request = recorded('postmark', name);
    expect(messageRead(CHANNEL, request)).toMatchObject(RECORDED_MAIL);
    expect(CHANNEL.deliveryId(request)).toBe('CAF=1@mail.example.com');
    expect(Buffer.from((await CHANNEL.file?.(request, 0)) ?? []).equals(RECORDED_FILE)).toBe(true);
    expect(await CHANNEL.file?.(request, 1)).toBeNull();
  });

  it('is read as text where it is HTML alone, and is known by the id of Postmark where it has none', () => {
    const request = recorded('postmark', 'few-fields');
    expect(messageRead(CHANNEL, request)).toMatchObject({
      from: { name: 'jo', email: 'jo@example.com' },
      subject: 'The lift is stuck.',
      text: 'The lift is stuck.',
      sentAt: null,
    });
    expect(CHANNEL.deliveryId(request)).toBe('22c74902-a0c1-4511-804f2-341342852c90');
  });

  it('belongs to the ticket of the token behind the plus', () => {
    const token = 'a'.repeat(42);
    const body = new TextDecoder().decode(recorded('postmark', 'inbound').body).replaceAll('HASH', token);
    const { thread } = messageRead(CHANNEL, aRequest('application/json', body));
    expect(thread.belongsTo?.[0]).toBe(`reply:${token}`);
  });

  it('is none where a test of Postmark brings nothing', () => {
    expect(CHANNEL.parse(aRequest('application/json', '{"hello": true}'))).toMatchObject({ kind: 'ignored' });
  });
});
