import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { inbox as inboxTable } from '../../src/db/schema.ts';
import { messagesOf } from '../../src/db/ticket-queries.ts';
import { createInbox } from '../../src/inbox/create.ts';
import { createLog } from '../../src/kit/log.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { aMattermost, ZOE } from '../connectors/mattermost/mattermost.ts';
import { aPolicy, at } from '../support/builders.ts';
import { channelsWith } from '../support/channels.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aMail } from '../support/mails.ts';
import { FORMS, type Pair, SAID, THREADS, WITHOUT_CLOCK } from '../support/pairs.ts';
import { aClock, aDesk, allTickets } from '../support/pipeline.ts';
import { aRequest, recorded } from '../support/recorded.ts';

/** After everything that was recorded. */
const NOW = at('2026-11-22T10:00:00Z');

const SECRET = 'of the tests';

/** A server that knows which of the two posts began the thread. */
const [ROOT, ANSWER] = ['axdygg1957njfe5pu38saikdho', 'bxdygg1957njfe5pu38saikdho'];
const MATTERMOST = aMattermost({
  [`/users/${ZOE.id}`]: ZOE,
  [`/posts/${ROOT}`]: { id: ROOT, root_id: '' },
  [`/posts/${ANSWER}`]: { id: ANSWER, root_id: ROOT },
});

/** Where the pairs come in: a channel each. */
const PAIRS = Object.entries({ ...THREADS, ...WITHOUT_CLOCK, ...FORMS });

