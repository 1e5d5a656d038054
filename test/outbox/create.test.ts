import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageNames, outbox, tickets } from '../../src/db/schema.ts';
import { Problem, type Retry } from '../../src/domain/problem.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createLog } from '../../src/kit/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { AnsweredAt } from '../../src/ports/channel.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { aTicket, MORNING } from '../support/builders.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel } from '../support/live-config.ts';
import { aClock } from '../support/pipeline.ts';

type Row = typeof outbox.$inferInsert;

const [ONE, OTHER] = [aTicket({ number: 1001 }), aTicket({ number: 1002 })];
const NOTHING = { sent: 0, notSent: 0, putOff: 0, dead: 0, leftOut: 0 };

describe.each(ENGINES)('the outbox on %s', (engine) => {
  let database: TestDatabase;
  let box: Outbox;
  const clock = aClock();
  const sent: OutgoingMessage[] = [];
  const posted: OutgoingMessage[] = [];
  /** Where answers by mail arrive; nowhere when nothing is said. */
  const mailbox: { answeredAt?: AnsweredAt } = {};
  const caps = { perMinute: null as number | null, perRecipient: { hour: 20, day: 100 } };
  /** What becomes of the next messages; sent when nothing is said. */
  const answers: (() => Promise<Delivery>)[] = [];

  async function put(...rows: Partial<Row>[]): Promise<void> {
    await database.connection.queries
      .insert(outbox)
      .values(rows.map((row, index) => aRow({ key: `key-${index}`, ...row })))
      .onConflictDoNothing();
  }

  async function rowOf(key: string) {
    const rows = await database.connection.queries.select().from(outbox);
    const row = rows.find((each) => each.key === key);
    if (row === undefined) throw new Error(`no message ${key}`);
    return row;
  }

  beforeAll(async () => {
    database = await aDatabase(engine);
    for (const ticket of [ONE, OTHER]) {
      const { key, openedAt } = ticket;
      await database.connection.queries
        .insert(tickets)
        .values({ key, ticket, fingerprint: key, openedAt, updatedAt: openedAt });
    }
    const chat = async (message: OutgoingMessage): Promise<Delivery> => {
      posted.push(message);
      return { kind: 'sent', id: `post:${message.key}`, knownAs: ['chat:C1/42'] };
    };
    const notifier = {
      send(message: OutgoingMessage): Promise<Delivery> {
        sent.push(message);
        return answers.shift()?.() ?? Promise.resolve({ kind: 'sent', id: `<${message.key}@mail>` });
      },
    };
    box = createOutbox({
      connection: database.connection,
      notifier,
      channels: () => ({ chat: aChannel({ name: 'chat' }), mute: aChannel({ name: 'mute' }) }),
      channelOf: ({ name }) =>
        name === 'chat' ? { ...TAKES_ANYTHING, send: chat } : { ...TAKES_ANYTHING, ...mailbox },
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      ...BY_MAIL_ALONE,
      config: () => ({ ...BY_MAIL_ALONE.config(), mail: { ...caps, settings: {} } }),
      now: clock.now,
      log: createLog('silent'),
    });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.connection.queries.execute(sql`delete from outbox`);
    clock.set(MORNING);
    sent.splice(0);
    posted.splice(0);
    answers.splice(0);
    delete mailbox.answeredAt;
  });

  it('answers where somebody wrote, and knows by what answers will point at it', async () => {
    await put({ key: 'reply:1', via: 'chat', thread: '41', recipient: 'C1', text: 'Try again now.' });
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
    expect(posted).toMatchObject([{ key: 'reply:1', to: 'C1', thread: '41', text: 'Try again now.' }]);
    expect([sent, (await rowOf('reply:1')).receipt]).toEqual([[], 'post:reply:1']);
    const names = await database.connection.queries.select().from(messageNames);
    expect(names).toMatchObject([{ name: 'chat:C1/42', ticketKey: ONE.key }]);
  });

  it('tells a chat how long nobody wrote there', async () => {
    const at = MORNING.subtract({ hours: 25 });
    const ticket = { ...ONE, conversation: { channel: 'chat', to: 'C1', thread: '41', name: null, at } };
    await database.connection.queries.update(tickets).set({ ticket }).where(eq(tickets.key, ONE.key));
    await put({ key: 'reply:1', via: 'chat' }, { key: 'reply:2', via: 'chat', ticketKey: OTHER.key, recipient: 'C9' });
    await box.run();
    expect(new Map(posted.map((each) => [each.key, each.silentSeconds]))).toEqual(
      new Map([
        ['reply:1', 90_000],
        ['reply:2', undefined],
      ]),
    );
  });

  it.each(['mute', 'gone'])(
    'keeps what is for the channel "%s", which sends nothing, for a person to send',
    async (via) => {
      await put({ key: 'reply:2', via });
      expect(await box.run()).toEqual({ ...NOTHING, notSent: 1 });
      expect((await rowOf('reply:2')).problem?.message).toBe(`not sent: the channel ${via} sends nothing`);
    },
  );

  it('says where an answer by mail leads to its ticket, while a channel takes mail', async () => {
    const at = MORNING;
    const names = ['mail:1@example.com', 'mail:2@desk.example', 'chat:C1/43'].map((name, index) => {
      return { name, ticketKey: ONE.key, at: at.add({ minutes: index }) };
    });
    await database.connection.queries.insert(messageNames).values(names);
    mailbox.answeredAt = { address: 'in@desk.example', plus: true };
    await put({ key: 'reply:3' }, { key: 'notice:3', kind: 'notify', recipient: 'ana@desk.example' });
    await box.run();
    // Recipients are written to at once.
    const tied = sent.map(({ key, ties }) => [key, ties] as const).toSorted(([one], [two]) => two.localeCompare(one));
    expect(tied).toEqual([
      [
        'reply:3',
        {
          address: 'in@desk.example',
          token: createReplyTokens({ secret: 'of the tests' }).tokenOf(ONE.key),
          earlier: expect.arrayContaining(['mail:1@example.com', 'mail:2@desk.example']),
        },
      ],
      ['notice:3', undefined],
    ]);
    mailbox.answeredAt = { address: null, plus: false };
    await put({ key: 'reply:4' });
    await box.run();
    expect(sent.at(-1)?.ties).toMatchObject({ address: null, token: null });
  });

  describe('of which only so much may leave', () => {
    beforeEach(() => {
      Object.assign(caps, { perMinute: null, perRecipient: { hour: 20, day: 100 } });
    });
    afterAll(() => {
      Object.assign(caps, { perMinute: null, perRecipient: { hour: 20, day: 100 } });
    });
    const state = async (key: string) => (await rowOf(key)).state;

    it('in a minute sends so much, what people wrote first, and chats anyway; the rest waits', async () => {
      caps.perMinute = 2;
      await put(
        { key: 'ack:1', recipient: 'a@example.com' },
        { key: 'ack:2', recipient: 'b@example.com' },
        { key: 'notice:1', kind: 'notify', recipient: 'ana@desk.example' },
        { key: 'reply:1', template: 'reply', recipient: 'c@example.com' },
        { key: 'reply:2', template: 'reply', via: 'chat', recipient: 'C1' },
      );
      await box.run();
      await box.run();
      expect([sent.map(({ key }) => key), posted.map(({ key }) => key)]).toEqual([['reply:1', 'ack:1'], ['reply:2']]);
      expect([await state('ack:2'), await state('notice:1')]).toEqual(['waiting', 'waiting']);
      clock.forward({ seconds: 59 });
      expect(await box.run()).toEqual(NOTHING);
      clock.forward({ seconds: 1 });
      expect(await box.run()).toEqual({ ...NOTHING, sent: 2 });
    });

    it('to one address keeps letters beyond that here, whatever asks for them; what people wrote goes (A-084)', async () => {
      caps.perRecipient = { hour: 2, day: 3 };
      const letters = (...keys: string[]) =>
        put(...keys.map((key, index) => ({ key, ticketKey: index % 2 === 0 ? ONE.key : OTHER.key })));
      await letters('a', 'b', 'c');
      await put({ key: 'reply:1', template: 'reply' }, { key: 'd', recipient: 'other@example.com' });
      expect(await box.run()).toEqual({ ...NOTHING, sent: 4, notSent: 1 });
      expect((await rowOf('c')).problem).toEqual({
        code: 'outbox.too-many',
        message: 'Not sent: 2 letters that nobody wrote went to greta@example.com within an hour.',
        fix: 'See what asks for so many: most often a machine answers them. Send it by hand if it is worth it.',
      });
      clock.forward({ hours: 1 });
      await letters('e', 'f');
      expect(await box.run()).toEqual({ ...NOTHING, sent: 1, notSent: 1 });
      expect((await rowOf('f')).problem?.message).toContain(
        '3 letters that nobody wrote went to greta@example.com within a day',
      );
    });

    it('lets a person have one sent all the same', async () => {
      caps.perRecipient = { hour: 1, day: 1 };
      await put({ key: 'a' }, { key: 'b', ticketKey: OTHER.key });
      await box.run();
      const kept = (await state('a')) === 'sent' ? 'b' : 'a';
      await box.retry(kept);
      expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
      expect(await state(kept)).toBe('sent');
    });
  });

  it('gives up at once where nothing arrives at the address, in the words of its server', async () => {
    answers.push(async () => ({ kind: 'no_such_address', reason: '550 5.1.1 no such user' }));
    await put({ key: 'reply:9' });
    expect(await box.run()).toEqual({ ...NOTHING, dead: 1 });
    expect(await rowOf('reply:9')).toMatchObject({
      state: 'dead',
      heardAt: null,
      problem: { code: 'outbox.no-such-address', message: 'Nothing arrives at this address: 550 5.1.1 no such user' },
    });
  });

  it('sends a message as it was written when it was decided, and keeps the receipt', async () => {
    await put({ key: 'ack:1', subject: '[T-1001] We have it', text: 'Thank you.' });
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
    expect(sent).toEqual([
      {
        key: 'ack:1',
        to: 'greta@example.com',
        subject: '[T-1001] We have it',
        text: 'Thank you.',
        voice: 'answer',
        thread: null,
      },
    ]);
    expect(await rowOf('ack:1')).toMatchObject({
      state: 'sent',
      receipt: '<ack:1@mail>',
      finishedAt: MORNING,
      attempts: 1,
    });
    expect(await box.run()).toEqual(NOTHING);
  });

  it.each([
    ['an agent’s answer as a person', { kind: 'message', template: 'reply' }, 'person'],
    ['an acknowledgement as an answering machine', { kind: 'message', template: 'acknowledgement' }, 'answer'],
    ['a notice to the team as a machine', { kind: 'notify', template: 'sla_breach' }, 'notice'],
  ] as const)('sends %s', async (_, row, voice) => {
    await put(row);
    await box.run();
    expect(sent.map((message) => message.voice)).toEqual([voice]);
  });

  it('sends once what was put in twice under one key', async () => {
    await put({ key: 'ack:1' });
    await put({ key: 'ack:1' });
    await box.run();
    await put({ key: 'ack:1' });
    await box.run();
    expect(sent.map((message) => message.key)).toEqual(['ack:1']);
  });

  it('records a message as sent while another is still on its way, so that a crash repeats no more than that one', async () => {
    await put({ key: 'slow', ticketKey: ONE.key }, { key: 'quick', ticketKey: OTHER.key });
    const slow = Promise.withResolvers<Delivery>();
    answers.push(() => slow.promise);
    const run = box.run();
    await expect.poll(async () => (await rowOf('quick')).state).toBe('sent');
    expect((await rowOf('slow')).state).toBe('waiting');
    slow.resolve({ kind: 'sent', id: '<slow@mail>' });
    expect(await run).toEqual({ ...NOTHING, sent: 2 });
    expect(await rowOf('slow')).toMatchObject({ state: 'sent', receipt: '<slow@mail>' });
  });

  it('keeps what is not due', async () => {
    await put({ nextAt: MORNING.add({ seconds: 1 }) });
    expect(await box.run()).toEqual(NOTHING);
    clock.forward({ seconds: 1 });
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
  });

  it('keeps the order of what one recipient gets about one ticket, even while the first is put off', async () => {
    await put(...[0, 1, 2].map((index) => ({ key: `thread-${index}`, subject: `Message ${index}` })));
    answers.push(failing('later'));
    expect(await box.run()).toEqual({ ...NOTHING, putOff: 1 });
    clock.forward({ seconds: 5 });
    expect(await box.run()).toEqual({ ...NOTHING, sent: 3 });
    expect(sent.map((message) => message.subject)).toEqual(['Message 0', 'Message 0', 'Message 1', 'Message 2']);
  });

  it('lets no other thread wait for one that is put off', async () => {
    await put(
      { key: 'stuck' },
      { key: 'notice', recipient: 'ana@desk.example' },
      { key: 'other', ticketKey: OTHER.key },
    );
    answers.push(failing('later'));
    expect(await box.run()).toEqual({ ...NOTHING, sent: 2, putOff: 1 });
  });

  it('goes on with the thread after a message was given up', async () => {
    await put({ key: 'dead' }, { key: 'next' });
    answers.push(failing('never'));
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1, dead: 1 });
  });

  it('tries again after growing pauses, ten times over three days, and then gives up', async () => {
    await put({ key: 'unlucky' });
    answers.push(...Array.from({ length: 10 }, () => failing('later')));
    const minutes = [];
    for (;;) {
      await box.run();
      const { state, nextAt } = await rowOf('unlucky');
      if (state === 'dead') break;
      minutes.push(nextAt.since(clock.now()).total('minutes'));
      clock.set(nextAt.subtract({ milliseconds: 1 }));
      expect(await box.run()).toEqual(NOTHING);
      clock.set(nextAt);
    }
    expect(minutes).toEqual([1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440]);
    expect(sent).toHaveLength(10);
    expect(await rowOf('unlucky')).toMatchObject({
      attempts: 10,
      finishedAt: clock.now(),
      problem: { code: 'email.refused', message: 'No.', fix: 'Wait.' },
    });
  });

  it('waits as long as the other side asks, when that is longer', async () => {
    await put({ key: 'patient' });
    answers.push(failing({ afterSeconds: 90 }));
    await box.run();
    expect((await rowOf('patient')).nextAt).toEqual(MORNING.add({ seconds: 90 }));
  });

  it('gives up at once what no retry can help', async () => {
    await put({ key: 'hopeless' });
    answers.push(failing('never'));
    expect(await box.run()).toEqual({ ...NOTHING, dead: 1 });
    expect(sent).toHaveLength(1);
  });

  it('tries again after a fault of ours, and keeps its words out of the record', async () => {
    await put({ key: 'faulty' });
    answers.push(() => Promise.reject(new TypeError('greta@example.com is not a function')));
    expect(await box.run()).toEqual({ ...NOTHING, putOff: 1 });
    expect((await rowOf('faulty')).problem).toMatchObject({ code: 'outbox.failed' });
  });

  it('sends again what was given up, when a person says so', async () => {
    await put({ key: 'dead', state: 'dead', attempts: 10, finishedAt: MORNING });
    await box.retry('dead');
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
    expect(await rowOf('dead')).toMatchObject({ state: 'sent', attempts: 1, problem: null });
  });

  it.each(['sent', 'waiting'] as const)('does not send again what is %s', async (state) => {
    await put({ key: 'fine', state });
    await expect(box.retry('fine')).rejects.toMatchObject({ code: 'outbox.not-found' });
    await expect(box.retry('no such key')).rejects.toMatchObject({ code: 'outbox.not-found' });
  });

  it('says why it did not send, and sends it later only when a person says so', async () => {
    await put({ key: 'unsent' });
    answers.push(() => Promise.resolve({ kind: 'not_configured', reason: 'not sent: no SMTP_URL' }));
    expect(await box.run()).toEqual({ ...NOTHING, notSent: 1 });
    expect(await rowOf('unsent')).toMatchObject({
      state: 'not_sent',
      problem: { code: 'outbox.not-configured', message: 'not sent: no SMTP_URL' },
    });
    clock.forward({ hours: 1 });
    expect(await box.run()).toEqual(NOTHING);
    await box.retry('unsent');
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
  });

  it('takes up what a process that died had in hand, under the same key', async () => {
    await put({ key: 'half-sent' });
    answers.push(() => new Promise(() => undefined));
    // The process never hears back: this run does not end.
    void box.run();
    await until(() => sent.length === 1);
    clock.forward({ seconds: 119 });
    expect(await box.run()).toEqual(NOTHING);
    clock.forward({ seconds: 1 });
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
    expect(sent.map((message) => message.key)).toEqual(['half-sent', 'half-sent']);
  });

  it('takes it up at once where it has the database alone, and leaves to its time what had failed', async () => {
    const busy = new Problem({ code: 'email.busy', message: 'Busy.', fix: 'Wait.', retry: 'later' });
    answers.push(
      () => Promise.reject(busy),
      () => new Promise(() => undefined),
    );
    await put({ key: 'put-off', ticketKey: OTHER.key });
    expect(await box.run()).toEqual({ ...NOTHING, putOff: 1 });
    await put({ key: 'half-sent' });
    void box.run();
    await until(() => sent.length === 2);
    const { nextAt } = await rowOf('put-off');
    await box.letGo();
    expect(await box.run()).toEqual({ ...NOTHING, sent: 1 });
    expect(sent.map((message) => message.key)).toEqual(['put-off', 'half-sent', 'half-sent']);
    expect((await rowOf('put-off')).nextAt).toEqual(nextAt);
  });

  it('lets an answer that comes too late change nothing', async () => {
    await put({ key: 'slow' });
    const late = Promise.withResolvers<Delivery>();
    answers.push(() => late.promise);
    const first = box.run();
    await until(() => sent.length === 1);
    clock.forward({ seconds: 120 });
    await box.run();
    late.reject(new Problem({ code: 'email.refused', message: 'No.', fix: 'Wait.' }));
    await first;
    expect(await rowOf('slow')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('sends many at once, five at a time, each once', async () => {
    const [under, most] = [{ way: 0 }, { way: 0 }];
    const slowly = async (): Promise<Delivery> => {
      under.way += 1;
      most.way = Math.max(most.way, under.way);
      await new Promise((done) => setImmediate(done));
      under.way -= 1;
      return { kind: 'sent', id: '' };
    };
    answers.push(...Array.from({ length: 60 }, () => slowly));
    await put(...Array.from({ length: 60 }, (_, index) => ({ key: `m-${index}`, recipient: `r${index}@example.com` })));
    expect(await box.run()).toEqual({ ...NOTHING, sent: 60 });
    expect(new Set(sent.map((message) => message.key)).size).toBe(60);
    expect(most.way).toBeLessThanOrEqual(5);
  });
});

function failing(retry: Retry): () => Promise<Delivery> {
  return () => Promise.reject(new Problem({ code: 'email.refused', message: 'No.', fix: 'Wait.', retry }));
}

function aRow(overrides: Partial<Row>): Row {
  return {
    key: 'key',
    ticketKey: ONE.key,
    kind: 'message',
    recipient: 'greta@example.com',
    subject: 'Subject',
    text: 'Text',
    template: 'acknowledgement',
    nextAt: MORNING,
    createdAt: MORNING,
    ...overrides,
  };
}

/** Lets other work go on until it has come so far. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setImmediate(done));
}
