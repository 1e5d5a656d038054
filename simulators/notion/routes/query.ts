import { z } from 'zod';
import { invalid } from '../refusal.ts';
import { Cursor, PageSize, parsed } from '../parsed.ts';
import type { Seen } from '../query/conditions.ts';
import { filterTest } from '../query/filter.ts';
import { orderOf, type Order, type Placed } from '../query/order.ts';
import { stateBehind } from '../write.ts';
import type { DataSource, World } from '../world.ts';
import { listBody, pageBody, wantedProperties } from './page-body.ts';
import { idAt, missing, sourceWith, type Answer, type Route, type Visit } from './route.ts';

/** `in_trash` is in the client's types and not supported here (section 3). */
const Body = z.strictObject({
  filter: z.unknown().optional(),
  sorts: z.unknown().optional(),
  start_cursor: Cursor,
  page_size: PageSize,
  result_type: z.enum(['page', 'data_source']).optional(),
  is_archived: z.boolean().default(false),
});

/** Where a listing goes on: behind the row that it gave last, as that row was then. */
const Place = z.object({
  id: z.string(),
  keys: z.array(z.union([z.string(), z.number(), z.null()])).readonly(),
  given: z.int(),
});
type Place = z.infer<typeof Place>;

/** Reading rows (section 3). */
export const QUERY: readonly Route[] = [
  { method: 'POST', path: '/data_sources/:data_source/query', kind: 'query', needs: ['read content'], answer: query },
];

function query(visit: Visit): Answer {
  const { world, connection } = visit;
  const source = sourceWith(visit, idAt(visit, 'data_source'));
  if (source.inTrash) throw missing(visit, 'data_source', source.id);
  const body = parsed(Body, visit.body);
  const only = wantedProperties(visit, source);
  const test = filterTest({ world, connection }, source, body.filter);
  const order = orderOf(world, source, body.sorts);
  const rows = body.result_type === 'data_source' ? [] : rowsSeen(world, source, body.is_archived).filter(test);
  const place = placeIn(body.start_cursor);
  const { page, isMore } = pageAfter(place, { rows, order, size: sizeOf(world, body.page_size) });
  const given = (place?.given ?? 0) + page.length;
  const { queryDepth } = world.settings;
  const isCut = given > queryDepth || (given === queryDepth && isMore);
  const shown = page.slice(0, page.length - Math.max(0, given - queryDepth));
  const last = shown.at(-1);
  const next = isMore && !isCut && last !== undefined ? cursorOf({ ...last.placed, given }) : null;
  return {
    body: {
      ...listBody(
        'page_or_data_source',
        shown.map(({ row }) => pageBody(visit, row.page, { state: row.state, only })),
        next,
      ),
      request_status: isCut
        ? { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' }
        : { type: 'complete' },
    },
    pages: shown.length,
  };
}

/** Rows as they were when the index saw them last, without those in the trash. */
function rowsSeen(world: World, source: DataSource, isArchived: boolean): Seen[] {
  return [...source.pages.values()].flatMap((page) => {
    const state = stateBehind(world, page, world.settings.queryLagMs);
    return state === null || state.inTrash || state.isArchived !== isArchived ? [] : [{ page, state }];
  });
}

/**
 * What comes next. Rows that were edited between two pages may come twice, and are not lost where they moved
 * on: what Notion does then is not documented [U, section 3].
 */
function pageAfter(
  place: Place | null,
  { rows, order, size }: { rows: readonly Seen[]; order: Order; size: number },
): { page: { row: Seen; placed: Placed }[]; isMore: boolean } {
  const placed = rows
    .map((row) => ({ row, placed: { id: row.page.id, keys: order.keysOf(row) } }))
    .filter((one) => place === null || order.compare(place, one.placed) < 0)
    .sort((one, other) => order.compare(one.placed, other.placed));
  return { page: placed.slice(0, size), isMore: placed.length > size };
}

/** A short page is not the last one (section 2). */
function sizeOf({ settings, ids }: World, asked: number): number {
  if (settings.shortPageChance === 0 || ids.chance() >= settings.shortPageChance) return asked;
  return Math.max(1, Math.floor(asked * ids.chance()));
}

function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Refusal 400 for what no query gave */
function placeIn(cursor: string | null | undefined): Place | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw invalid('The start_cursor provided is invalid.');
  }
}
