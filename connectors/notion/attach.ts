import { type AttachedFile, type AttachOutcome, FILES_COLUMN } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { isPageId } from './filters.ts';
import { isNotFound, isRefusal, isRestricted } from './problems.ts';
import type { Property } from './wire.ts';
import { CellFiles, Page, Uploaded, Written } from './wire.ts';

/** Bytes that one upload takes: of a workspace that nobody pays for, and in one piece. */
const MOST_BYTES = { free: 5 * 1024 * 1024, paid: 20 * 1024 * 1024 };

/** Files to a cell, the most that one request takes. */
const MOST_FILES = 100;

/** Puts a file into the row, behind those that are there. Four requests. */
export async function attachFile(base: Base, rowId: string, file: AttachedFile): Promise<AttachOutcome> {
  const { plan } = base.settings;
  if (file.bytes.byteLength > MOST_BYTES[plan === 'free' ? 'free' : 'paid']) return 'too_large';
  if (!isPageId(rowId)) return 'row_gone';
  const property = (await base.schema.current()).bound.get(FILES_COLUMN)?.field;
  if (property === undefined) return 'not_supported';
  const place = { base, rowId, property };
  try {
    // By its name alone: Notion tells no sizes, and no other file of the ticket has it.
    if (file.mayBeThere && (await filesOf(place))?.some(({ name }) => name === file.name)) return 'attached';
    const id = await upload(base, file);
    // Read last, as the whole cell is written: what people add meanwhile is to stay.
    const there = await filesOf(place);
    if (there === null) return 'row_gone';
    if (there.length >= MOST_FILES) return 'not_supported';
    await writeFiles(place, [...there, { name: file.name, type: 'file_upload', file_upload: { id } }]);
    return 'attached';
  } catch (error) {
    if (isNotFound(error)) return (await filesOf(place)) === null ? 'row_gone' : 'not_supported';
    if (isRefusal(error)) return error.answer.status === 413 ? 'too_large' : 'not_supported';
    if (isRestricted(error)) return 'not_supported';
    throw error;
  }
}

/** A cell for files. */
interface FilePlace {
  base: Base;
  rowId: string;
  property: Property;
}

/** A file that was announced and sent, and is in no row yet. What is in none within an hour is gone. */
async function upload({ client }: Base, { name, contentType, bytes }: AttachedFile): Promise<string> {
  const { value } = await client.ask({
    method: 'post',
    path: 'file_uploads',
    body: { filename: name, content_type: contentType },
    shape: Uploaded,
    isRepeatable: true,
  });
  await client.ask({
    method: 'post',
    path: `file_uploads/${value.id}/send`,
    file: { filename: name, data: new Blob([Uint8Array.from(bytes)], { type: contentType }) },
    shape: Uploaded,
    isRepeatable: false,
  });
  return value.id;
}

/** The files of the cell; null when the row is gone. */
async function filesOf({ base, rowId, property }: FilePlace): Promise<CellFiles | null> {
  try {
    const { value } = await base.client.ask({
      method: 'get',
      path: `pages/${rowId}`,
      query: { filter_properties: [property.id] },
      shape: Page,
      isRepeatable: true,
    });
    return value.isInTrash ? null : CellFiles.parse(value.values.get(property.id)?.['files']);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The list takes the place of what was there. Asked once: whoever removed a file since is not written over. */
async function writeFiles({ base, rowId, property }: FilePlace, files: CellFiles): Promise<void> {
  await base.client.ask({
    method: 'patch',
    path: `pages/${rowId}`,
    query: { filter_properties: ['title'] },
    body: { properties: { [property.id]: { files } } },
    shape: Written,
    isRepeatable: false,
  });
}
