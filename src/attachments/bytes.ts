import { and, eq } from 'drizzle-orm';
import { attachmentBytes, inbox } from '../db/schema.ts';
import type { Channel } from '../ports/channel.ts';
import type { AttachmentParts, FileRow } from './parts.ts';

/**
 * Bytes to a piece. Small enough that the embedded engine, which does one thing at a time, takes up other
 * work in between.
 */
const PIECE = 1_000_000;

type Place = Pick<FileRow, 'id' | 'inboxId' | 'part' | 'url'>;

/** Keeps the bytes of a file that was fetched. Whoever is interrupted begins anew. */
export async function keepBytes({ connection }: AttachmentParts, id: string, bytes: Uint8Array): Promise<void> {
  await connection.queries.delete(attachmentBytes).where(eq(attachmentBytes.attachmentId, id));
  // An empty file is one empty piece, so that it is known to be here.
  for (let seq = 0; seq === 0 || seq * PIECE < bytes.length; seq += 1) {
    const piece = bytes.subarray(seq * PIECE, (seq + 1) * PIECE);
    await connection.queries.insert(attachmentBytes).values({ attachmentId: id, seq, bytes: piece });
  }
}

/** The bytes of a file that we have, piece by piece; null when they are not here, or not any more. */
export async function bytesOf(parts: AttachmentParts, file: Place): Promise<AsyncIterable<Uint8Array> | null> {
  if (file.part !== null) {
    const bytes = await bytesInRequest(parts, file);
    return bytes === null ? null : onePiece(bytes);
  }
  const first = await pieceOf(parts, file.id, 0);
  return first === null ? null : pieces(parts, file.id, first);
}

/** What came in a request is read again from it, by the channel that it came over. */
async function bytesInRequest(parts: AttachmentParts, { inboxId, part }: Place): Promise<Uint8Array | null> {
  if (inboxId === null || part === null) return null;
  const [row] = await parts.connection.queries.select().from(inbox).where(eq(inbox.id, inboxId));
  if (row === undefined) return null;
  const { headers, body, receivedAt } = row;
  const request = { headers, body, token: null, receivedAt };
  return (await channelNamed(parts, row.channel)?.file?.(request, part)) ?? null;
}

/** The channel over which a request came; null where there is none any more. */
export async function channelOfRequest(parts: AttachmentParts, inboxId: string | null): Promise<Channel | null> {
  if (inboxId === null) return null;
  const [row] = await parts.connection.queries
    .select({ channel: inbox.channel })
    .from(inbox)
    .where(eq(inbox.id, inboxId));
  return row === undefined ? null : channelNamed(parts, row.channel);
}

function channelNamed({ config, channelOf }: AttachmentParts, name: string): Channel | null {
  const written = config().channels[name];
  return written === undefined ? null : channelOf(written);
}

async function* onePiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function* pieces(parts: AttachmentParts, id: string, first: Uint8Array): AsyncIterable<Uint8Array> {
  for (let piece: Uint8Array | null = first, seq = 0; piece !== null; piece = await pieceOf(parts, id, seq)) {
    yield piece;
    seq += 1;
  }
}

async function pieceOf({ connection }: AttachmentParts, id: string, seq: number): Promise<Uint8Array | null> {
  const [row] = await connection.queries
    .select({ bytes: attachmentBytes.bytes })
    .from(attachmentBytes)
    .where(and(eq(attachmentBytes.attachmentId, id), eq(attachmentBytes.seq, seq)));
  return row?.bytes ?? null;
}
