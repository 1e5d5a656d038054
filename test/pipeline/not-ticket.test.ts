import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector } from '../../connectors/json/index.ts';
import { bookOf } from '../../src/config/policy/customers.ts';
import { Customers } from '../../src/config/written/customers.ts';
import { aPolicy, anAgent, aQueue, MORNING, type PolicyWishes } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import {
  aDesk,
  allDecisions,
  allOutgoing,
  allTickets,
  inboxRow,
  postJson,
  type TestDesk,
} from '../support/pipeline.ts';

const MAIL = { 'Message-ID': '<1@example.com>', To: 'help@desk.example' };

/** One of each kind, as a mail hook hands them on, with the words by which a person knows why it was left out. */
const SAMPLES = [
  {
    what: 'a newsletter',
    subject: 'Our offers in May',
    text: 'Twenty percent off everything.',
    headers: { From: 'Shop <news@shop.example>', 'List-Id': 'News <news.shop.example>' },
    why: 'A newsletter, or mail to a list (List-Id: News <news.shop.example>).',
  },
  {
    what: 'a letter that came back',
    subject: 'Undelivered Mail Returned to Sender',
    text: 'This is the mail system. I am sorry to inform you that your message could not be delivered.',
    headers: {
      From: 'MAILER-DAEMON@mx.example',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
    },
    why: 'A letter that came back, of no ticket that we know (Content-Type: multipart/report; report-type=delivery-status; boundary="b").',
  },
  {
    what: 'an absence',
    subject: 'Automatic reply: Your request',
    text: 'I am out of the office until Monday.',
    headers: { From: 'Greta Holm <greta@example.com>', 'Auto-Submitted': 'auto-replied' },
    why: 'An automatic answer (Auto-Submitted: auto-replied).',
  },
  {
    what: 'spam',
    subject: 'You have won',
    text: 'Send us your account.',
    headers: { From: 'win@lottery.example', 'X-Spam-Flag': 'YES' },
    why: 'Spam, as the mail server says (X-Spam-Flag: YES).',
  },
  {
    what: 'thanks',
    subject: 'Re: Your request',
    text: 'Thanks!',
    headers: { From: 'Greta Holm <greta@example.com>' },
    why: 'It only says thanks, and belongs to no open ticket.',
  },
];