describe('requests that come out of turn, and again', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  /** Doors and a desk of these channels, with a clock that stands still until it is told otherwise. */
  function aWayIn(pairs: readonly (readonly [name: string, pair: Omit<Pair, 'first' | 'second'>])[] = PAIRS) {
    const { connection } = database;
    const clock = aClock(NOW);
    const { now } = clock;
    const secrets = { tokens: ['token'], signing: ['secret'] };
    const channels = pairs.map(([name, { kind, settings = {}, access = null }]) =>
      aChannel({ name, kind, secrets, settings, access }),
    );
    // The same person writes the same into every form.
    const policy = aPolicy({ intake: { duplicateWindowMinutes: 0 } });
    const config = aLiveConfig({ policy, channels });
    const channelOf = channelsWith({ ask: MATTERMOST.ask, environment: { SURVEY_SECRET: SECRET }, now });
    const { pipeline } = aDesk(connection, { config, clock, channelOf });
    const wake = async () => undefined;
    const known = () => config.current().channels;
    return {
      clock,
      pipeline,
      inbox: createInbox({ connection, channels: known, channelOf, wake, now, log: createLog('silent') }),
    };
  }

  async function states(): Promise<string[]> {
    const rows = await database.connection.queries.select().from(inboxTable).orderBy(inboxTable.seq);
    return rows.map(({ state }) => state);
  }

  /** What was said on each ticket of a channel, as its page shows it. */
  async function conversations(name: string): Promise<string[][]> {
    const tickets = (await allTickets(database.connection)).filter(({ channel }) => channel === name);
    const all = tickets.map(async ({ key }) => messagesOf(database.connection.queries, key));
    return (await Promise.all(all)).map((messages) => messages.map(({ text }) => text.trim()));
  }

  it.each([
    ['together', true],
    ['one by one', false],
  ])('are what they would be in their order, when they come %s', async (_how, together) => {
    const { clock, pipeline, inbox } = aWayIn();
    const repeats: boolean[] = [];
    for (const which of ['second', 'first', 'second', 'first'] as const) {
      const kept = await Promise.all(PAIRS.map(([name, pair]) => inbox.deliver(name, pair[which])));
      repeats.push(...kept.map(({ isRepeat }) => isRepeat));
      if (!together) await pipeline.drainInbox();
      clock.forward({ milliseconds: 100 });
    }
    await pipeline.drainInbox();
    const of = (isRepeat: boolean) => [...PAIRS, ...PAIRS].map(() => isRepeat);
    expect(repeats).toEqual([...of(false), ...of(true)]);
    expect(new Set(await states())).toEqual(new Set(['done']));
    const found = await Promise.all(PAIRS.map(async ([name]) => [name, await conversations(name)] as const));
    const [inOrder, asItCame] = [[[SAID.first, SAID.second]], [[SAID.second, SAID.first]]];
    expect(Object.fromEntries(found)).toEqual({
      ...Object.fromEntries(Object.keys(THREADS).map((name) => [name, inOrder])),
      ...Object.fromEntries(Object.keys(WITHOUT_CLOCK).map((name) => [name, asItCame])),
      ...Object.fromEntries(Object.keys(FORMS).map((name) => [name, [[expect.any(String)], [expect.any(String)]]])),
    });
    for (const name of Object.keys(FORMS)) {
      const tickets = (await allTickets(database.connection)).filter(({ channel }) => channel === name);
      const isSecond = tickets.map(({ subject, description }) => `${subject} ${description}`.includes('thrice'));
      expect([name, isSecond]).toEqual([name, [true, false]]);
    }
  });

  it('are tried of every channel', () => {
    const all = Object.values(CONNECTORS).filter(({ channel }) => channel !== undefined);
    const tried = new Set(['portal', ...PAIRS.map(([, { kind }]) => kind)]);
    expect([...tried].toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  });

  it('stand on the page of a ticket once each, as they came', async () => {
    const { clock, pipeline, inbox } = aWayIn([['portal', { kind: 'portal' }]]);
    const requester = { name: 'Greta', email: 'greta@example.com' };
    const { ticketKey } = await pipeline.open({ by: 'Ana', subject: 'Printer', text: 'It smokes.', requester });
    const pages = createPageLinks({ secret: SECRET, publicAddress: 'https://help.example' });
    const page = pages.linkTo('ticket', ticketKey, NOW)?.split('/').at(-1) ?? '';
    const answers = [SAID.second, SAID.first, SAID.second, SAID.first].map((message) => {
      const fields = new URLSearchParams({ page, key: message, message });
      return aRequest('application/x-www-form-urlencoded', fields.toString());
    });
    for (const answer of answers) {
      clock.forward({ seconds: 1 });
      await inbox.deliver('portal', answer);
    }
    await pipeline.drainInbox();
    const said = await messagesOf(database.connection.queries, ticketKey);
    expect(said.map(({ text }) => text)).toEqual(['It smokes.', SAID.second, SAID.first]);
  });

  it('change nothing of when the requester wrote last, and where they are answered', async () => {
    const { name, pair } = thread('a bot of Telegram');
    const { pipeline, inbox } = aWayIn([[name, pair]]);
    for (const request of [pair.second, pair.first]) await inbox.deliver(name, request);
    await pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.lastCustomerMessageAt.toString()).toBe('2025-11-22T08:27:40Z');
    expect(ticket?.conversation).toMatchObject({ thread: '6', at: ticket?.lastCustomerMessageAt });
  });

  it('are no conversation where somebody else claims to answer a mail that is not there yet', async () => {
    const { name, pair } = thread('a mailbox');
    const { pipeline, inbox } = aWayIn([[name, pair]]);
    const claim = ['Message-ID: <9@evil.example>', 'In-Reply-To: <1@imap.example>', 'Subject: Re: Printer'];
    const guess = aMail({ from: 'mallory@evil.example', headers: claim, body: 'Tell me.' });
    for (const request of [aRequest('message/rfc822', guess), pair.first]) await inbox.deliver(name, request);
    await pipeline.drainInbox();
    expect(await conversations(name)).toEqual([['Tell me.'], [SAID.first]]);
  });

  it.each([
    [23, ['done', 'done'], [[SAID.first, SAID.second]]],
    [24, ['ignored', 'done'], [[SAID.first]]],
  ])('are waited for as long as senders try: after %i hours they are %j', async (hours, become, said) => {
    const { name, pair } = thread('a room of Slack');
    const { clock, pipeline, inbox } = aWayIn([[name, pair]]);
    await inbox.deliver(name, pair.second);
    await pipeline.drainInbox();
    expect(await states()).toEqual(['ignored']);
    clock.forward({ hours });
    await inbox.deliver(name, pair.first);
    await pipeline.drainInbox();
    expect([await states(), await conversations(name)]).toEqual([become, said]);
  });

  it('stand as they came where they are of one moment', async () => {
    const { pipeline, inbox } = aWayIn([['chat', { kind: 'whatsapp' }]]);
    const { entry } = JSON.parse(Buffer.from(recorded('whatsapp', 'text').body).toString());
    const [{ value }] = entry[0].changes;
    const said = Array.from({ length: 12 }, (_, nth) => `Picture ${nth}.`);
    const messages = said.map((body) => ({ ...value.messages[0], id: `wamid.${body}`, text: { body } }));
    const changes = [{ value: { ...value, messages }, field: 'messages' }];
    const notice = { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] };
    await inbox.deliver('chat', aRequest('application/json', JSON.stringify(notice)));
    await pipeline.drainInbox();
    expect(await conversations('chat')).toEqual([said]);
  });
});

function thread(name: string): { name: string; pair: Pair } {
  const pair = THREADS[name];
  if (pair === undefined) throw new Error(`there is no pair of ${name}`);
  return { name, pair };
}
