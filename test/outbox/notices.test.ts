import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox, tickets } from '../../src/db/schema.ts';
import { Problem, type Retry } from '../../src/domain/problem.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createLog } from '../../src/kit/log.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { anAgent, aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { BY_MAIL_ALONE, NO_REVIEW_TABLE } from '../support/by-mail.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aWay } from '../support/live-config.ts';
import { aClock } from '../support/pipeline.ts';

type Row = typeof outbox.$inferInsert;

const POLICY = aPolicy({
  agents: [anAgent({ handles: { chat: 'U1' } }), anAgent({ name: 'Ben' }), anAgent({ name: 'Cy', email: null })],
  notices: {
    ways: {
      team: { kind: 'chat', isRoom: true, findsByAddress: true },
      alone: { kind: 'chat', isRoom: false, findsByAddress: true },
      unset: { kind: 'chat', isRoom: true, findsByAddress: true },
    },
  },
});

const WAYS = {
  team: aWay({ name: 'team', room: 'C1' }),
  alone: aWay({ name: 'alone' }),
  unset: aWay({ name: 'unset', room: 'C2', access: null, missingSecrets: ['CHAT_TOKEN'] }),
};

const [ONE, TWO, THREE] = [1001, 1002, 1003].map((number) => aTicket({ number, assignee: 'Ana', status: 'open' }));

describe('notices to the team', () => {
  let database: TestDatabase;
  let box: Outbox;
  const clock = aClock();
  const mailed: OutgoingMessage[] = [];
  const posted: OutgoingMessage[] = [];
  const answers: (() => Promise<Delivery>)[] = [];

  beforeAll(async () => {
    database = await aDatabase('pglite');
    const post = (into: OutgoingMessage[]) => (message: OutgoingMessage) => {
      into.push(message);
      return answers.shift()?.() ?? Promise.resolve<Delivery>({ kind: 'sent', id: `sent:${into.length}` });
    };
    const chat = Promise.resolve({ send: post(posted) });
    box = createOutbox({
      ...NO_REVIEW_TABLE,
      connection: database.connection,
      notifier: { send: post(mailed) },
      notifierOf: () => chat,
      config: () => ({ ...BY_MAIL_ALONE.config(), policy: POLICY, ways: WAYS }),
      publicAddress: 'https://desk.example',
      channels: () => ({}),
      channelOf: () => TAKES_ANYTHING,
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      now: clock.now,
      log: createLog('silent'),
    });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.connection.queries.execute(sql`delete from outbox`);
    await database.connection.queries.execute(sql`delete from tickets`);
    clock.set(MORNING);
    for (const list of [mailed, posted, answers]) list.splice(0);
    await stand(ONE, TWO, THREE);
  });

  async function stand(...all: (Ticket | undefined)[]): Promise<void> {
    for (const ticket of all) {
      if (ticket === undefined) throw new Error('no ticket');
      const { key, openedAt } = ticket;
      await database.connection.queries
        .insert(tickets)
        .values({ key, ticket, fingerprint: key, openedAt, updatedAt: openedAt })
        .onConflictDoUpdate({ target: tickets.key, set: { ticket } });
    }
  }

  async function put(...rows: Partial<Row>[]): Promise<void> {
    await database.connection.queries.insert(outbox).values(rows.map(aRow));
  }

  async function states() {
    const rows = await database.connection.queries.select().from(outbox).orderBy(outbox.seq);
    return rows.map(({ key, state, problem }) => `${key} ${state}${problem === null ? '' : ` ${problem.code}`}`);
  }

  it('go into a room once, naming whom they are for, with the page of the ticket', async () => {
    await put({ key: 'n:team', way: 'team', recipient: 'team', told: ['Ana', 'lead@desk.example'] });
    await box.run();
    expect(posted).toEqual([
      {
        key: 'n:team',
        to: 'C1',
        thread: null,
        subject: '[T-1001] Yours: A',
        text: 'Text\n\nhttps://desk.example/tickets/1001',
        voice: 'notice',
        notice: {
          people: [
            { name: 'Ana', email: 'ana@desk.example', handle: 'U1' },
            { name: 'lead@desk.example', email: 'lead@desk.example', handle: null },
          ],
          items: [
            { kind: 'assigned', title: '[T-1001] Yours: A', text: 'Text', link: 'https://desk.example/tickets/1001' },
          ],
        },
      },
    ]);
  });

  it('go to one person alone by the handle, or else the address', async () => {
    await put(
      { key: 'n:alone:Ana', way: 'alone', recipient: 'Ana', told: ['Ana'] },
      { key: 'n:alone:Ben', way: 'alone', recipient: 'Ben', told: ['Ben'] },
    );
    await box.run();
    expect(new Set(posted.map(({ to }) => to))).toEqual(new Set(['U1', 'ben@desk.example']));
    expect(posted.map(({ notice }) => notice?.people)).toEqual([[], []]);
  });

  it('that waited together are one message with a line and a link each, and one receipt', async () => {
    await put(...[ONE, TWO, THREE].map((ticket, index) => ({ ...held(`n${index}`), ticketKey: ticket?.key ?? '' })), {
      key: 'at once:alone:Ana',
      way: 'alone',
      recipient: 'Ana',
      told: ['Ana'],
      subject: 'At once',
    });
    expect(await box.run()).toMatchObject({ sent: 4 });
    expect(posted.map(({ subject }) => subject)).toEqual(['3 tickets for you', 'At once']);
    expect(posted[0]?.notice?.items.map(({ title, link }) => [title, link])).toEqual([
      ['[T-1001] Yours: A', 'https://desk.example/tickets/1001'],
      ['[T-1001] Yours: A', 'https://desk.example/tickets/1002'],
      ['[T-1001] Yours: A', 'https://desk.example/tickets/1003'],
    ]);
    const rows = await database.connection.queries.select().from(outbox).orderBy(outbox.seq);
    expect(rows.map(({ receipt }) => receipt)).toEqual(['sent:1', 'sent:1', 'sent:1', 'sent:2']);
  });

  it('that waited for a room say of each line whose it is, thirty at most', async () => {
    const rows = Array.from({ length: 32 }, (_, index) => ({ ...inRoom(`n${index}`), told: ['Ana'] }));
    await put(...rows.map((row, index) => ({ ...row, told: index === 0 ? ['Cy'] : ['Ana'], template: 'sla_warning' })));
    expect(await box.run()).toMatchObject({ sent: 32 });
    const [message] = posted;
    expect([message?.subject, message?.notice?.people.map(({ name }) => name)]).toEqual([
      '32 notices about a ticket',
      ['Cy', 'Ana'],
    ]);
    const titles = message?.notice?.items.map(({ title }) => title) ?? [];
    expect([titles.length, titles[0], titles[1], titles.at(-1)]).toEqual([
      31,
      '[T-1001] Yours: A (for Cy)',
      '[T-1001] Yours: A (for Ana)',
      'and 2 more',
    ]);
  });

  it('that waited by mail are one mail', async () => {
    await put(
      ...[ONE, TWO, THREE].map((ticket, index) => {
        return { ...held(`m${index}`), way: null, recipient: 'ana@desk.example', ticketKey: ticket?.key ?? '' };
      }),
    );
    await box.run();
    expect(mailed.map(({ subject, text }) => [subject, text.split('\n').length])).toEqual([['3 tickets for you', 8]]);
  });

  it('are left out, with a reason, where they are true no more', async () => {
    await stand({ ...aTicket({ ...ONE }), status: 'resolved' }, { ...aTicket({ ...TWO }), assignee: 'Ben' });
    await put(...[ONE, TWO, THREE].map((ticket, index) => ({ ...held(`n${index}`), ticketKey: ticket?.key ?? '' })), {
      ...held('n3'),
      ticketKey: ONE?.key ?? '',
      template: 'handoff_answered',
    });
    expect(await box.run()).toMatchObject({ sent: 2, leftOut: 2 });
    expect(await states()).toEqual([
      'n0:alone:Ana left_out outbox.outdated',
      'n1:alone:Ana left_out outbox.outdated',
      'n2:alone:Ana sent',
      'n3:alone:Ana sent',
    ]);
    const [first, second] = await database.connection.queries.select().from(outbox).orderBy(outbox.seq);
    expect([first?.problem?.message, second?.problem?.message]).toEqual([
      'Left out: the ticket is resolved by now.',
      'Left out: the ticket is with Ben by now.',
    ]);
  });

  it('that wait for their hour hold back nothing that is due', async () => {
    await put(
      { ...held('later'), nextAt: MORNING.add({ hours: 1 }) },
      { key: 'now:alone:Ana', way: 'alone', recipient: 'Ana', told: ['Ana'] },
    );
    expect(await box.run()).toMatchObject({ sent: 1 });
    clock.forward({ hours: 1 });
    expect(await box.run()).toMatchObject({ sent: 1 });
    expect(posted.map(({ key }) => key)).toEqual(['now:alone:Ana', 'later:alone:Ana']);
  });

  it('to one room go one at a time, and wait while it is called too often', async () => {
    const rows = [0, 1, 2].map((index) => ({ key: `r${index}:team`, way: 'team', recipient: 'team', told: ['Cy'] }));
    await put(...rows.map((row, index) => ({ ...row, ticketKey: [ONE, TWO, THREE][index]?.key ?? '' })));
    answers.push(failing({ afterSeconds: 30 }));
    expect(await box.run()).toMatchObject({ sent: 0, putOff: 1 });
    clock.forward({ seconds: 30 });
    expect(await box.run()).toMatchObject({ sent: 3 });
    expect(posted.map(({ key }) => key)).toEqual(['r0:team', 'r0:team', 'r1:team', 'r2:team']);
  });

  it.each([
    ['for good', [failing('never')], 0],
    ['three times', Array.from({ length: 3 }, () => failing('later')), 305],
    ['as nobody is known there', [() => Promise.resolve<Delivery>({ kind: 'not_configured', reason: 'no' })], 0],
  ] as const)('come by mail, and say so, where a way fails %s', async (_what, failures, seconds) => {
    await put({ key: 'n:team', way: 'team', recipient: 'team', told: ['Ana', 'Ben', 'Cy'] });
    answers.push(...failures);
    for (let passed = 0; passed <= seconds; passed += 5) {
      await box.run();
      clock.forward({ seconds: 5 });
    }
    expect(await states()).toEqual([
      'n:team left_out outbox.by-mail',
      'n:ana@desk.example sent',
      'n:ben@desk.example sent',
    ]);
    expect(mailed[0]?.text).toContain('By mail, as "team" could not be used.');
  });

  it.each(['unset', 'gone'])('come by mail where the way "%s" cannot be opened', async (way) => {
    await put({ key: `n:${way}`, way, recipient: way, told: ['Ana'] });
    await box.run();
    expect(await states()).toEqual([`n:${way} left_out outbox.by-mail`, 'n:ana@desk.example sent']);
  });

  it('are not read twice by whom they reach by mail anyway', async () => {
    await put(
      { key: 'n:team', way: 'team', recipient: 'team', told: ['Ana'] },
      { key: 'n:ana@desk.example', recipient: 'ana@desk.example' },
    );
    answers.push(failing('never'));
    await box.run();
    expect(mailed.map(({ key }) => key)).toEqual(['n:ana@desk.example']);
  });

  it('are tried again as ever, and then given up, where nobody told has an address', async () => {
    await put({ key: 'n:team', way: 'team', recipient: 'team', told: ['Cy'] });
    answers.push(failing('never'));
    await box.run();
    expect(await states()).toEqual(['n:team dead chat.refused']);
  });

  it('can be tried over a way', async () => {
    await box.tryWay('team', '');
    await box.tryWay('alone', 'Ana');
    expect(posted.map(({ to, subject }) => [to, subject])).toEqual([
      ['C1', 'A test from Test desk'],
      ['U1', 'A test from Test desk'],
    ]);
    await expect(box.tryWay('alone', 'Cy')).rejects.toMatchObject({
      code: 'outbox.way-unusable',
      message: 'Nothing can be told over "alone": "alone" does not find Cy.',
    });
  });
});

function held(key: string): Partial<Row> {
  return { key: `${key}:alone:Ana`, way: 'alone', recipient: 'Ana', told: ['Ana'], held: true };
}

function inRoom(key: string): Partial<Row> {
  return { key: `${key}:team`, way: 'team', recipient: 'team', held: true };
}

function failing(retry: Retry): () => Promise<Delivery> {
  return () => Promise.reject(new Problem({ code: 'chat.refused', message: 'No.', fix: 'Wait.', retry }));
}

function aRow(overrides: Partial<Row>): Row {
  return {
    key: 'key',
    ticketKey: ONE?.key ?? '',
    kind: 'notify',
    recipient: 'team',
    subject: '[T-1001] Yours: A',
    text: 'Text',
    template: 'assigned',
    nextAt: MORNING,
    createdAt: MORNING,
    ...overrides,
  };
}
