import { z } from 'zod';
import { compile } from '../formula/compile.ts';
import { isTruthy } from '../formula/value.ts';
import { badRequest, refused } from '../refusal.ts';
import type { Row, Table } from '../world.ts';
import { inOrder, sorted } from './order.ts';
import { placeOf, openListing } from './listing.ts';
import { Count, Flag, PageSize, parsed } from './parsed.ts';
import { knownField, recordBody } from './record-body.ts';
import { rowAt, tableAt, type Answer, type BaseRoute, type BaseVisit } from './route.ts';

const CellFormat = z.enum(['json', 'string']).default('json');

/** These two stay in the query, also where everything else is in the body (section 3). */
const locale = { timeZone: z.string().optional(), userLocale: z.string().optional() };

const listing = {
  pageSize: PageSize,
  maxRecords: Count.pipe(z.int().min(1)).optional(),
  offset: z.string().optional(),
  view: z.string().optional(),
  sort: z.array(z.strictObject({ field: z.string(), direction: z.enum(['asc', 'desc']).default('asc') })).default([]),
  filterByFormula: z.string().optional(),
  fields: z.array(z.string()).optional(),
  cellFormat: CellFormat,
  returnFieldsByFieldId: Flag.default(false),
  recordMetadata: z.array(z.literal('commentCount')).optional(),
};

const Query = z.strictObject({ ...listing, ...locale });
/** The npm client leaks `"method":"post"` into the body, and Airtable does not mind (section 10). */
const Body = z.strictObject({ ...listing, method: z.unknown().optional() });
const Locale = z.strictObject(locale);
const GetQuery = z.strictObject({ cellFormat: CellFormat, returnFieldsByFieldId: Flag.default(false), ...locale });

type Wanted = Omit<z.output<typeof Body>, 'method'>;

/** Reading records (section 3). */
export const READING: readonly BaseRoute[] = [
  {
    ...reads('list'),
    method: 'GET',
    path: '/:base/:table',
    answer: (visit) => list(visit, parsed(Query, visit.call.query)),
  },
  {
    ...reads('list'),
    method: 'POST',
    path: '/:base/:table/listRecords',
    answer(visit) {
      parsed(Locale, visit.call.query);
      return list(visit, parsed(Body, visit.body));
    },
  },
  { ...reads('get'), method: 'GET', path: '/:base/:table/:record', answer: getOne },
];

function reads(kind: 'list' | 'get'): Pick<BaseRoute, 'about' | 'kind' | 'scopes' | 'role' | 'isData'> {
  return { about: 'base', kind, scopes: ['data.records:read'], role: 'read', isData: true };
}

/** `fields[]` is refused here, unlike in a list (section 1). */
function getOne(visit: BaseVisit): Answer {
  const query = parsed(GetQuery, visit.call.query);
  expectJson(query.cellFormat);
  const table = tableAt(visit);
  const row = rowAt(visit, table);
  return { body: recordBody({ ...visit, table }, row, { byFieldId: query.returnFieldsByFieldId }), records: 1 };
}

function list(visit: BaseVisit, wanted: Wanted): Answer {
  expectJson(wanted.cellFormat);
  const table = tableAt(visit);
  const fields = wanted.fields?.map((name) => knownField(table, name));
  const select = selection(visit, table, wanted);
  const most = wanted.maxRecords ?? Number.POSITIVE_INFINITY;
  const place = placeOf(visit.world, { table, offset: wanted.offset, select });
  const end = Math.min(place.start + wanted.pageSize, most);
  const rows = place.ids.slice(place.start, end).flatMap((id) => table.rows.get(id) ?? []);
  const look = {
    fields,
    byFieldId: wanted.returnFieldsByFieldId,
    commentCount: wanted.recordMetadata?.includes('commentCount'),
  };
  const next = end < most ? openListing(visit.world, { table, place, end }) : null;
  return {
    body: {
      records: rows.map((row) => recordBody({ ...visit, table }, row, look)),
      ...(next !== null && { offset: next }),
    },
    records: rows.length,
  };
}

/** The ids that the request is about, in its order, whenever somebody asks. */
function selection({ world, base }: BaseVisit, table: Table, wanted: Wanted): () => string[] {
  const filter = wanted.filterByFormula;
  const formula = filter === undefined || filter === '' ? null : compile(filter, world, { base, table });
  const keys = wanted.sort.map(({ field, direction }) => ({ field: knownField(table, field), direction }));
  const isView = isKnownView(table, wanted.view);
  return () => {
    const all = isView ? [...table.rows.values()] : inOrder(table);
    const passing = formula === null ? all : all.filter((row: Row) => isTruthy(formula(row)));
    return sorted({ world, base }, passing, keys).map(({ id }) => id);
  };
}

/** A view shows rows as they were added; without one the order is arbitrary (section 3). */
function isKnownView(table: Table, view: string | undefined): boolean {
  if (view === undefined || view === '') return false;
  if (table.views.some(({ id, name }) => id === view || name === view)) return true;
  throw refused(422, 'VIEW_NAME_NOT_FOUND', `View ${view} not found`);
}

/** Cells as text are no part of this simulator. */
function expectJson(format: 'json' | 'string'): void {
  if (format === 'string') throw badRequest();
}
