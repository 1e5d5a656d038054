import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { PRIORITIES, STATUSES, type Ticket } from '../../src/domain/ticket.ts';
import type { Cell, Cells } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { saysTheSame } from '../../src/sync/desk-column.ts';
import { sameCell } from '../../src/sync/cells.ts';
import { PRIORITY_WORDING } from '../../src/sync/wording.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { fc } from '../support/properties.ts';
import { aSyncedDesk, POLICY, type SyncedDesk } from './synced-desk.ts';

/** Histories to try; each takes some 50 to 100 ms. */
const RUNS = 40;

const LOST = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });

/** Statuses that need no times beside them, so that every one is a ticket that could exist. */
const OPEN = STATUSES.filter((status) => status !== 'resolved' && status !== 'closed');

/** Something that happens to a ticket and its row. */
type Step =
  | { kind: 'person'; cells: Cells }
  | { kind: 'desk'; changes: Partial<Ticket> }
  | { kind: 'flush' | 'pull' }
  | { kind: 'lost flush' }
  | { kind: 'refused flush' };

const person = fc
  .record(
    {
      // Of several names for one status each is a choice that stays.
      status: fc.constantFrom(...OPEN.flatMap((status) => POLICY.desk.statuses[status])),
      priority: fc.constantFrom(...PRIORITIES).map((priority) => PRIORITY_WORDING.show(priority)),
      assignee: fc.constantFrom('Ana', 'Ben', 'Cy', null),
      tags: fc.subarray(['vip', 'card', 'refund']),
      subject: fc.constantFrom('Card charged twice', 'Refund', '💳 بطاقة'),
    },
    { requiredKeys: [] },
  )
  .filter((cells) => Object.keys(cells).length > 0)
  .map((cells): Step => ({ kind: 'person', cells }));

const desk = fc
  .record(
    {
      status: fc.constantFrom(...OPEN),
      priority: fc.constantFrom(...PRIORITIES),
      assignee: fc.constantFrom('Ana', 'Ben', 'Cy', null),
      tags: fc.subarray(['vip', 'card', 'refund']),
      why: fc.constantFrom('Because.', 'Because of that.'),
    },
    { requiredKeys: [] },
  )
  .map((changes): Step => ({ kind: 'desk', changes }));

const sync = fc.constantFrom<Step>(
  { kind: 'flush' },
  { kind: 'pull' },
  { kind: 'lost flush' },
  { kind: 'refused flush' },
);

const history = fc.array(fc.oneof(person, desk, sync), { minLength: 1, maxLength: 12 });

describe('whatever people, the desk and a failing base do in whatever order', () => {
  let database: TestDatabase;
  let both: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    both = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());

  it('no person’s edit is lost, both sides end the same, and then both are quiet', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        await both.clear();
        const { key, rowId } = await both.settled();
        const expected = new Map<string, Cell>();
        for (const step of steps) await live(both, { step, key, rowId, expected });
        await settle(both);

        const cells = await both.cells(rowId);
        const { ticket } = await both.row(key);
        expect([...expected].filter(([name, cell]) => !isSame(name, cell, cells[name] ?? null))).toEqual([]);
        expect(mismatches(ticket, cells)).toEqual([]);
        expect(await both.hand.countRows()).toBe(1);
        both.store.forget();
        await both.sync();
        await both.sync();
        expect(both.store.calls.filter(({ call }) => call === 'write')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

interface Scene {
  step: Step;
  key: string;
  rowId: string;
  /** By column, what a person chose last and nobody rightly changed after. */
  expected: Map<string, Cell>;
}

async function live(both: SyncedDesk, { step, ...scene }: Scene): Promise<void> {
  switch (step.kind) {
    case 'person':
      return edit(both, scene, step.cells);
    case 'desk':
      return both.pipeline.decide(scene.key, await allowed(both, scene, step.changes));
    case 'lost flush':
      return failingFlush(both, 'after');
    case 'refused flush':
      return failingFlush(both, 'before');
    default:
      await both[step.kind].run();
  }
}

async function failingFlush(both: SyncedDesk, when: 'before' | 'after'): Promise<void> {
  both.store.forget();
  both.store.failNext('write', when, LOST);
  await both.flush.run();
  both.store.forget();
  both.clock.at = both.clock.at.add({ minutes: 2 });
}

/** A cell that is set to what it was, or to what we had sent there, is no edit that anybody could see. */
async function edit(both: SyncedDesk, { key, rowId, expected }: Omit<Scene, 'step'>, cells: Cells): Promise<void> {
  const { synced, sent } = await both.row(key);
  await both.hand.editByHand(rowId, cells, 'Ana');
  for (const [name, cell] of Object.entries(cells)) {
    const before = [synced[name] ?? null, ...(sent[name] ?? [])];
    if (before.some((each) => isSame(name, each, cell))) expected.delete(name);
    else expected.set(name, cell);
  }
}

/**
 * Automation leaves alone what a person is known to have chosen. It may change a field on which both had
 * agreed by chance; and it does not know of an edit that nobody has read yet.
 */
async function allowed(
  both: SyncedDesk,
  { key, expected }: Omit<Scene, 'step'>,
  changes: Partial<Ticket>,
): Promise<Partial<Ticket>> {
  const { synced } = await both.row(key);
  const told = new Set<string>(
    both.pipeline.edits.flatMap(({ edit: { changes: all } }) => all.map(({ field }) => field)),
  );
  const free = Object.entries(changes).filter(([name]) => !told.has(name));
  for (const [name] of free) {
    if (isSame(name, synced[name] ?? null, expected.get(name) ?? null)) expected.delete(name);
  }
  return Object.fromEntries(free);
}

async function settle(both: SyncedDesk): Promise<void> {
  both.clock.at = both.clock.at.add({ minutes: 2 });
  for (let round = 0; round < 3; round += 1) await both.sync();
}

function isSame(name: string, one: Cell, other: Cell): boolean {
  const column = deskColumns(POLICY).find((each) => each.name === name);
  return column !== undefined && sameCell(column.type, one, other);
}

/** Columns in which the row and the ticket do not say the same. */
function mismatches(ticket: Ticket, cells: Cells): string[] {
  return deskColumns(POLICY)
    .filter(({ name, edits }) => name !== 'key' && name !== 'activity' && name !== 'memory' && edits !== 'left')
    .filter((column) => !saysTheSame(column, column.show({ ticket, activity: [] }), cells[column.name] ?? null))
    .map(({ name }) => name);
}
