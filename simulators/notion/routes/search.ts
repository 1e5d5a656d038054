import { z } from 'zod';
import { Cursor, PageSize, parsed } from '../parsed.ts';
import { stateBehind } from '../write.ts';
import { dataSourcesOf, seesDatabase, seesPage } from '../world.ts';
import { sourceBody } from './data-sources.ts';
import { listBody, pageBody, pageOfList, titleOf } from './page-body.ts';
import type { Answer, Route, Visit } from './route.ts';

const Body = z.strictObject({
  query: z.string().default(''),
  filter: z.strictObject({ property: z.literal('object'), value: z.enum(['page', 'data_source']) }).optional(),
  sort: z.unknown().optional(),
  start_cursor: Cursor,
  page_size: PageSize,
});

/** What a connection was given, found by its title: best effort, and delayed (section 5). */
export const SEARCH: readonly Route[] = [
  { method: 'POST', path: '/search', kind: 'search', needs: ['read content'], answer: search },
];

function search(visit: Visit): Answer {
  const body = parsed(Body, visit.body);
  const wanted = body.query.toLowerCase();
  const kind = body.filter?.value;
  const found = [...(kind === 'page' ? [] : sources(visit)), ...(kind === 'data_source' ? [] : pages(visit))];
  const fitting = found.filter(({ title }) => title.toLowerCase().includes(wanted));
  const { items, next } = pageOfList(fitting, body);
  const bodies = items.map(({ show }) => show());
  return { body: listBody('page_or_data_source', bodies, next), pages: items.length };
}

interface Found {
  id: string;
  title: string;
  show: () => object;
}

function sources(visit: Visit): Found[] {
  const { world, connection } = visit;
  return dataSourcesOf(world)
    .filter((source) => !source.inTrash && seesDatabase(world, connection, source.databaseId))
    .map((source) => ({ id: source.id, title: source.name, show: () => sourceBody(visit, source) }));
}

function pages(visit: Visit): Found[] {
  const { world, connection } = visit;
  return [...world.pages.values()].flatMap((page): Found[] => {
    const state = stateBehind(world, page, world.settings.searchLagMs);
    if (state === null || state.inTrash || !seesPage(world, connection, page)) return [];
    return [{ id: page.id, title: titleOf({ state }), show: () => pageBody(visit, page, { state }) }];
  });
}
