import type { BasePerson } from '../../../src/kit/store/base-people.ts';
import type { TableChange, Told } from './wire.ts';

/** What payloads tell last of a row. */
export interface LatestChange {
  id: string;
  at: Temporal.Instant;
  /** Null where they do not tell. */
  createdTime: Temporal.Instant | null;
  /** Whether it was just made: then a cell that is not told is empty. */
  isNew: boolean;
  cells: Readonly<Record<string, unknown>>;
  /** Who did it; null where it was nobody, or more than one. */
  by: BasePerson | null;
}

/**
 * The latest of each row, and rows that are gone. What happened before `since` was listed already; of it only
 * rows that are gone count, which no listing shows.
 */
export function latestChanges(
  payloads: readonly Told[],
  { tableId, since }: { tableId: string; since: Temporal.Instant },
): { changed: readonly LatestChange[]; deletedIds: readonly string[] } {
  const latest = new Map<string, LatestChange>();
  const gone = new Set<string>();
  for (const told of payloads) {
    const table = told.changedTablesById[tableId];
    if (table === undefined) continue;
    const isNews = Temporal.Instant.compare(told.timestamp, since) >= 0;
    for (const change of changesIn(told, table)) {
      gone.delete(change.id);
      if (isNews) latest.set(change.id, after(latest.get(change.id), change));
    }
    for (const id of table.destroyedRecordIds) {
      latest.delete(id);
      gone.add(id);
    }
  }
  return { changed: [...latest.values()], deletedIds: [...gone] };
}

function changesIn({ timestamp: at, actionMetadata }: Told, table: TableChange): LatestChange[] {
  const by = actionMetadata === null ? null : personOf(actionMetadata);
  const created = Object.entries(table.createdRecordsById).map(([id, { createdTime, cellValuesByFieldId: cells }]) => {
    return { id, at, createdTime, isNew: true, cells, by };
  });
  const changed = Object.entries(table.changedRecordsById).map(([id, { current, unchanged }]) => {
    const cells = { ...unchanged?.cellValuesByFieldId, ...current.cellValuesByFieldId };
    return { id, at, createdTime: null, isNew: false, cells, by };
  });
  return [...created, ...changed];
}

/** Each payload shows the whole row, or we ask; two of them are never put together. */
function after(before: LatestChange | undefined, change: LatestChange): LatestChange {
  if (before === undefined) return change;
  const by = before.by?.id === change.by?.id ? change.by : null;
  return { ...change, createdTime: change.createdTime ?? before.createdTime, by };
}

function personOf({ id, name = null, email = null }: NonNullable<Told['actionMetadata']>): BasePerson {
  return { id, name, email };
}
