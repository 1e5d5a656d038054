import { eq } from 'drizzle-orm';
import { attachments } from '../db/schema.ts';
import { isOneOf } from '../kit/constant-time.ts';
import { bytesOf } from './bytes.ts';
import { fetchLinked } from './fetch-linked.ts';
import { handOver } from './hand-over.ts';
import type { Attachments, Moved, Opened } from './index.ts';
import { nameOf } from './link-lines.ts';
import type { AttachmentParts } from './parts.ts';

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

/** The way of files over our own tables; `index.ts` says what it promises. */
export function createAttachments(parts: AttachmentParts): Attachments {
  return {
    run: () => run(parts),
    open: (id, shown) => open(parts, id, shown?.token ?? null),
  };
}

/** A slow link holds up no file that is at hand. */
async function run(parts: AttachmentParts): Promise<Moved> {
  const total: Moved = { fetched: 0, attached: 0, linked: 0, failed: 0, putOff: 0 };
  const end = parts.now().add(LONGEST_RUN);
  const isOver = () => Temporal.Instant.compare(parts.now(), end) > 0;
  for (;;) {
    const [fetched] = await Promise.all([fetchLinked(parts, total), handOverAll(parts, total, isOver)]);
    if (fetched === 0 || isOver()) break;
  }
  await handOverAll(parts, total, isOver);
  return total;
}

async function handOverAll(parts: AttachmentParts, total: Moved, isOver: () => boolean): Promise<void> {
  while (!isOver() && (await handOver(parts, total)));
}

async function open(parts: AttachmentParts, id: string, token: string | null): Promise<Opened> {
  const [file] = await parts.connection.queries.select().from(attachments).where(eq(attachments.id, id));
  if (file === undefined || (token !== null && !isOneOf(token, [file.token]))) return { kind: 'unknown' };
  const name = nameOf(file);
  // What is being fetched may be here in part.
  const bytes = file.state === 'waiting' ? null : await bytesOf(parts, file);
  return bytes === null ? { kind: 'gone', name } : { kind: 'found', file: { name, size: file.size, bytes } };
}
