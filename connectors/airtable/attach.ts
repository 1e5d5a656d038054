import { type AttachedFile, type AttachOutcome, FILES_COLUMN } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { isRecordId, rowsById } from './formula.ts';
import { type AirtableProblem, isLocked, isRefusal, mayBeGone } from './problems.ts';
import type { Schema } from './schema.ts';
import { CellFiles, Page, Uploaded } from './wire.ts';

/** Bytes that one upload takes (developers/web/api/upload-attachment). */
const MOST_BYTES = 5 * 1024 * 1024;

/** How long an upload may take, in seconds: as long as those bytes need on a line of one megabit. */
const UPLOAD_SECONDS = 60;

/** Puts a file into the row, behind those that are there. */
export async function attachFile(base: Base, rowId: string, file: AttachedFile): Promise<AttachOutcome> {
  if (file.bytes.byteLength > MOST_BYTES) return 'too_large';
  if (!isRecordId(rowId)) return 'row_gone';
  const schema = await base.schema.current();
  const field = schema.bound.get(FILES_COLUMN)?.field;
  await base.locks.load(schema);
  if (field === undefined || base.locks.shut(schema).has(FILES_COLUMN)) return 'not_supported';
  const place = { base, schema, rowId, fieldId: field.id };
  if (file.mayBeThere) {
    const found = await filesOf(place);
    if (found === null) return 'row_gone';
    if (found.some(({ filename, size }) => filename === file.name && size === file.bytes.byteLength)) return 'attached';
  }
  try {
    await upload(place, file);
    await base.locks.noteOpen(schema, [FILES_COLUMN]);
    return 'attached';
  } catch (error) {
    if (isRefusal(error)) return error.answer.status === 413 ? 'too_large' : 'not_supported';
    if (!mayBeGone(error)) throw error;
    return withoutRow(place, error);
  }
}

/** A cell for files. */
interface FilePlace {
  base: Base;
  schema: Schema;
  rowId: string;
  fieldId: string;
}

/** Never asked twice without a look: an answer that was lost may have put the file there. */
async function upload({ base, rowId, fieldId }: FilePlace, { name, contentType, bytes }: AttachedFile): Promise<void> {
  await base.client.ask({
    kind: 'rows',
    isUpload: true,
    method: 'POST',
    path: `/${rowId}/${fieldId}/uploadAttachment`,
    body: { contentType, filename: name, file: Buffer.from(bytes).toString('base64') },
    shape: Uploaded,
    isRepeatable: false,
    timeoutSeconds: UPLOAD_SECONDS,
  });
}

/** The files of the cell; null when the row is gone. */
async function filesOf({ base, schema, rowId, fieldId }: FilePlace): Promise<CellFiles | null> {
  const { value } = await base.client.ask({
    kind: 'rows',
    method: 'POST',
    path: `/${schema.table.id}/listRecords`,
    body: { returnFieldsByFieldId: true, fields: [fieldId], filterByFormula: rowsById([rowId]) },
    shape: Page,
    isRepeatable: true,
  });
  const [row] = value.records;
  return row === undefined ? null : CellFiles.parse(row.fields[fieldId]);
}

/** One answer stands for a row that is gone, a field that is locked and a token that may not; only a look tells. */
async function withoutRow(place: FilePlace, problem: AirtableProblem): Promise<AttachOutcome> {
  if ((await filesOf(place)) === null) return 'row_gone';
  if (!isLocked(problem)) throw problem;
  await place.base.locks.noteShut(place.schema, [FILES_COLUMN]);
  return 'not_supported';
}
