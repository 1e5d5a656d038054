import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import type { DeliveryReport } from '../../src/domain/message.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { aPolicy, aQueue, aTicket, MORNING } from '../support/builders.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
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

const POLICY = aPolicy({
  queues: [
    aQueue({ members: [], method: 'none' }),
    aQueue({ name: 'review', members: [], method: 'none', notify: ['lead@desk.example'] }),
  ],
});
const FAILED: DeliveryReport = { of: ['SM9'], outcome: 'failed', isAddressDead: false, says: 'Twilio says: failed' };

/** A chat whose requests are what became of messages. */
const CHAT: Channel = {
  ...TAKES_ANYTHING,
  parse: () => ({ kind: 'messages', messages: [], reports: [FAILED] }),
};

describe('a message in a chat that was not delivered', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    const channels = [aChannel({ name: 'chat' }), aChannel({ name: 'other' })];
    desk = aDesk(database.connection, { config: aLiveConfig({ policy: POLICY, channels }), channelOf: () => CHAT });
    const requester = { name: 'Greta', email: null };
    const { ticketKey } = await desk.pipeline.open({ by: 'Ana', subject: 'Printer', text: 'It burns.', requester });
    const moments = { nextAt: MORNING, createdAt: MORNING, finishedAt: MORNING };
    const words = { subject: 'Re', text: 'Try again.', template: 'reply', recipient: '+4915112345678' };
    await database.connection.queries.insert(outbox).values({
      key: 'reply:1',
      ticketKey,
      kind: 'message',
      via: 'chat',
      state: 'sent',
      receipt: 'SM9',
      ...words,
      ...moments,
    });
  });

  const answer = async () => {
    const [row] = await database.connection.queries.select().from(outbox).where(eq(outbox.key, 'reply:1'));
    return row;
  };
  const told = async () => (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'notify');

  it('counts as given up, with the reason, and is told to whoever answers for the ticket, once', async () => {
    const id = await postJson(database.connection, {}, { channel: 'chat' });
    await postJson(database.connection, { again: true }, { channel: 'chat' });
    await desk.pipeline.drainInbox();
    expect(await answer()).toMatchObject({ state: 'dead', problem: { code: 'outbox.not-delivered' } });
    expect(await inboxRow(database.connection, id)).toMatchObject({ state: 'done' });
    expect(await told()).toMatchObject([{ recipient: 'lead@desk.example', template: 'undelivered' }]);
    expect((await allDecisions(database.connection)).map(({ sentence }) => sentence)).toContain(
      'The answer to +4915112345678 did not arrive: Twilio says: failed.',
    );
  });

  it('by mail marks the address, which is known again when our database was lost and the base has the ticket', async () => {
    const mute = { why: 'bounced', address: 'greta@example.com', evidence: '550 no such user', at: MORNING } as const;
    const row = { id: 'row-1', synced: {}, replyKey: null };
    await desk.pipeline.restore([{ ticket: aTicket({ mute }), from: 'memory', row, log: [] }]);
    const requester = { name: 'Greta', email: 'greta@example.com' };
    await desk.pipeline.open({ by: 'Ana', subject: 'Screen', text: 'It is dark.', requester });
    const [, , latest] = (await allTickets(database.connection)).toSorted((one, other) => one.number - other.number);
    expect(latest).toMatchObject({ subject: 'Screen', mute });
  });

  it('is believed of no other channel than that over which it went', async () => {
    const id = await postJson(database.connection, {}, { channel: 'other' });
    await desk.pipeline.drainInbox();
    expect((await answer())?.state).toBe('sent');
    expect(await inboxRow(database.connection, id)).toMatchObject({ state: 'ignored' });
  });
});
