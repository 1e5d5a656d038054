import { z } from 'zod';
import type { Call } from '../call.ts';
import { uuidIn } from '../ids.ts';
import { failed, invalid, noSuchUrl } from '../refusal.ts';
import { parsed, units } from '../parsed.ts';
import { mostFileBytes } from '../properties/read.ts';
import type { Upload, World } from '../world.ts';
import { toldTime } from '../world.ts';
import { trashed } from './page-body.ts';
import { idAt, missing, type Answer, type Route, type Visit } from './route.ts';

/** Whatever is not sent and put into a page within an hour is gone. */
const EXPIRES_MS = 60 * 60 * 1000;

/** Larger files come in parts, which are no part of this simulator, as files from an address are not. */
const MOST_SINGLE_BYTES = 20 * 1024 * 1024;

const NewUpload = z.strictObject({
  mode: z.literal('single_part').optional(),
  filename: units(900).min(1).optional(),
  content_type: z.string().optional(),
});

/** Files from us: announced, sent, and put into a page by their id (section 4). */
export const FILE_UPLOADS: readonly Route[] = [
  { method: 'POST', path: '/file_uploads', kind: 'files', needs: ['insert content'], answer: create },
  { method: 'GET', path: '/file_uploads/:file_upload', kind: 'files', needs: ['read content'], answer: retrieve },
  { method: 'POST', path: '/file_uploads/:file_upload/send', kind: 'files', needs: ['insert content'], answer: send },
];

/** The bytes of a file, by the address that a page showed: for an hour. */
export function fileAnswer(world: World, path: readonly string[]): Response {
  const [id = '', diesAt = ''] = path;
  const upload = world.uploads.get(uuidIn(id) ?? '');
  const isThere = upload !== undefined && upload.bytes !== null;
  if (!isThere || Number(diesAt) <= world.settings.now()) {
    return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 });
  }
  return new Response(upload.bytes, { headers: { 'content-type': upload.contentType } });
}

/** Puts bytes into the workspace as somebody does who drops a file into a page. */
export function keepFile(
  world: World,
  { filename, type, bytes }: { filename: string; type: string; bytes: Uint8Array<ArrayBuffer> },
): Upload {
  const upload: Upload = {
    id: world.ids.uuid(),
    filename,
    contentType: type,
    createdAt: world.settings.now(),
    createdBy: '',
    bytes,
    isAttached: true,
  };
  world.uploads.set(upload.id, upload);
  return upload;
}

function create(visit: Visit): Answer {
  const { world, author } = visit;
  const { filename = 'file', content_type: contentType = 'application/octet-stream' } = parsed(NewUpload, visit.body);
  const upload: Upload = {
    id: world.ids.uuid(),
    filename,
    contentType,
    createdAt: world.settings.now(),
    createdBy: author.id,
    bytes: null,
    isAttached: false,
  };
  world.uploads.set(upload.id, upload);
  return { body: uploadBody(visit, upload), committed: { id: upload.id } };
}

function retrieve(visit: Visit): Answer {
  return { body: uploadBody(visit, uploadAt(visit)) };
}

async function send(visit: Visit): Promise<Answer> {
  const { world } = visit;
  const upload = uploadAt(visit);
  if (upload.bytes !== null) throw invalid(`The file upload has already the status "${statusOf(world, upload)}".`);
  const file = await fileIn(visit.call);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const most = Math.min(MOST_SINGLE_BYTES, mostFileBytes(world.settings.plan));
  if (bytes.byteLength > most)
    throw failed('body', `body.file.size should be ≤ \`${most}\`, instead was \`${bytes.byteLength}\``);
  upload.bytes = bytes;
  return { body: uploadBody(visit, upload), committed: { id: upload.id } };
}

/** @throws Refusal 400 where no file comes as a form sends it */
async function fileIn({ bytes, contentType }: Call): Promise<File> {
  if (!contentType.startsWith('multipart/form-data')) throw noSuchUrl();
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) throw failed('body', 'body.file should be defined, instead was `undefined`');
  return file;
}

function uploadAt(visit: Visit): Upload {
  const id = idAt(visit, 'file_upload');
  const upload = visit.world.uploads.get(id);
  if (upload === undefined || upload.createdBy !== visit.author.id) throw missing(visit, 'file_upload', id);
  return upload;
}

function statusOf({ settings }: World, { bytes, isAttached, createdAt }: Upload): string {
  if (!isAttached && createdAt + EXPIRES_MS <= settings.now()) return 'expired';
  return bytes === null ? 'pending' : 'uploaded';
}

function uploadBody({ world, version, author }: Visit, upload: Upload): object {
  const { id, filename, contentType, createdAt, createdBy, bytes, isAttached } = upload;
  const time = toldTime(world, createdAt);
  return {
    object: 'file_upload',
    id,
    created_time: time,
    created_by: { id: createdBy, type: author.type },
    last_edited_time: time,
    ...trashed(version, false),
    expiry_time: isAttached ? null : new Date(createdAt + EXPIRES_MS).toISOString(),
    status: statusOf(world, upload),
    filename,
    content_type: contentType,
    content_length: bytes?.byteLength ?? null,
    ...(bytes === null && { upload_url: `https://api.notion.com/v1/file_uploads/${id}/send` }),
  };
}
