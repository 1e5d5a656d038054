import { z } from 'zod';
import { badRecords, missingField, noSuchRow } from '../refusal.ts';
import { begin, changeRow, commit, destroyRow, insertRow } from '../transaction.ts';
import type { Row, Table } from '../world.ts';
import { expectNoQuery, Flag, parsed } from './parsed.ts';
import { recordBody } from './record-body.ts';
import { rowAt, tableAt, type Answer, type BaseRoute, type BaseVisit, type CallKind } from './route.ts';
import { stage, type Staged } from './stage.ts';
import { matchesOf, upsertKeys } from './upsert.ts';

/** Section 2. */
const MOST_RECORDS = 10;

const options = { typecast: Flag.default(false), returnFieldsByFieldId: Flag.default(false) };
const Fields = z.record(z.string(), z.unknown());
const CreateBody = z.strictObject({ ...options, fields: Fields.optional(), records: z.array(z.unknown()).optional() });
const UpdateBody = z.strictObject({
  ...options,
  records: z.array(z.unknown()).optional(),
  performUpsert: z.strictObject({ fieldsToMergeOn: z.array(z.string()).min(1).max(3) }).optional(),
});
const OneBody = z.strictObject({ ...options, fields: Fields.optional() });
const NewRecord = z.strictObject({ fields: Fields });
const AnyRecord = z.strictObject({ id: z.string().optional(), fields: Fields });
const DeleteQuery = z.strictObject({ records: z.array(z.string()).optional() });

/** Merge keeps what is not named, replace clears it. */
type Manner = 'merge' | 'replace';

/** Writing records (section 3). */
export const WRITING: readonly BaseRoute[] = [
  { ...writing('create'), method: 'POST', path: '/:base/:table', answer: create },
  { ...writing('update'), method: 'PATCH', path: '/:base/:table', answer: (visit) => updateMany(visit, 'merge') },
  { ...writing('replace'), method: 'PUT', path: '/:base/:table', answer: (visit) => updateMany(visit, 'replace') },
  {
    ...writing('update'),
    method: 'PATCH',
    path: '/:base/:table/:record',
    answer: (visit) => updateOne(visit, 'merge'),
  },
  {
    ...writing('replace'),
    method: 'PUT',
    path: '/:base/:table/:record',
    answer: (visit) => updateOne(visit, 'replace'),
  },
  { ...writing('delete'), method: 'DELETE', path: '/:base/:table', answer: deleteMany },
  { ...writing('delete'), method: 'DELETE', path: '/:base/:table/:record', answer: deleteOne },
];

function writing(kind: CallKind): Pick<BaseRoute, 'about' | 'kind' | 'scopes' | 'role' | 'isData'> {
  return { about: 'base', kind, scopes: ['data.records:write'], role: 'edit', isData: true };
}

/** One by `fields`, up to ten by `records`. */
function create(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const { fields, records, typecast, returnFieldsByFieldId } = parsed(CreateBody, visit.body);
  const given =
    records === undefined ? [{ fields: fields ?? missing('fields') }] : batch(NewRecord, records, NEW_MESSAGE);
  const staged = stage(
    visit,
    { table, typecast },
    given.map((record) => ({ row: null, fields: record.fields })),
  );
  const rows = apply(visit, table, staged.writes);
  const bodies = rows.map(({ row }) => recordBody({ ...visit, table }, row, { byFieldId: returnFieldsByFieldId }));
  const body = records === undefined ? { ...bodies[0] } : { records: bodies };
  return { body: { ...body, ...staged.details }, records: rows.length };
}

