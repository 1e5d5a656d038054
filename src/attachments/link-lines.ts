import { asc, eq } from 'drizzle-orm';
import type { Policy } from '../decide/policy.ts';
import { attachments } from '../db/schema.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { sizeWords } from '../kit/size-words.ts';
import type { AttachmentParts, FileRow } from './parts.ts';

/** What a line needs to know besides the file. */
interface Told {
  ticket: Ticket;
  policy: Policy;
  publicAddress: string | null;
}

/**
 * What the column of links says of a ticket: each file that the base does not have, and where it is. The
 * files that come first give way when they are too many for a cell.
 */
export async function linkLines(parts: AttachmentParts, ticket: Ticket, current: FileRow): Promise<string> {
  const { connection, publicAddress, store } = parts;
  const files = await connection.queries
    .select()
    .from(attachments)
    .where(eq(attachments.ticketKey, ticket.key))
    .orderBy(asc(attachments.seq));
  const told = { ticket, policy: parts.config().policy, publicAddress };
  const linked = files
    .map((file) => (file.id === current.id ? current : file))
    .filter(({ state }) => state === 'linked' || state === 'failed');
  return fitting(
    linked.map((file) => lineOf(file, told)),
    store.abilities.longestText,
  );
}

function lineOf(file: FileRow, told: Told): string {
  const name = nameOf(file);
  if (file.state === 'failed') return `${name}: could not be fetched. ${file.url ?? ''}`.trim();
  const what = `${name} (${sizeWords(file.size)})`;
  if (told.publicAddress !== null) return `${what}: ${told.publicAddress}/files/${file.id}/${file.token}`;
  if (file.url !== null) return `${what}: ${file.url}`;
  const { desk } = told.policy;
  return `${what}: in Tabledesk’s console, at ${ticketName(desk.prefix, told.ticket.number)}`;
}

/** A name on one line, and never none. */
export function nameOf({ name }: Pick<FileRow, 'name'>): string {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}/\\]+/gu, ' ').trim();
  return line === '' ? 'file' : line;
}

function fitting(lines: readonly string[], longest: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines.toReversed()) {
    length += line.length + 1;
    if (length > longest) break;
    kept.unshift(line);
  }
  return kept.join('\n');
}
