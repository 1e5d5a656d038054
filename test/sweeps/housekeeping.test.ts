import { expect, it } from 'vitest';
import { noteAct, readAudit } from '../../src/db/audit.ts';
import { attachmentBytes, attachments, events, sessions, tickets } from '../../src/db/schema.ts';
import { createHousekeeping } from '../../src/sweeps/housekeeping.ts';
import { aTicket, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES } from '../support/database.ts';

const BY_DAY = { timeZone: () => 'Europe/Berlin', now: () => MORNING, pause: async () => undefined };

it.each(ENGINES)('housekeeping on %s clears away the sessions that have ended, and no others', async (engine) => {
  const { connection, drop } = await aDatabase(engine);
  const session = { csrfToken: 'token', createdAt: MORNING.subtract({ hours: 12 }) };
  await connection.queries.insert(sessions).values([
    { ...session, id: 'ended', expiresAt: MORNING.subtract({ seconds: 1 }) },
    { ...session, id: 'open', expiresAt: MORNING.add({ seconds: 1 }) },
  ]);
  expect(await createHousekeeping({ ...BY_DAY, connection }).run()).toMatchObject({ sessions: 1, files: 0 });
  expect((await connection.queries.select().from(sessions)).map(({ id }) => id)).toEqual(['open']);
  await drop();
});

it.each(ENGINES)('housekeeping on %s drops fetched files thirty days after their ticket was closed', async (engine) => {
  const { connection, drop } = await aDatabase(engine);
  const { queries } = connection;
  const openedAt = MORNING.subtract({ hours: 60 * 24 });
  const longAgo = MORNING.subtract({ hours: 30 * 24, seconds: 1 });
  const closed = { status: 'closed', resolvedAt: longAgo, openedAt } as const;
  const cases = [
    { name: 'closed long ago', nextAt: null, ticket: aTicket({ ...closed, number: 1, key: '1', closedAt: longAgo }) },
    {
      name: 'closed lately',
      nextAt: null,
      ticket: aTicket({ ...closed, number: 2, key: '2', closedAt: longAgo.add({ seconds: 1 }) }),
    },
    { name: 'open', nextAt: null, ticket: aTicket({ number: 3, key: '3', openedAt }) },
    {
      name: 'owed to the base',
      nextAt: MORNING,
      ticket: aTicket({ ...closed, number: 4, key: '4', closedAt: longAgo }),
    },
  ];
  for (const { name, nextAt, ticket } of cases) {
    const { key } = ticket;
    await queries.insert(tickets).values({ key, ticket, fingerprint: key, openedAt, updatedAt: MORNING });
    const file = { id: name, ticketKey: key, messageId: key, position: 0, name, contentType: '', size: 1, nextAt };
    await queries.insert(attachments).values({ ...file, state: 'linked', createdAt: openedAt });
    for (const seq of [0, 1]) {
      await queries.insert(attachmentBytes).values({ attachmentId: name, seq, bytes: Buffer.from('a') });
    }
  }
  expect(await createHousekeeping({ ...BY_DAY, connection }).run()).toMatchObject({ sessions: 0, files: 1 });
  const left = await queries.select({ id: attachmentBytes.attachmentId }).from(attachmentBytes);
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set(['closed lately', 'open', 'owed to the base']));
  await drop();
});

it.each(ENGINES)(
  'housekeeping on %s forgets events that ended, or waited for somebody, thirty days ago',
  async (engine) => {
    const { connection, drop } = await aDatabase(engine);
    const { queries } = connection;
    const longAgo = MORNING.subtract({ hours: 30 * 24, seconds: 1 });
    const lately = longAgo.add({ seconds: 1 });
    const event = {
      subscription: 'crm',
      ticketKey: 't',
      type: 'ticket.updated',
      body: '{}',
      createdAt: longAgo,
    } as const;
    await queries.insert(events).values([
      { ...event, id: 'sent long ago', state: 'sent', finishedAt: longAgo },
      { ...event, id: 'given up long ago', state: 'dead', finishedAt: longAgo },
      { ...event, id: 'kept long ago' },
      { ...event, id: 'sent lately', state: 'sent', finishedAt: lately },
      { ...event, id: 'kept lately', createdAt: lately },
      { ...event, id: 'tried again soon', nextAt: MORNING },
    ]);
    await createHousekeeping({ ...BY_DAY, connection }).run();
    const left = await queries.select({ id: events.id }).from(events).orderBy(events.seq);
    expect(left.map(({ id }) => id)).toEqual(['sent lately', 'kept lately', 'tried again soon']);
    await drop();
  },
);

it.each(ENGINES)('housekeeping on %s forgets what was noted 400 days ago', async (engine) => {
  const { connection, drop } = await aDatabase(engine);
  const { queries } = connection;
  const entry = {
    act: 'learning_asked',
    by: 'api',
    person: null,
    access: 'admin',
    target: null,
    address: null,
  } as const;
  const longAgo = MORNING.subtract({ hours: 400 * 24, seconds: 1 });
  await noteAct(queries, { ...entry, at: longAgo });
  await noteAct(queries, { ...entry, at: longAgo.add({ seconds: 1 }) });
  await createHousekeeping({ ...BY_DAY, connection }).run();
  const left = await readAudit(queries, { person: null, kind: null, before: null }, 10);
  expect(left.map(({ at }) => at.toString())).toEqual(['2025-10-16T10:00:00Z']);
  await drop();
});
