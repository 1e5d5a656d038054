import { USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';
import { eq } from 'drizzle-orm';
import type { Connection } from '../../src/db/connection.ts';
import { tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Cells, TicketStore } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createComments } from '../../src/sync/comments.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import type { SyncParts } from '../../src/sync/take-row.ts';
import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { emptyTables } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aPlainPipeline } from '../support/plain-pipeline.ts';
import { aWatchedStore } from '../support/watched-store.ts';

export const POLICY = aPolicy({ desk: { statuses: { ...USUAL_STATUS_NAMES, open: ['Open', 'Testing'] } } });

/** Tickets, a base and the two ways between them, with a clock that stands still until it is moved. */
export function aSyncedDesk(connection: Connection, change: Partial<TicketStore> = {}) {
  const clock = { at: MORNING };
  const passing: (() => Promise<void>)[] = [];
  const now = () => clock.at;
  const store = aWatchedStore(anEmbeddedStore(connection, deskColumns(POLICY)), change);
  const pipeline = aPlainPipeline(connection, { policy: () => POLICY, now });
  const parts: SyncParts = {
    connection,
    store,
    pipeline,
    policy: () => POLICY,
    meter: aFreeMeter(),
    now,
    // No time passes while the base is asked.
    async pause(milliseconds) {
      await store.idle();
      clock.at = clock.at.add({ milliseconds });
      await passing.shift()?.();
    },
    log: createLog('silent'),
  };
  const hand = byHand(connection);
  const comments = createComments({ ...parts, pipeline, wake: async () => undefined });
  return {
    ...parts,
    store,
    pipeline,
    clock,
    /** What happens while time passes: each once, after a moment. */
    passing,
    hand,
    flush: createFlush(parts),
    pull: createPull({ ...parts, noteEdited: comments.noteEdited }),
    comments,

    /** Everything as after a fresh start. */
    async clear(): Promise<void> {
      await emptyTables(connection);
      for (const list of [pipeline.edits, pipeline.replies, pipeline.adopted, pipeline.restored]) list.splice(0);
      clock.at = MORNING;
      store.forget();
    },
    /** A ticket that came in and has its row. Both sides know of each other, and nothing is owed. */
    async settled(overrides: Partial<Ticket> = {}): Promise<{ key: string; rowId: string }> {
      const ticket = aTicket({ number: 1000 + (await hand.countRows()), ...overrides });
      await pipeline.receive(ticket);
      await this.sync();
      store.forget();
      return { key: ticket.key, rowId: (await this.row(ticket.key)).rowId ?? '' };
    },
    /** Both ways, until both sides are quiet. */
    async sync(): Promise<void> {
      await this.pull.run();
      await this.flush.run();
      await this.pull.run();
    },
    async row(key: string) {
      const [row] = await connection.queries.select().from(tickets).where(eq(tickets.key, key));
      if (row === undefined) throw new Error(`no ticket ${key}`);
      return row;
    },
    async cells(rowId: string): Promise<Cells> {
      return (await hand.readBack(rowId))?.cells ?? {};
    },
    async writesOf(): Promise<readonly Cells[]> {
      return store.calls.flatMap(({ writes }) => writes.map(({ cells }) => cells));
    },
  };
}

export type SyncedDesk = ReturnType<typeof aSyncedDesk>;
