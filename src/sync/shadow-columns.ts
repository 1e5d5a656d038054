import { FILE_LINKS_COLUMN, FILES_COLUMN, type TicketStore } from '../ports/ticket-store.ts';
import type { DeskColumn } from './desk-column.ts';
import { MEMORY } from './memory.ts';

/** All that a row is made with while the desk only looks on: what there is to see of a request, and by what we know it. */
const SEEN: ReadonlySet<string> = new Set([
  'ticket',
  'number',
  'subject',
  'description',
  'requesterName',
  'requesterEmail',
  'channel',
  'externalId',
  'openedAt',
  FILES_COLUMN,
  FILE_LINKS_COLUMN,
  MEMORY,
]);

/** In a row that is there nothing changes that anybody looks at. */
const KEPT: ReadonlySet<string> = new Set([FILES_COLUMN, FILE_LINKS_COLUMN, MEMORY]);

/** The columns that are not written while the desk only looks on. */
export function shadowColumns(columns: readonly DeskColumn[], { isNew }: { isNew: boolean }): readonly string[] {
  return columns.flatMap(({ name }) => (mayBeWritten(name, isNew) ? [] : [name]));
}

function mayBeWritten(name: string, isNew: boolean): boolean {
  return name === 'key' || (isNew ? SEEN : KEPT).has(name);
}

/**
 * The base as it is while the desk may only look on: whatever it is asked to write, it takes no more than makes a request
 * visible. What was left out is told, so that it is owed later.
 */
export function onlookingStore(store: TicketStore, isInShadow: () => boolean): TicketStore {
  return {
    ...store,
    async write(writes) {
      if (!isInShadow()) return store.write(writes);
      const held = new Map(
        writes.map(({ id, key, cells }) => [
          key,
          Object.keys(cells).filter((name) => !mayBeWritten(name, id === null)),
        ]),
      );
      const allowed = writes.map(({ cells, ...write }) => ({
        ...write,
        cells: Object.fromEntries(Object.entries(cells).filter(([name]) => mayBeWritten(name, write.id === null))),
      }));
      const outcomes = await store.write(allowed);
      return outcomes.map((outcome) => {
        const left = held.get(outcome.key) ?? [];
        return 'id' in outcome && left.length > 0 ? { ...outcome, left: [...(outcome.left ?? []), ...left] } : outcome;
      });
    },
  };
}
