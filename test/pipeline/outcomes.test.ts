import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { decisions, outcomes, stays } from '../../src/db/schema.ts';
import { outcomeOf } from '../../src/decide/outcome.ts';
import type { FieldChange } from '../../src/domain/occasion.ts';
import { placingOf } from '../../src/domain/placing.ts';
import { isOpen } from '../../src/domain/ticket.ts';
import { aPolicy, aQueue, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';
import { DESK_NOW, seedDesk } from '../support/seed-desk.ts';

/** The upgrade that fills in where tickets from before were placed. */
const PLACING = join(import.meta.dirname, '../../src/db/migrations/0043-placing.sql');

/** Of a ticket of whose place nothing was decided. */
const UNPLACED = {
  firstCategory: null,
  firstCategoryBy: null,
  firstCategoryFrom: null,
  machineCategory: null,
  firstQueue: null,
  firstQueueBy: null,
  firstQueueFrom: null,
  movedTo: null,
  isPassedOn: false,
};

/** A desk on which nobody is given anything, so that tickets stand where people put them. */
function byHand(calendar: string | null) {
  const review = aQueue({ name: 'review', method: 'none' });
  return aPolicy({ queues: [aQueue({ calendar, method: 'none' }), review] });
}

describe.each(ENGINES)('what reports count, on %s', (engine) => {
  const world = {} as { database: TestDatabase; desk: TestDesk };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  beforeEach(async () => {
    await world.database.empty();
    world.desk = aDesk(world.database.connection, { config: aLiveConfig({ policy: byHand('office') }) });
  });
  afterAll(() => world.database.drop());

  async function edit(key: string, change: FieldChange) {
    const { clock, pipeline } = world.desk;
    await pipeline.edit(key, { by: 'Ana', at: clock.now(), changes: [change] });
  }

  async function opened() {
    await postForm(world.database.connection, aForm('Greta'));
    await world.desk.pipeline.drainInbox();
    const [ticket] = await allTickets(world.database.connection);
    return ticket?.key ?? '';
  }

  it('is written with the turn that changes it', async () => {
    const key = await opened();
    expect(await outcomeRows(world.database.connection)).toMatchObject([
      { ticketKey: key, status: 'new', isOpen: true },
    ]);
    expect(await stayRows(world.database.connection)).toEqual([
      { status: 'new', assignee: null, startedAt: MORNING, endedAt: null, isOpen: true, opens: 1 },
    ]);
  });

  it('has one stay after the other, and each opening and end once', async () => {
    const key = await opened();
    const steps = ['new', 'open', 'pending', 'resolved', 'open', 'closed'];
    for (const [index, to] of steps.slice(1).entries()) {
      world.desk.clock.forward({ hours: 1 });
      await edit(key, { field: 'status', from: steps[index] ?? '', to });
    }
    const after = (hours: number) => MORNING.add({ hours });
    expect(await stayRows(world.database.connection)).toMatchObject([
      { status: 'new', startedAt: MORNING, endedAt: after(1), opens: 1 },
      { status: 'open', startedAt: after(1), endedAt: after(2), opens: 0 },
      { status: 'pending', startedAt: after(2), endedAt: after(3), opens: 0 },
      { status: 'resolved', startedAt: after(3), endedAt: after(4), opens: -1 },
      { status: 'open', startedAt: after(4), endedAt: after(5), opens: 1 },
      { status: 'closed', startedAt: after(5), endedAt: null, opens: -1 },
    ]);
  });

  it('keeps the minutes that were counted, whatever becomes of the calendar', async () => {
    const { clock, config } = world.desk;
    const key = await opened();
    clock.forward({ hours: 2 });
    await edit(key, { field: 'status', from: 'new', to: 'resolved' });
    config.change(byHand(null));
    clock.forward({ hours: 72 });
    await edit(key, { field: 'tags', from: [], to: ['late'] });
    expect(await outcomeRows(world.database.connection)).toMatchObject([{ resolutionOpenMinutes: 120 }]);
  });

  it.each([
    { days: 6, first: 'billing', again: 'billing', isRepeat: true },
    { days: 8, first: 'billing', again: 'billing', isRepeat: false },
    { days: 6, first: 'billing', again: 'technical', isRepeat: false },
  ])(
    'says whether $again after $days days is $first once more: $isRepeat',
    async ({ days, first, again, isRepeat }) => {
      const { clock, pipeline } = world.desk;
      const earlier = await opened();
      await edit(earlier, { field: 'category', from: null, to: first });
      await edit(earlier, { field: 'status', from: 'new', to: 'resolved' });
      clock.forward({ hours: days * 24 });
      await postForm(world.database.connection, aForm('Greta', 'Once more.'), { receivedAt: clock.now() });
      await pipeline.drainInbox();
      const [, later] = await allTickets(world.database.connection);
      await edit(later?.key ?? '', { field: 'category', from: null, to: again });
      const count = async () => (await outcomeRows(world.database.connection)).filter((row) => row.isRepeat).length;
      expect(await count()).toBe(isRepeat ? 1 : 0);
    },
  );
});

describe('what reports count of a desk that was worked on for nine days', () => {
  const world = {} as { database: TestDatabase; desk: TestDesk };
  beforeAll(async () => {
    world.database = await aDatabase('pglite');
    world.desk = await seedDesk(world.database.connection);
  });
  afterAll(() => world.database.drop());

  it('is what each ticket comes to', async () => {
    const { policy } = world.desk.config.current();
    const rows = new Map((await outcomeRows(world.database.connection)).map((row) => [row.ticketKey, row]));
    const tickets = await allTickets(world.database.connection);
    const made = await world.database.connection.queries.select().from(decisions).orderBy(decisions.seq);
    expect(rows.size).toBe(tickets.length);
    for (const ticket of tickets) {
      const { firstReply, resolution, ...outcome } = outcomeOf(ticket, policy, DESK_NOW);
      expect(rows.get(ticket.key)).toEqual({
        ...outcome,
        firstReplySettledAt: firstReply?.at ?? null,
        firstReplyKept: firstReply?.isKept ?? null,
        resolutionSettledAt: resolution?.at ?? null,
        resolutionKept: resolution?.isKept ?? null,
        isRepeat: false,
        ...UNPLACED,
        ...placingOf(made.filter(({ ticketKey }) => ticketKey === ticket.key)),
      });
    }
  });

  it('says of their place turn by turn what an upgrade reads in all decisions at once', async () => {
    const { queries } = world.database.connection;
    const { clock, pipeline } = world.desk;
    const [first, second] = await allTickets(world.database.connection);
    for (const [ticket, to] of [
      [first, 'review'],
      [second, 'support'],
    ] as const) {
      const change = { field: 'queue', from: ticket?.queue ?? '', to } as const;
      await pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: clock.now(), changes: [change] });
    }
    const before = await outcomeRows(world.database.connection);
    const filling = readFileSync(PLACING, 'utf8').match(/with given as[^;]+;/)?.[0] ?? '';
    await queries.update(outcomes).set(UNPLACED);
    await queries.execute(sql.raw(filling));
    const after = await outcomeRows(world.database.connection);
    expect(after).toEqual(before);
    expect(new Set(after.map(({ firstCategoryBy }) => firstCategoryBy))).toEqual(new Set(['rule', null]));
    expect(after.some(({ movedTo }) => movedTo !== null)).toBe(true);
  });

  it('has every ticket in one stay that goes on, where the ticket stands', async () => {
    const { queries } = world.database.connection;
    const tickets = await allTickets(world.database.connection);
    const lasting = (await queries.select().from(stays)).filter(({ endedAt }) => endedAt === null);
    const places = lasting.map(({ ticketKey, status, queue, assignee }) => [ticketKey, status, queue, assignee]);
    expect(places.toSorted()).toEqual(
      tickets.map(({ key, status, queue, assignee }) => [key, status, queue, assignee]).toSorted(),
    );
    const all = await queries.select({ opens: stays.opens }).from(stays);
    const open = tickets.filter(({ status }) => isOpen(status)).length;
    expect(all.reduce((sum, { opens }) => sum + opens, 0)).toBe(open);
  });
});

function outcomeRows({ queries }: Connection) {
  return queries.select().from(outcomes).orderBy(outcomes.number);
}

function stayRows({ queries }: Connection) {
  const { status, assignee, startedAt, endedAt, isOpen: open, opens } = stays;
  return queries.select({ status, assignee, startedAt, endedAt, isOpen: open, opens }).from(stays).orderBy(startedAt);
}
