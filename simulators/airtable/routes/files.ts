import { z } from 'zod';
import type { Call } from '../call.ts';
import { attachmentsIn } from '../cells/read.ts';
import { badRequest, badValue, lockedField, tooLarge } from '../refusal.ts';
import { begin, changeRow, commit } from '../transaction.ts';
import type { Attachment, Table, World } from '../world.ts';
import { expectNoQuery, parsed } from './parsed.ts';
import { knownField, recordBody } from './record-body.ts';
import { rowAt, type Answer, type BaseRoute, type BaseVisit } from './route.ts';

/** Section 1. */
const MOST_BYTES = 5 * 1024 * 1024;

const Upload = z.strictObject({ contentType: z.string().min(1), filename: z.string().min(1), file: z.string() });

/** Uploading bytes, on the host that does nothing else (section 1). */
export const UPLOADING: readonly BaseRoute[] = [
  {
    about: 'base',
    host: 'content',
    method: 'POST',
    path: '/:base/:record/:field/uploadAttachment',
    kind: 'upload',
    scopes: ['data.records:write'],
    role: 'edit',
    isData: true,
    answer: upload,
  },
];

/** The new file comes after those that are there. */
function upload(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const { world, base, user, params } = visit;
  const { contentType, filename, file } = parsed(Upload, visit.body);
  const table = base.tables.find(({ rows }) => rows.has(params['record'] ?? '')) ?? lastHolder(visit);
  const row = rowAt(visit, table);
  const field = knownField(table, params['field'] ?? '');
  if (field.type !== 'multipleAttachments') throw badValue(field.name);
  if (field.lockedFor.has(user.id)) throw lockedField(field, world.settings.namesLockedFields);
  const bytes = bytesOf(file);
  if (bytes.byteLength > MOST_BYTES) throw tooLarge();
  const attachment = keepFile(world, { filename, type: contentType, bytes });
  const transaction = begin(world, base, { source: 'publicApi', userId: user.id });
  const cell = [...attachmentsIn(row.cells.get(field.id)), attachment];
  changeRow(transaction, { table, row }, new Map([[field.id, cell]]));
  commit(transaction);
  return { body: recordBody({ world, base, table }, row, { fields: [field], byFieldId: true }), records: 1 };
}

/** The table that answers for a record that is in none: it says whether there was one. */
function lastHolder({ base, params }: BaseVisit): Table {
  const table = base.tables.find(({ deleted }) => deleted.has(params['record'] ?? '')) ?? base.tables[0];
  if (table === undefined) throw badRequest();
  return table;
}

/** @throws Refusal 422 for what is no base64 */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw badRequest();
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

export function keepFile(
  world: World,
  { filename, type, bytes }: { filename: string; type: string; bytes: Uint8Array<ArrayBuffer> },
): Attachment {
  const id = world.ids.next('att');
  world.files.set(id, { type, bytes });
  return { id, url: '', filename, size: bytes.byteLength, type };
}

/** A file by the address that a cell gave for it, `/files/att…/<when it dies>/<name>`: no token, two hours. */
export function fileAnswer({ files, settings }: World, { method, segments }: Call): Response {
  const [id = '', diesAt = ''] = segments;
  const file = files.get(id);
  if (method !== 'GET' || file === undefined) return new Response('Not found', { status: 404 });
  if (!/^\d+$/.test(diesAt) || Number(diesAt) <= settings.now()) return new Response('Gone', { status: 410 });
  return new Response(file.bytes, { headers: { 'content-type': file.type } });
}
