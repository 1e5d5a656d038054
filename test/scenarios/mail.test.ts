import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createLog } from '../../src/kit/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';
import { aPolicy } from '../support/builders.ts';
import { channelOf } from '../support/channels.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aMail } from '../support/mails.ts';
import { aDesk, allDecisions, allTickets, inboxRow, postJson, type TestDesk } from '../support/pipeline.ts';

const CONFIG = aLiveConfig({
  policy: aPolicy({
    replies: { received: { name: 'received', subject: '[{{ ticket.number }}] We have it', body: 'Thank you.' } },
    intake: { acknowledgement: 'received' },
  }),
  channels: [aChannel({ name: 'mail', kind: 'postmark', settings: { plusAddress: true } })],
});
const TOKENS = createReplyTokens({ secret: 'of the tests' });

describe.each(ENGINES)('a conversation by mail, on %s', (engine) => {
  let database: TestDatabase;
  let desk: TestDesk;
  let outbox: Outbox;
  const sent: OutgoingMessage[] = [];

  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    sent.splice(0);
    const { connection } = database;
    desk = aDesk(connection, { config: CONFIG });
    const notifier = {
      async send(message: OutgoingMessage) {
        sent.push(message);
        return {
          kind: 'sent' as const,
          id: `<${sent.length}@desk.example>`,
          knownAs: [`mail:${sent.length}@desk.example`],
        };
      },
    };
    const parts = { notifier, channels: () => CONFIG.current().channels, channelOf, replyTokens: TOKENS };
    outbox = createOutbox({ connection, ...BY_MAIL_ALONE, ...parts, now: desk.clock.now, log: createLog('silent') });
  });

  /** A mail arrives, and everything that follows happens. Returns the id of its request. */
  async function mail(raw: Buffer): Promise<string> {
    const id = await postJson(database.connection, { MessageID: 'p', RawEmail: raw.toString() }, { channel: 'mail' });
    await desk.pipeline.drainInbox();
    await outbox.run();
    return id;
  }

  const opening = aMail({ headers: ['Subject: Printer', 'Message-ID: <1@example.com>'], body: 'It is broken.' });
  const tickets = () => allTickets(database.connection);
  const codes = async () => (await allDecisions(database.connection)).map(({ code }) => code);

  it('is one ticket whichever way an answer points at it (A-001)', async () => {
    await mail(opening);
    const [ticket] = await tickets();
    const token = TOKENS.tokenOf(ticket?.key ?? '');
    expect(sent[0]?.ties).toEqual({ address: null, token, earlier: ['mail:1@example.com'] });
    await mail(aMail({ from: 'g@home.example', headers: [`Cc: help+${token}@desk.example`], body: 'By the address.' }));
    await mail(aMail({ from: 'g@home.example', headers: ['In-Reply-To: <1@desk.example>'], body: 'By our letter.' }));
    await mail(
      aMail({ from: 'g@home.example', headers: ['References: <1@example.com> <x@y>'], body: 'By their own.' }),
    );
    await mail(
      aMail({ headers: ['Subject: Re: [T-1] We have it'.replace('T-1', numberOf(ticket))], body: 'By number.' }),
    );
    expect(await tickets()).toHaveLength(1);
    expect((await codes()).filter((code) => code === 'intake.answers')).toHaveLength(3);
    expect((await codes()).filter((code) => code === 'intake.threaded')).toHaveLength(1);
  });

  it('is another ticket for a number from elsewhere, for one whose sender is forged, and for a made-up address', async () => {
    await mail(opening);
    const [ticket] = await tickets();
    const subject = `Subject: Re: [${numberOf(ticket)}]`;
    await mail(aMail({ from: 'eve@example.org', headers: [subject], body: 'From elsewhere.' }));
    const failed = 'Authentication-Results: mx.desk.example; dmarc=fail header.from=example.com';
    await mail(aMail({ headers: [failed, subject], body: 'Forged.' }));
    const wrong = TOKENS.tokenOf(ticket?.key ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await mail(aMail({ from: 'eve@example.org', headers: [`Cc: help+${wrong}@desk.example`], body: 'Made up.' }));
    expect(await tickets()).toHaveLength(4);
    expect((await codes()).filter((code) => /not_trusted/.test(code)).toSorted()).toEqual([
      'intake.number_not_trusted',
      'intake.sender_not_trusted',
    ]);
  });

  it('that comes back marks the address of the ticket, and one from elsewhere about nobody does not (A-013)', async () => {
    await mail(opening);
    const bounce = (address: string) =>
      aMail({
        from: 'MAILER-DAEMON@mx.example',
        type: 'multipart/report; report-type=delivery-status',
        parts: [
          'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
          `Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nStatus: 5.1.1`,
          'Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <1@desk.example>',
        ],
      });
    const stray = await mail(bounce('ana@desk.example'));
    expect((await inboxRow(database.connection, stray))?.state).toBe('ignored');
    expect((await tickets())[0]?.mute).toBeNull();
    await mail(bounce('greta@example.com'));
    expect(await tickets()).toMatchObject([{ mute: { why: 'bounced', address: 'greta@example.com' } }]);
  });
});

function numberOf(ticket: { number: number } | undefined): string {
  return `T-${ticket?.number ?? 0}`;
}
