import { eq, isNotNull } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tickets } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import type { SyncParts } from '../../src/sync/take-row.ts';
import { aPolicy, aTicket, at } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aPlainPipeline } from '../support/plain-pipeline.ts';
import { aDeskBase, DATABASE, type DeskBase } from '../connectors/notion/desk-base.ts';

const POLICY = aPolicy();

describe('tickets and their rows in Notion', () => {
  let database: TestDatabase;
  let base: DeskBase;
  let desk: ReturnType<typeof aDesk>;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    base = await aDeskBase(deskColumns(POLICY));
    desk = aDesk();
    await desk.pull.run();
    base.notion.clearLog();
  });
  afterEach(() => base.close());

  function aDesk() {
    const { connection } = database;
    const { now, pause } = base.clock;
    const pipeline = aPlainPipeline(connection, { policy: () => POLICY, now });
    const log = createLog('silent');
    const parts: SyncParts = {
      connection,
      store: base.store,
      pipeline,
      policy: () => POLICY,
      meter: aFreeMeter(),
      now,
      pause,
      log,
    };
    return { pipeline, flush: createFlush(parts), pull: createPull(parts) };
  }

  /** Both ways every half minute, as the lanes do. */
  async function live(minutes: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half += 1) {
      await desk.flush.run();
      await desk.pull.run();
      await desk.flush.run();
      await base.clock.pause(30_000);
    }
  }

  async function owed(): Promise<number> {
    return (await database.connection.queries.select().from(tickets).where(isNotNull(tickets.dirtySince))).length;
  }

  /** What the page Health shows of rows that are not written. */
  async function problemsOfRows(): Promise<string[]> {
    const rows = await database.connection.queries.select({ problem: tickets.rowProblem }).from(tickets);
    return rows.flatMap(({ problem }) => problem?.message ?? []);
  }

  async function ticketOf(key: string) {
    const [row] = await database.connection.queries.select().from(tickets).where(eq(tickets.key, key));
    return row?.ticket;
  }

  it('cost a request each to come in, and owe nothing then, whatever Notion makes of moments and lines', async () => {
    for (let number = 1000; number < 1100; number += 1) {
      const resolutionDueAt = at('2026-11-23T10:00:27.123Z');
      await desk.pipeline.receive(aTicket({ number, subject: `Request ${number}\nurgent`, resolutionDueAt }));
    }
    await live(5);
    expect(base.notion.people.rows(DATABASE).length).toBe(100);
    expect(await owed()).toBe(0);
    expect(desk.pipeline.edits).toEqual([]);
    const { byKind } = base.notion.counters();
    expect([byKind['create'], byKind['update'], byKind['get']]).toEqual([100, undefined, undefined]);
  });

  it('take over what people do, who did it, and answer it with one request', async () => {
    const ticket = aTicket({ number: 1000 });
    await desk.pipeline.receive(ticket);
    await live(5);
    base.notion.clearLog();
    const [row] = base.notion.people.rows(DATABASE);
    base.notion.people.as('Ben').edit(DATABASE, row?.id ?? '', { Status: 'Open', Reply: 'On it.', Send: true });
    await live(5);
    expect(await ticketOf(ticket.key)).toMatchObject({ status: 'open' });
    expect(desk.pipeline.replies).toMatchObject([{ by: 'Ben', text: 'On it.' }]);
    expect(base.notion.people.row(DATABASE, row?.id ?? '')).not.toHaveProperty('Send');
    expect(base.notion.counters().byKind).toMatchObject({ update: 1, get: 1 });
    expect(await owed()).toBe(0);
  });

  it('wait for their rows where the blocks of a workspace are used up, and others go on as before', async () => {
    const [old, fresh] = [aTicket({ number: 1000 }), aTicket({ number: 1001 })];
    await desk.pipeline.receive(old);
    await live(2);
    const { settings, blocksUsed } = base.notion;
    Object.assign(settings, { plan: 'free', blockLimit: blocksUsed(), blockGraceSeconds: -1 });
    const [row] = base.notion.people.rows(DATABASE);
    base.notion.clearLog();
    await desk.pipeline.receive(fresh);
    await desk.pipeline.decide(old.key, { priority: 'critical' });
    base.notion.people.as('Ben').edit(DATABASE, row?.id ?? '', { Status: 'Open' });
    await live(10);
    expect(base.notion.people.rows(DATABASE)).toMatchObject([{ fields: { Priority: 'Critical', Status: 'Open' } }]);
    expect([await ticketOf(old.key), await ticketOf(fresh.key)]).toMatchObject([
      { priority: 'critical', status: 'open' },
      { number: 1001 },
    ]);
    expect(await problemsOfRows()).toEqual([
      'The workspace has used all the blocks of its plan, so ticket 1001 has no row yet.',
    ]);
    expect(base.notion.counters().byKind['create']).toBe(1);
    Object.assign(settings, { plan: 'plus' });
    await live(15);
    expect(base.notion.people.rows(DATABASE).map(({ fields }) => fields['Number'])).toEqual([1000, 1001]);
    expect([await owed(), await problemsOfRows()]).toEqual([0, []]);
  });

  it('end as one row each with every edit, though one request in five goes wrong in any of its ways', async () => {
    const kinds = [
      { kind: 'saved-but-unavailable' as const },
      { kind: 'unavailable' as const, commits: true },
      { kind: 'bad-gateway' as const },
      { kind: 'bad-gateway' as const, commits: true },
      { kind: 'conflict' as const },
      { kind: 'overloaded' as const, retryAfterSeconds: 5 },
      { kind: 'commit-then-drop' as const },
      { kind: 'reset' as const },
      { kind: 'database-unavailable' as const },
    ];
    base.notion.settings.queryLagMs = 8_000;
    base.notion.settings.faults = ({ number }) =>
      number % 5 === 0 ? (kinds[(number / 5) % kinds.length] ?? null) : null;
    const all = Array.from({ length: 40 }, (_, index) => aTicket({ number: 1000 + index }));
    for (const ticket of all) await desk.pipeline.receive(ticket);
    await live(10);
    for (const { id } of base.notion.people.rows(DATABASE)) {
      base.notion.people.as('Ana').edit(DATABASE, id, { Priority: 'Low' });
    }
    for (const { key } of all) await desk.pipeline.decide(key, { contactCount: 7 });
    await live(10);
    base.notion.settings.faults = () => null;
    await live(5);
    const rows = base.notion.people.rows(DATABASE);
    expect(rows.map(({ fields }) => fields['Key']).toSorted()).toEqual(all.map(({ key }) => key).toSorted());
    expect(
      new Set(rows.map(({ fields }) => `${String(fields['Priority'])} ${String(fields['Contact count'])}`)),
    ).toEqual(new Set(['Low 7']));
    expect((await Promise.all(all.map(({ key }) => ticketOf(key)))).every((ticket) => ticket?.priority === 'low')).toBe(
      true,
    );
    expect(await owed()).toBe(0);
  }, 60_000);
});
