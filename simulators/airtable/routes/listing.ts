import { iteratorGone } from '../refusal.ts';
import type { Table, World } from '../world.ts';

/** Where a page begins. */
export interface Place {
  /** Null on the first page. */
  iteratorId: string | null;
  ids: readonly string[];
  start: number;
}

/**
 * Finds the page that an offset stands for, `itr…/rec…`. Paging is no snapshot [U, section 3]: where the table has
 * changed meanwhile the selection is made anew, and rows may be missed or come twice.
 *
 * @throws Refusal `LIST_RECORDS_ITERATOR_NOT_AVAILABLE` for an offset that is unknown or was left too long
 */
export function placeOf(
  world: World,
  { table, offset, select }: { table: Table; offset: string | undefined; select: () => string[] },
): Place {
  if (offset === undefined || offset === '') return { iteratorId: null, ids: select(), start: 0 };
  const [iteratorId = '', nextId = ''] = offset.split('/');
  const listing = world.listings.get(iteratorId);
  const start = listing?.starts.get(nextId);
  const { now, iteratorIdleSeconds } = world.settings;
  if (listing === undefined || start === undefined || listing.tableId !== table.id) throw iteratorGone();
  if (listing.lastUsedAt <= now() - iteratorIdleSeconds * 1000) throw iteratorGone();
  if (listing.version === table.version) return { iteratorId, ids: listing.ids, start };
  const ids = select();
  const found = ids.indexOf(nextId);
  return { iteratorId, ids, start: found === -1 ? Math.min(start, ids.length) : found };
}

/** Keeps a listing for its next page, and returns the offset of that; null where nothing is left. */
export function openListing(
  world: World,
  { table, place, end }: { table: Table; place: Place; end: number },
): string | null {
  const nextId = place.ids[end];
  if (nextId === undefined) return null;
  forgetIdle(world);
  const id = place.iteratorId ?? world.ids.next('itr');
  const starts = world.listings.get(id)?.starts ?? new Map<string, number>();
  starts.set(nextId, end);
  world.listings.set(id, {
    tableId: table.id,
    lastUsedAt: world.settings.now(),
    version: table.version,
    ids: place.ids,
    starts,
  });
  return `${id}/${nextId}`;
}

function forgetIdle({ listings, settings }: World): void {
  const oldest = settings.now() - settings.iteratorIdleSeconds * 1000;
  for (const [id, { lastUsedAt }] of listings) if (lastUsedAt <= oldest) listings.delete(id);
}
