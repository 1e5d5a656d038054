import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVERYTHING_OPEN } from '../../src/console/queue-filter.ts';
import { countOpen, type ListFilter, listTickets, type Place } from '../../src/console/queue-rows.ts';
import { messages, tickets } from '../../src/db/schema.ts';
import { nextDueAt, type Ticket } from '../../src/domain/ticket.ts';
import { aRequester, aTicket, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;

/** A hundred and twenty tickets: every third is due, every fifth is closed, urgency goes round. */
function someTickets(): Ticket[] {
  return Array.from({ length: 120 }, (_, index) => {
    const isClosed = index % 5 === 4;
    return aTicket({
      number: 1001 + index,
      subject: index === 7 ? 'A lighthouse near Dvořáková' : `Request ${index}`,
      description: 'An ordinary text.',
      requester: aRequester({ name: index === 8 ? 'Zacharias' : 'Greta', email: `p${index}@mail.example` }),
      priority: PRIORITIES[index % 4] ?? 'low',
      queue: index % 2 === 0 ? 'support' : 'billing',
      assignee: index % 3 === 0 ? 'Ana' : null,
      status: isClosed ? 'closed' : 'open',
      closedAt: isClosed ? MORNING : null,
      slaState: index === 10 ? 'breached' : 'on_track',
      needsReview: index === 11,
      collaborators: index === 12 ? ['billing', 'warehouse'] : [],
      resolutionDueAt: index % 3 === 0 ? MORNING.add({ minutes: 500 - index * 3 }) : null,
    });
  });
}

describe.each(ENGINES)('the list of tickets on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
    const { queries } = database.connection;
    const rows = someTickets().map((ticket) => ({
      key: ticket.key,
      ticket,
      fingerprint: ticket.key,
      dueAt: nextDueAt(ticket),
      openedAt: ticket.openedAt,
      updatedAt: ticket.updatedAt,
    }));
    await queries.insert(tickets).values(rows);
    const [first] = rows;
    await queries.insert(messages).values({
      id: 'message-1',
      ticketKey: first?.key ?? '',
      author: 'agent',
      authorName: 'Ben',
      visibility: 'internal',
      text: 'See https://status.example.com/incident-4711 for the thunderstorm.',
      at: MORNING,
    });
  });
  afterAll(() => database.drop());

  async function numbers(changes: Partial<ListFilter>): Promise<number[]> {
    const filter = { ...EVERYTHING_OPEN, ...changes };
    const found: number[] = [];
    let after: Place | null = null;
    do {
      const page = await listTickets(database.connection.queries, filter, after);
      found.push(...page.rows.map((row) => row.number));
      after = page.next;
    } while (after !== null);
    return found;
  }

  it('puts the urgent first, then what is due soonest, then the oldest, over all pages (A-037)', async () => {
    const expected = someTickets()
      .filter((ticket) => ticket.status === 'open')
      .sort(
        (one, other) =>
          PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority) ||
          (one.resolutionDueAt?.epochMilliseconds ?? Infinity) -
            (other.resolutionDueAt?.epochMilliseconds ?? Infinity) ||
          one.number - other.number,
      )
      .map((ticket) => ticket.number);
    expect(await numbers({})).toEqual(expected);
  });

  it('puts the newest first where work is over', async () => {
    expect((await numbers({ status: 'closed' })).slice(0, 3)).toEqual([1120, 1115, 1110]);
    expect(await numbers({ status: 'all' })).toHaveLength(120);
  });

  it('filters by queue, owner, risk and review, also together', async () => {
    const open = someTickets().filter((ticket) => ticket.status === 'open');
    const isWithBilling = ({ queue, collaborators }: Ticket) =>
      queue === 'billing' || collaborators.includes('billing');
    expect(await numbers({ queue: 'billing' })).toHaveLength(open.filter(isWithBilling).length);
    expect(await numbers({ queue: 'warehouse' })).toEqual([1013]);
    expect(await numbers({ owner: 'nobody' })).toHaveLength(open.filter(({ assignee }) => assignee === null).length);
    expect(await numbers({ owner: { agent: 'Ana' }, queue: 'support' })).toHaveLength(
      open.filter(({ assignee, queue }) => assignee === 'Ana' && queue === 'support').length,
    );
    expect(await numbers({ atRisk: true })).toEqual([1011]);
    expect(await numbers({ needsReview: true })).toEqual([1012]);
  });

  it.each([
    ['lighthouse', [1008]],
    ['LIGHT dvořá', [1008]],
    ['zacharias', [1009]],
    ['p8@mail.example', [1009]],
    ['p8@ma', [1009]],
    ['thunderstorm', [1001]],
    ['incident-4711', [1001]],
    ['1077', [1077]],
    ['nowhere', []],
    [`'); drop table tickets; --`, []],
    ["o'clock & | ! <-> \\", []],
  ])('finds %s', async (search, found) => {
    expect(await numbers({ search, status: 'all' })).toEqual(found);
  });

  it('counts the open tickets by all that they can be filtered by', async () => {
    const counts = await countOpen(database.connection.queries);
    const sum = (wanted: (each: (typeof counts)[number]) => boolean): number =>
      counts.filter(wanted).reduce((total, each) => total + each.count, 0);
    expect(sum(() => true)).toBe(96);
    expect(sum((each) => each.atRisk)).toBe(1);
    expect(sum((each) => each.needsReview)).toBe(1);
    expect(sum(({ helpers }) => helpers?.includes('warehouse') === true)).toBe(1);
    expect(sum((each) => each.assignee === 'Ana')).toBe((await numbers({ owner: { agent: 'Ana' } })).length);
  });

  it('walks its indexes with five thousand tickets, and never the table', async () => {
    const { queries, script } = database.connection;
    await script(`
      insert into tickets (key, ticket, fingerprint, due_at, opened_at, updated_at)
      select 'K' || n, ticket || jsonb_build_object('number', n), 'f', '2026-11-20'::timestamptz + n * interval '1 minute', now(), now()
      from tickets cross join generate_series(10001, 15000) n where tickets.number = 1002;
      analyze tickets;`);
    const scans = async (): Promise<number> => {
      await script('select pg_stat_force_next_flush(); select pg_stat_clear_snapshot();');
      const [row] = await queries
        .select({ scans: sql<number>`seq_scan::integer` })
        .from(sql`pg_stat_user_tables`)
        .where(sql`relname = 'tickets'`);
      return row?.scans ?? -1;
    };
    const before = await scans();
    const after = { urgency: 1, dueAt: MORNING, number: 12_000 };
    for (const filter of [
      {},
      { queue: 'support' },
      { queue: 'warehouse' },
      { status: 'open' as const, atRisk: true },
      { owner: 'nobody' as const },
    ]) {
      await listTickets(queries, { ...EVERYTHING_OPEN, ...filter }, null);
      await listTickets(queries, { ...EVERYTHING_OPEN, ...filter }, after);
    }
    await listTickets(queries, { ...EVERYTHING_OPEN, status: 'closed' }, null);
    await listTickets(queries, { ...EVERYTHING_OPEN, status: 'all', search: 'lighthouse' }, null);
    expect(await scans()).toBe(before);
    expect(before).toBeGreaterThan(0);
  });
});
