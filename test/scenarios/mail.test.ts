import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undeliverable } from '../../src/db/schema.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createLog } from '../../src/kit/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { aPolicy, aQueue } from '../support/builders.ts';
import { channelOf } from '../support/channels.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aMail } from '../support/mails.ts';
import {
  aDesk,
  allDecisions,
  allOutgoing,
  allTickets,
  inboxRow,
  postJson,
  type TestDesk,
} from '../support/pipeline.ts';

const CONFIG = aLiveConfig({
  policy: aPolicy({
    replies: { received: { name: 'received', subject: '[{{ ticket.number }}] We have it', body: 'Thank you.' } },
    intake: { acknowledgement: 'received' },
    queues: [
      aQueue({ members: [], method: 'none', notify: ['lead@desk.example'] }),
      aQueue({ name: 'review', members: [], method: 'none', notify: ['lead@desk.example'] }),
    ],
  }),
  channels: [aChannel({ name: 'mail', kind: 'postmark', settings: { plusAddress: true } })],
});
const TOKENS = createReplyTokens({ secret: 'of the tests' });

describe.each(ENGINES)('a conversation by mail, on %s', (engine) => {
  let database: TestDatabase;
  let desk: TestDesk;
  let outbox: Outbox;
  const sent: OutgoingMessage[] = [];
  /** What is said of the addresses of the next letters. */
  const refusals: string[] = [];

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
      async send(message: OutgoingMessage): Promise<Delivery> {
        const reason = refusals.shift();
        if (reason !== undefined) return { kind: 'no_such_address', reason };
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

  describe('that comes back', () => {
    const bounce = (status: string, { id = '<1@desk.example>', address = 'greta@example.com' } = {}) =>
      aMail({
        from: 'MAILER-DAEMON@mx.example',
        type: 'multipart/report; report-type=delivery-status',
        parts: [
          'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
          `Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${address}\r\n${status}`,
          `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${id}`,
        ],
      });
    const FAILED = 'Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user';
    const letters = async () => (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message');
    const said = async () => (await allDecisions(database.connection)).map(({ sentence }) => sentence);
    const told = async () => (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'notify');

    it('marks the address for all its tickets, and is told once, until somebody writes from it (A-013)', async () => {
      await mail(opening);
      await mail(bounce(FAILED));
      await mail(bounce(FAILED));
      expect(await tickets()).toMatchObject([{ mute: { why: 'bounced', address: 'greta@example.com' } }]);
      expect(await letters()).toMatchObject([{ state: 'dead', problem: { code: 'outbox.no-such-address' } }]);
      expect(await told()).toMatchObject([{ recipient: 'lead@desk.example', template: 'undelivered' }]);
      expect(await said()).toContain(
        'A letter to greta@example.com did not arrive: 550 5.1.1 no such user. No letter goes there by itself.',
      );
      // The same address, typed into a form: it is known.
      await desk.pipeline.open({
        by: 'Ana',
        subject: 'Screen',
        text: 'Dark.',
        requester: { name: 'Greta', email: 'greta@example.com' },
      });
      expect((await tickets()).map(({ mute }) => mute?.why)).toEqual(['bounced', 'bounced']);
      expect(await letters()).toHaveLength(1);
      await mail(aMail({ headers: ['In-Reply-To: <1@desk.example>', 'Message-ID: <2@example.com>'], body: 'Here.' }));
      expect((await tickets())[0]?.mute).toBeNull();
      expect(await said()).toContain('Letters go to greta@example.com again: somebody wrote from it.');
      await mail(aMail({ headers: ['Subject: New', 'Message-ID: <3@example.com>'], body: 'Another matter.' }));
      expect(await letters()).toHaveLength(2);
    });

    it('goes on where a person says that the address works', async () => {
      await mail(opening);
      await mail(bounce(FAILED));
      await desk.pipeline.reachable('greta@example.com', 'Ana');
      expect((await tickets())[0]?.mute).toBeNull();
      expect(await said()).toContain('Letters go to greta@example.com again: Ana says that it works.');
    });

    it('only late, for a full mailbox or at an address that it was handed on to marks none', async () => {
      await mail(opening);
      await mail(bounce('Action: delayed\r\nStatus: 4.4.1'));
      expect([(await letters())[0]?.state, (await told()).length]).toEqual(['sent', 0]);
      await mail(bounce('Action: failed\r\nStatus: 5.2.2'));
      expect([(await letters())[0]?.state, (await told()).length]).toEqual(['dead', 1]);
      await mail(opening.subarray());
      expect((await tickets())[0]?.mute).toBeNull();
    });

    it('from an address that it was handed on to marks none', async () => {
      await mail(opening);
      await mail(bounce(FAILED, { address: 'ana@elsewhere.example' }));
      expect((await tickets())[0]?.mute).toBeNull();
      expect((await letters())[0]?.problem?.code).toBe('outbox.not-delivered');
    });

    it('and names no letter of ours marks nobody, whatever it says', async () => {
      await mail(opening);
      const [ticket] = await tickets();
      const forged = bounce(FAILED, { id: '<9@desk.example>' });
      const quoting = aMail({
        from: 'MAILER-DAEMON@mx.example',
        headers: [`Subject: Undelivered [${numberOf(ticket)}]`],
        body: 'greta@example.com: 550 5.1.1 user unknown',
      });
      for (const raw of [forged, quoting]) {
        expect((await inboxRow(database.connection, await mail(raw)))?.state).toBe('ignored');
      }
      expect((await tickets()).map(({ mute }) => mute)).toEqual([null]);
    });

    it('as a notice to the team is left to the page Health', async () => {
      await mail(opening);
      await mail(bounce('Action: failed\r\nStatus: 5.2.2'));
      const [notice] = await told();
      const stray = await mail(bounce(FAILED, { id: notice?.receipt ?? '', address: 'lead@desk.example' }));
      expect(await inboxRow(database.connection, stray)).toMatchObject({
        state: 'ignored',
        problem: { message: 'A notice to lead@desk.example came back; the page Health says what that means.' },
      });
      expect(await database.connection.queries.select().from(undeliverable)).toMatchObject([
        { address: 'lead@desk.example', reason: '550 5.1.1 no such user' },
      ]);
      expect(await told()).toHaveLength(1);
    });

    it('at the door of the mail server is heard by its ticket all the same', async () => {
      refusals.push('550 5.1.1 no such user');
      await mail(opening);
      await desk.pipeline.wakeDue();
      expect(await tickets()).toMatchObject([{ mute: { why: 'bounced', address: 'greta@example.com' } }]);
      expect(await said()).toContain(
        'A letter to greta@example.com did not arrive: 550 5.1.1 no such user. No letter goes there by itself.',
      );
      await desk.pipeline.wakeDue();
      expect(await told()).toHaveLength(1);
    });
  });
});

function numberOf(ticket: { number: number } | undefined): string {
  return `T-${ticket?.number ?? 0}`;
}