describe('a message that is no ticket', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function desk(intake: PolicyWishes['intake'] = {}, customers: object = {}): TestDesk {
    const policy = aPolicy({
      customers: bookOf(Customers.parse(customers)),
      intake: { acknowledgement: 'received', ...intake },
      agents: [anAgent()],
      queues: [
        aQueue({ members: ['Ana'], notify: ['lead@desk.example'] }),
        aQueue({ name: 'review', members: [], method: 'none' }),
      ],
      replies: { received: { name: 'received', subject: 'We have it [{{ ticket.number }}]', body: 'Thank you.' } },
    });
    const json = aChannel({ name: 'json', kind: 'json', settings: connector.channel?.settings.parse(undefined) });
    return aDesk(database.connection, { config: aLiveConfig({ policy, channels: [json] }) });
  }

  async function post(given: { subject: string; text: string; headers: object }): Promise<string> {
    const { subject, text, headers } = given;
    return postJson(database.connection, { subject, message: text, headers: { ...MAIL, ...headers } });
  }

  it.each(SAMPLES)(
    'waits under lost and found with its reason, and one click makes a ticket of it: $what (A-013)',
    async (sample) => {
      const { pipeline } = desk();
      const id = await post(sample);
      await pipeline.drainInbox();
      expect(await allTickets(database.connection)).toEqual([]);
      expect(await inboxRow(database.connection, id)).toMatchObject({
        state: 'ignored',
        problem: { code: 'inbox.ignored', message: sample.why },
      });
      await pipeline.insistInbox(id);
      await pipeline.drainInbox();
      expect(await allTickets(database.connection)).toMatchObject([
        { subject: sample.subject, description: sample.text },
      ]);
      const letters = await allOutgoing(database.connection);
      expect(letters.filter(({ kind }) => kind === 'message')).toHaveLength(sample.what === 'thanks' ? 1 : 0);
    },
  );

  it('is noted on the ticket that it answers, where it reopens and answers nothing (pain 15)', async () => {
    const { pipeline, clock } = desk();
    const { connection } = database;
    await post({ subject: 'Printer', text: 'It burns.', headers: { From: 'greta@example.com' } });
    await pipeline.drainInbox();
    const [before] = await allTickets(connection);
    clock.forward({ minutes: 1 });
    const out = { From: 'greta@example.com', 'Auto-Submitted': 'auto-replied' };
    const id = await post({ subject: 'Out of office Re: We have it [T-1000]', text: 'Back on Monday.', headers: out });
    await pipeline.drainInbox();
    const [after, ...others] = await allTickets(connection);
    expect(others).toEqual([]);
    expect(after).toMatchObject({
      contactCount: 1,
      status: 'new',
      lastCustomerMessageAt: before?.lastCustomerMessageAt,
    });
    expect(await inboxRow(connection, id)).toMatchObject({ state: 'done', ticketKey: after?.key });
    expect((await allDecisions(connection)).map(({ code }) => code)).toContain('intake.machine_answered');
  });

  it('ends a loop with a machine that says what it is after two messages (pain 15)', async () => {
    const { pipeline, clock } = desk();
    const { connection } = database;
    await post({ subject: 'Printer', text: 'It burns.', headers: { From: 'robot@example.com' } });
    const answered = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      await pipeline.drainInbox();
      for (const letter of (await allOutgoing(connection)).filter(({ kind }) => kind === 'message')) {
        if (answered.has(letter.key)) continue;
        answered.add(letter.key);
        const headers = { From: 'robot@example.com', 'Auto-Submitted': 'auto-replied' };
        await post({ subject: `Auto: ${letter.subject}`, text: 'We have your message.', headers });
      }
      clock.forward({ minutes: 1 });
    }
    expect(answered.size).toBe(1);
    expect(await allTickets(connection)).toHaveLength(1);
  });

  it('ends one with a slow machine that hides what it is, at the letters that an address gets a day', async () => {
    const { pipeline, clock } = desk({ breaker: { messages: 4, withinMinutes: 10 } });
    const { connection } = database;
    await post({ subject: 'Printer', text: 'It burns.', headers: { From: 'robot@example.com' } });
    const answered = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      await pipeline.drainInbox();
      for (const letter of (await allOutgoing(connection)).filter(({ kind }) => kind === 'message')) {
        if (answered.has(letter.key)) continue;
        answered.add(letter.key);
        await post({
          subject: `Case ${round}`,
          text: `${'So '.repeat(round)}it goes.`,
          headers: { From: 'robot@example.com' },
        });
      }
      clock.forward({ minutes: 1 });
    }
    expect(answered.size).toBe(4);
    expect(await allTickets(connection)).toHaveLength(4);
  });

  it('is the same over all addresses of a person, as the desk knows them (pain 16)', async () => {
    const { pipeline } = desk(
      { breaker: { messages: 3, withinMinutes: 10 }, acknowledgement: null },
      { aliases: [['greta@example.com', 'g.holm@else.example']] },
    );
    const { connection } = database;
    const write = (from: string, text: string) => post({ subject: 'Alarm', text, headers: { From: from } });
    await write('greta@example.com', 'one');
    await write('g.holm@else.example', 'two');
    await pipeline.drainInbox();
    for (const text of ['three', 'four']) await write('g.holm@else.example', text);
    await write('greta@example.com', 'five');
    await write('ole@example.com', 'six');
    await pipeline.drainInbox();
    const made = (await allTickets(connection)).map(({ description }) => description);
    expect(made).toEqual(['one', 'two', 'three', 'six']);
    const told = (await allOutgoing(connection)).filter(({ template }) => template === 'breaker');
    expect(told.map(({ subject }) => subject)).toEqual(['[T-1002] Too many messages: Alarm']);
  });

  it('is what one sender writes beyond the limit, and those who look after the queue hear of it once (pain 16)', async () => {
    const { pipeline, clock } = desk({ breaker: { messages: 3, withinMinutes: 10 }, acknowledgement: null });
    const { connection } = database;
    const write = (text: string) => post({ subject: 'Alarm', text, headers: { From: 'greta@example.com' } });
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) ids.push(await write(text));
    await pipeline.drainInbox();
    ids.push(await write('five'));
    await pipeline.drainInbox();
    expect((await allTickets(connection)).map(({ description }) => description)).toEqual(['one', 'two', 'three']);
    const rows = await Promise.all(ids.map((id) => inboxRow(connection, id)));
    expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'ignored', 'ignored']);
    expect(rows.at(-1)?.problem).toMatchObject({
      code: 'inbox.too-many',
      message: 'greta@example.com wrote more than 3 messages within 10 minutes; those beyond wait here.',
    });
    const told = (await allOutgoing(connection)).filter(({ template }) => template === 'breaker');
    expect(told.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      ['lead@desk.example', '[T-1002] Too many messages: Alarm'],
    ]);
    expect((await allDecisions(connection)).filter(({ code }) => code === 'intake.breaker')).toHaveLength(1);
    clock.set(MORNING.add({ minutes: 11 }));
    await pipeline.insistInbox(ids[3] ?? '');
    await pipeline.drainInbox();
    expect(await allTickets(connection)).toHaveLength(4);
  });
});
