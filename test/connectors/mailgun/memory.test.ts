import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createMailgunChannel } from '../../../connectors/mailgun/channel.ts';
import { MailgunSettings } from '../../../connectors/mailgun/settings.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { hmacOf } from '../../support/form-tools.ts';

const KEY = 'signing-key';
const MAILS = 200;
const HEAD_BYTES = 50_000;

function megabytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** A mail as it came, whose head is long. */
function aMail(number: number): RawRequest {
  const [timestamp, token] = [String(MORNING.epochMilliseconds / 1000), String(number).padStart(50, 'a')];
  const head = `Received: ${'x'.repeat(HEAD_BYTES)}\r\nMessage-Id: <${number}.a-long-enough-id@mail.example.com>`;
  const fields = {
    timestamp,
    token,
    signature: hmacOf(KEY, [timestamp, token], 'hex'),
    'body-mime': `${head}\r\n\r\nHi`,
  };
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(fields).toString()),
    token: null,
    receivedAt: MORNING,
  };
}

it('remembers of a mail its token and its id, and nothing of its head', () => {
  const channel = createMailgunChannel(MailgunSettings.parse({}));
  const before = megabytesInUse();
  for (let number = 0; number < MAILS; number++) {
    expect(channel.verify(aMail(number), { tokens: [], signing: [KEY] })).toEqual({ authentic: true });
  }
  // All heads are 10 MB.
  expect(megabytesInUse() - before).toBeLessThan(5);
  const [first, other] = [aMail(0), aMail(1)];
  expect(channel.verify(first, { tokens: [], signing: [KEY] })).toEqual({ authentic: true });
  expect(
    channel.verify(
      { ...first, body: Buffer.from(String(other.body).replace('aaa1&', 'aaa0&')) },
      { tokens: [], signing: [KEY] },
    ),
  ).toMatchObject({ authentic: false });
});
