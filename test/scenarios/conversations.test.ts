import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { inbox } from '../../src/db/schema.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Channels } from '../../src/kit/channels.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';
import { anAgent, aPolicy } from '../support/builders.ts';
import { aChat, channelOf, type ChatPost } from '../support/channels.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, allTickets, postJson, type TestDesk } from '../support/pipeline.ts';

const POLICY = aPolicy({
  agents: [anAgent({ name: 'Ana', email: 'ana@desk.example' }), anAgent({ name: 'Ben' }), anAgent({ name: 'Cy' })],
  replies: {
    received: { name: 'received', subject: '[{{ ticket.number }}]', body: 'Thank you. It is {{ ticket.number }}.' },
  },
  intake: { acknowledgement: 'received' },
});

const CHANNELS = [
  aChannel({ name: 'chat', kind: 'chat' }),
  aChannel({ name: 'json', kind: 'json', settings: { fields: { ticket: 'ticket' } } }),
];

/** A desk with a chat, the channel `json` and mail, and what left over each. */
function aHouse(
  connection: Connection,
): TestDesk & { outbox: Outbox; posted: OutgoingMessage[]; mailed: OutgoingMessage[] } {
  const chat = aChat();
  const mailed: OutgoingMessage[] = [];
  const channels: Channels = (written) => (written.kind === 'chat' ? chat.channel : channelOf(written));
  const config = aLiveConfig({ policy: POLICY, channels: CHANNELS });
  const desk = aDesk(connection, { config, channelOf: channels });
  const notifier = {
    async send(message: OutgoingMessage) {
      mailed.push(message);
      return { kind: 'sent' as const, id: '<mail>' };
    },
  };
  const parts = { notifier, channels: () => config.current().channels, channelOf: channels, now: desk.clock.now };
  const outbox = createOutbox({
    connection,
    ...BY_MAIL_ALONE,
    ...parts,
    replyTokens: createReplyTokens({}),
    log: createLog('silent'),
  });
  return { ...desk, outbox, posted: chat.posted, mailed };
}

describe.each(ENGINES)('a conversation in a chat, on %s', (engine) => {
  let database: TestDatabase;
  let house: ReturnType<typeof aHouse>;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    house = aHouse(database.connection);
  });

  /** Somebody posts, and everything that follows happens. */
  async function post(said: ChatPost): Promise<void> {
    await postJson(database.connection, said, { channel: 'chat' });
    await settle();
  }

  async function settle(): Promise<void> {
    await house.pipeline.drainInbox();
    await house.outbox.run();
  }

  async function answer(text: string): Promise<void> {
    const [ticket] = (await allTickets(database.connection)).slice(-1);
    await house.pipeline.reply(ticket?.key ?? '', { by: 'Ana', text });
    await house.outbox.run();
  }

  const tickets = () => allTickets(database.connection);
  const words = (messages: readonly OutgoingMessage[]) =>
    messages.map(({ to, thread, text }) => [to, thread, text.trim()]);

  it('is one ticket a thread, and is answered there, once', async () => {
    await post({ user: 'Jo', text: 'The printer burns.', thread: '41' });
    await post({ user: 'Jo', text: 'Really.', thread: '41' });
    await post({ user: 'Kim', text: 'My screen is dark.', thread: '42' });
    await answer('Switch it on.');
    expect((await tickets()).map(({ description, contactCount }) => [description, contactCount])).toEqual([
      ['The printer burns.', 2],
      ['My screen is dark.', 1],
    ]);
    expect(words(house.posted)).toEqual([
      ['C1', '41', 'Thank you. It is T-1000.'],
      ['C1', '42', 'Thank you. It is T-1001.'],
      ['C1', '42', 'Switch it on.'],
    ]);
    expect(house.mailed).toEqual([]);
  });

  it('is answered where the requester wrote last (A-023)', async () => {
    await post({ user: 'Jo', text: 'The printer burns.' });
    const [{ number, key } = { number: 0, key: '' }] = await tickets();
    await house.pipeline.edit(key, {
      by: 'Ana',
      at: house.clock.now(),
      changes: [],
      requester: { email: 'jo@example.com' },
    });
    await postJson(database.connection, { email: 'jo@example.com', message: 'By mail now.', ticket: String(number) });
    await settle();
    await answer('By mail, too.');
    expect(words(house.mailed)).toEqual([['jo@example.com', null, 'By mail, too.']]);
    await post({ user: 'Jo', text: 'Here again.' });
    await answer('Then here.');
    expect(words(house.posted).at(-1)).toEqual(['C1', '1', 'Then here.']);
    expect((await tickets()).length).toBe(1);
  });

  it('hears who works tickets answer in the thread, and sends it nowhere', async () => {
    await post({ user: 'Jo', text: 'The printer burns.' });
    await post({ user: 'Ana', email: 'ana@desk.example', text: 'Pull the plug.' });
    const [ticket] = await tickets();
    expect([ticket?.contactCount, ticket?.firstRespondedAt]).toEqual([1, house.clock.now()]);
    expect(words(house.posted)).toEqual([['C1', '1', 'Thank you. It is T-1000.']]);
    expect(house.mailed).toEqual([]);
  });

  it('is none where people talk among themselves', async () => {
    await post({ user: 'Jo', text: 'Lunch?', thread: '7', aside: true });
    await post({ user: 'Jo', text: 'The printer burns.', thread: '8' });
    await post({ user: 'Jo', text: 'It really does.', thread: '8', aside: true });
    expect((await tickets()).map(({ description, contactCount }) => [description, contactCount])).toEqual([
      ['The printer burns.', 2],
    ]);
    const [aside] = await database.connection.queries.select().from(inbox);
    expect([aside?.state, aside?.problem?.message]).toEqual(['ignored', expect.stringMatching(/^People talk/)]);
  });

  it('makes a new ticket once its first is closed, to which it then belongs', async () => {
    await post({ user: 'Jo', text: 'The printer burns.' });
    const [{ key } = { key: '' }] = await tickets();
    const closing = [{ field: 'status' as const, from: 'new', to: 'closed' }];
    await house.pipeline.edit(key, { by: 'Ana', at: house.clock.now(), changes: closing });
    await post({ user: 'Jo', text: 'It burns again.' });
    await post({ user: 'Jo', text: 'Still.' });
    expect((await tickets()).map(({ description, followUpOf }) => [description, followUpOf?.number ?? null])).toEqual([
      ['The printer burns.', null],
      ['It burns again.', 1000],
    ]);
  });
});
