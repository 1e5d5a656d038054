import { describe, expect, it } from 'vitest';
import { createMailgunChannel } from '../../../connectors/mailgun/channel.ts';
import { MailgunSettings } from '../../../connectors/mailgun/settings.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { hmacOf, messageRead } from '../../support/form-tools.ts';
import { RECORDED_FILE, RECORDED_MAIL } from '../../support/mails.ts';
import { allRecorded, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: [], signing: ['signing-key'] };
const TIMESTAMP = String(MORNING.subtract({ minutes: 1 }).epochMilliseconds / 1000);
const TOKEN = 'cbf7a3a9d3c7e1c2f08bb6e1b2c4d5e6f708192a3b4c5d6e7f';

/** The recorded request with something in it written in another way. */
function changed(request: RawRequest, from: string, to: string): RawRequest {
  return { ...request, body: Buffer.from(Buffer.from(request.body).toString('latin1').replaceAll(from, to), 'latin1') };
}

function signed(request: RawRequest, key = 'signing-key'): RawRequest {
  return changed(request, 'SIGNATURE', hmacOf(key, [TIMESTAMP, TOKEN], 'hex'));
}

describe('Mailgun', () => {
  const request = recorded('mailgun', 'parsed');
  testChannel({
    channel: createMailgunChannel(MailgunSettings.parse({})),
    secrets: SECRETS,
    authentic: allRecorded('mailgun').map(([name, each]) => [name, signed(each)] as const),
    forged: [
      ['a wrong signature', request],
      ['no signature', changed(request, 'name="signature"', 'name="signed"')],
      ['another key', signed(request, 'signing-kez')],
      ['another token', changed(signed(request), TOKEN, `${TOKEN}0`)],
    ],
  });

  it('is believed for as long as it comes again, and not later or before', () => {
    const verdict = (hours: number) =>
      createMailgunChannel(MailgunSettings.parse({})).verify(
        { ...signed(request), receivedAt: MORNING.add({ hours }) },
        SECRETS,
      ).authentic;
    expect([verdict(8), verdict(13), verdict(-13)]).toEqual([true, false, false]);
  });

  it('is believed again with the same mail, and not with another under the same token', () => {
    const channel = createMailgunChannel(MailgunSettings.parse({}));
    expect(channel.verify(signed(request), SECRETS)).toEqual({ authentic: true });
    expect(channel.verify(signed(request), SECRETS)).toEqual({ authentic: true });
    expect(channel.verify(changed(signed(request), 'CAF=1@', 'CAF=2@'), SECRETS)).toEqual({
      authentic: false,
      reason: 'its token came before, with another mail',
    });
  });
});

describe('a mail that Mailgun forwarded', () => {
  it.each(['parsed', 'mime'])('is read where it came %s (A-004, A-007)', async (name) => {
    const [channel, request] = [createMailgunChannel(MailgunSettings.parse({})), recorded('mailgun', name)];
    expect(messageRead(channel, request)).toMatchObject(RECORDED_MAIL);
    expect(channel.deliveryId(request)).toBe('CAF=1@mail.example.com');
    expect(Buffer.from((await channel.file?.(request, 0)) ?? []).equals(RECORDED_FILE)).toBe(true);
    expect(await channel.file?.(request, 1)).toBeNull();
  });

  it('belongs to the ticket of the token behind the plus', () => {
    const token = 'a'.repeat(42);
    const request = changed(recorded('mailgun', 'parsed'), 'help+tag', `help+${token}`);
    expect(messageRead(createMailgunChannel(MailgunSettings.parse({})), request).thread.belongsTo?.[0]).toBe(
      `reply:${token}`,
    );
  });
});