/** Updates by id, and with `performUpsert` creates or updates by key, all in one. */
async function updateMany(visit: BaseVisit, manner: Manner): Promise<Answer> {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const { records, performUpsert, typecast, returnFieldsByFieldId } = parsed(UpdateBody, visit.body);
  const given = batch(AnyRecord, records ?? missing('records'), UPDATE_MESSAGE);
  if (performUpsert === undefined && given.some(({ id }) => id === undefined)) throw badRecords(UPDATE_MESSAGE);
  const ids = given.flatMap(({ id }) => id ?? []);
  if (new Set(ids).size < ids.length)
    throw badRecords('You cannot update the same record more than once in a request.');
  const keys = performUpsert === undefined ? [] : upsertKeys(table, performUpsert.fieldsToMergeOn);
  const found = matchesOf(visit, { table, keys, typecast }, given);
  // Another request may come in between: upserts are not atomic among callers [U, section 3].
  if (performUpsert !== undefined) await lapse(visit);
  const wanted = given.map(({ id, fields }, index) => ({ row: existing(table, id ?? found[index] ?? null), fields }));
  const staged = stage(visit, { table, typecast, clearsOthers: manner === 'replace' }, wanted);
  const rows = apply(visit, table, staged.writes);
  return {
    body: {
      records: rows.map(({ row }) => recordBody({ ...visit, table }, row, { byFieldId: returnFieldsByFieldId })),
      ...(performUpsert !== undefined && {
        createdRecords: rows.filter(({ isNew }) => isNew).map(({ row }) => row.id),
        updatedRecords: rows.filter(({ isNew }) => !isNew).map(({ row }) => row.id),
      }),
      ...staged.details,
    },
    records: rows.length,
    ...(performUpsert !== undefined && { kind: 'upsert' as const }),
  };
}

function updateOne(visit: BaseVisit, manner: Manner): Answer {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const row = rowAt(visit, table);
  const { fields = missing('fields'), typecast, returnFieldsByFieldId } = parsed(OneBody, visit.body);
  const staged = stage(visit, { table, typecast, clearsOthers: manner === 'replace' }, [{ row, fields }]);
  apply(visit, table, staged.writes);
  const body = recordBody({ ...visit, table }, row, { byFieldId: returnFieldsByFieldId });
  return { body: { ...body, ...staged.details }, records: 1 };
}

function deleteMany(visit: BaseVisit): Answer {
  const table = tableAt(visit);
  const { records } = parsed(DeleteQuery, visit.call.query);
  const ids = batch(z.string(), records ?? missing('records'), 'You must provide an array of up to 10 record IDs.');
  const rows = ids.map((id) => table.rows.get(id) ?? absent(id));
  return { body: { records: destroy(visit, table, rows) }, records: rows.length };
}

function deleteOne(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const [body] = destroy(visit, table, [rowAt(visit, table)]);
  return { body, records: 1 };
}

const NEW_MESSAGE =
  'You must provide an array of up to 10 record objects, each with a "fields" object for cell values.';
const UPDATE_MESSAGE =
  'You must provide an array of up to 10 record objects, each with an "id" ID field and a "fields" object for cell values.';

/** @throws Refusal `INVALID_RECORDS` for more than ten, none, or one that is no record */
function batch<Schema extends z.ZodType>(
  schema: Schema,
  records: readonly unknown[],
  message: string,
): z.output<Schema>[] {
  if (records.length > MOST_RECORDS) {
    throw badRecords(
      `A maximum of ${MOST_RECORDS} records can be sent per request but you have provided ${records.length}.`,
    );
  }
  const result = z.array(schema).min(1).safeParse(records);
  if (!result.success) throw badRecords(message);
  return result.data;
}

function missing(name: string): never {
  throw missingField(name);
}

function absent(id: string): never {
  throw noSuchRow(id);
}

function existing(table: Table, id: string | null): Row | null {
  return id === null ? null : (table.rows.get(id) ?? absent(id));
}

async function lapse({ world }: BaseVisit): Promise<void> {
  if (world.settings.latencyMs > 0) await world.settings.wait(world.settings.latencyMs);
}

/** All of it, after all of it was found right: a batch is taken or refused as a whole [U, section 3]. */
function apply(visit: BaseVisit, table: Table, writes: readonly Staged[]): { row: Row; isNew: boolean }[] {
  const transaction = begin(visit.world, visit.base, { source: 'publicApi', userId: visit.user.id });
  const rows = writes.map(({ row, cells }) => {
    if (row === null) return { row: insertRow(transaction, table, cells), isNew: true };
    changeRow(transaction, { table, row }, cells);
    return { row, isNew: false };
  });
  commit(transaction);
  return rows;
}

function destroy(visit: BaseVisit, table: Table, rows: readonly Row[]): { id: string; deleted: true }[] {
  const transaction = begin(visit.world, visit.base, { source: 'publicApi', userId: visit.user.id });
  for (const row of new Set(rows)) destroyRow(transaction, table, row);
  commit(transaction);
  return rows.map(({ id }) => ({ id, deleted: true }));
}
