import { z } from 'zod';
import { stamped } from '../made.ts';
import { failed, invalid } from '../refusal.ts';
import { PagingQuery, parsed, queryOf } from '../parsed.ts';
import { partialUser } from '../properties/read.ts';
import { filterTest } from '../query/filter.ts';
import { orderOf } from '../query/order.ts';
import type { Database, DataSource, View } from '../world.ts';
import { propertyOf, toldTime } from '../world.ts';
import { listBody, pageOfList } from './page-body.ts';
import { databaseWith, idAt, missing, sourceWith, type Answer, type Route, type Visit } from './route.ts';

const TYPES = ['table', 'board', 'list', 'calendar', 'timeline', 'gallery', 'form', 'chart', 'map'] as const;

/** What looks at properties names them by their ids; the rest of a configuration is taken as it is. */
const Configuration = z.looseObject({ type: z.enum(TYPES) });
const Changeable = {
  filter: z.unknown().optional(),
  sorts: z.unknown().optional(),
  quick_filters: z.unknown().optional(),
  configuration: Configuration.optional(),
};
const NewView = z.strictObject({
  ...Changeable,
  data_source_id: z.uuid(),
  database_id: z.uuid(),
  name: z.string().min(1),
  type: z.enum(TYPES),
  position: z.unknown().optional(),
});
const ChangedView = z.strictObject({ ...Changeable, name: z.string().min(1).optional() });
const ListQuery = PagingQuery.extend({ database_id: z.uuid().optional(), data_source_id: z.uuid().optional() });

/** The tabs of a database (section 1). None costs a block. Queries of views are no part of this simulator. */
export const VIEWS: readonly Route[] = [
  { method: 'GET', path: '/views', kind: 'views', needs: ['read content'], answer: list },
  { method: 'POST', path: '/views', kind: 'views', needs: ['insert content'], answer: create },
  { method: 'GET', path: '/views/:view', kind: 'views', needs: ['read content'], answer: retrieve },
  { method: 'PATCH', path: '/views/:view', kind: 'views', needs: ['update content'], answer: update },
  { method: 'DELETE', path: '/views/:view', kind: 'views', needs: ['update content'], answer: remove },
];

/** Ids alone: each view is to be asked for. */
function list(visit: Visit): Answer {
  const query = parsed(ListQuery, queryOf(visit.call.query), { part: 'query' });
  const { database_id: databaseId, data_source_id: sourceId } = query;
  if ((databaseId === undefined) === (sourceId === undefined)) {
    throw failed('query', 'query.database_id or query.data_source_id should be defined, and not both');
  }
  const found =
    databaseId === undefined ? sourceWith(visit, sourceId ?? '').databaseId : databaseWith(visit, databaseId).id;
  const views = databaseWith(visit, found).views.filter(
    ({ dataSourceId }) => sourceId === undefined || dataSourceId === sourceId,
  );
  const { items, next } = pageOfList(views, query);
  return {
    body: listBody(
      'view',
      items.map(({ id }) => ({ object: 'view', id })),
      next,
    ),
  };
}

function create(visit: Visit): Answer {
  const { world, author } = visit;
  const body = parsed(NewView, visit.body);
  const database = databaseWith(visit, body.database_id);
  const source = sourceWith(visit, body.data_source_id);
  if (source.databaseId !== database.id) throw invalid('The data source is not one of the database.');
  expectFitting(visit, source, body);
  if (body.configuration !== undefined && body.configuration.type !== body.type) {
    throw failed(
      'body',
      `body.configuration.type should be \`"${body.type}"\`, instead was \`"${body.configuration.type}"\``,
    );
  }
  const view: View = {
    id: world.ids.uuid(),
    dataSourceId: source.id,
    name: body.name,
    type: body.type,
    filter: body.filter ?? null,
    sorts: body.sorts ?? null,
    quickFilters: body.quick_filters ?? null,
    configuration: body.configuration ?? null,
    ...stamped(world, author),
  };
  database.views.push(view);
  return { body: viewBody(visit, database, view), committed: { id: view.id } };
}

function retrieve(visit: Visit): Answer {
  const { database, view } = viewAt(visit);
  return { body: viewBody(visit, database, view) };
}

function update(visit: Visit): Answer {
  const { world, author } = visit;
  const { database, view } = viewAt(visit);
  const body = parsed(ChangedView, visit.body);
  expectFitting(visit, sourceWith(visit, view.dataSourceId), body);
  Object.assign(view, {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.filter !== undefined && { filter: body.filter }),
    ...(body.sorts !== undefined && { sorts: body.sorts }),
    ...(body.quick_filters !== undefined && { quickFilters: body.quick_filters }),
    ...(body.configuration !== undefined && { configuration: body.configuration }),
    editedAt: world.settings.now(),
    editedBy: author.id,
  });
  return { body: viewBody(visit, database, view), committed: { id: view.id } };
}

function remove(visit: Visit): Answer {
  const { database, view } = viewAt(visit);
  database.views = database.views.filter(({ id }) => id !== view.id);
  return { body: { object: 'view', id: view.id, parent: parentBody(database), type: view.type } };
}

/** Filters and sorts are those of queries; every `property_id` in a configuration is known. */
function expectFitting(
  { world }: Visit,
  source: DataSource,
  { filter, sorts, configuration }: { filter?: unknown; sorts?: unknown; configuration?: unknown },
): void {
  filterTest({ world, connection: null }, source, filter);
  orderOf(world, source, sorts ?? undefined);
  for (const id of propertyIdsIn(configuration)) {
    if (propertyOf(source, id) === undefined) throw invalid(`Could not find property with name or id: ${id}`);
  }
}

function propertyIdsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key.endsWith('property_id') && typeof below === 'string' ? [below] : propertyIdsIn(below),
  );
}

/** @throws Refusal 404 */
function viewAt(visit: Visit): { database: Database; view: View } {
  const id = idAt(visit, 'view');
  for (const database of visit.world.databases.values()) {
    const view = database.views.find((one) => one.id === id);
    if (view !== undefined) return { database: databaseWith(visit, database.id), view };
  }
  throw missing(visit, 'view', id);
}

function parentBody({ id }: Database): object {
  return { type: 'database_id', database_id: id };
}

function viewBody({ world }: Visit, database: Database, view: View): object {
  return {
    object: 'view',
    id: view.id,
    parent: parentBody(database),
    data_source_id: view.dataSourceId,
    name: view.name,
    type: view.type,
    created_time: toldTime(world, view.createdAt),
    last_edited_time: toldTime(world, view.editedAt),
    created_by: partialUser(view.createdBy),
    last_edited_by: partialUser(view.editedBy),
    filter: view.filter,
    sorts: view.sorts,
    quick_filters: view.quickFilters,
    configuration: view.configuration,
    url: `https://www.notion.so/${database.id.replaceAll('-', '')}?v=${view.id.replaceAll('-', '')}`,
  };
}
