import { desc, gt, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { tickets } from '../db/schema.ts';
import { createTextIndex, type TextIndex } from '../decide/likeness/text-index.ts';
import type { Ticket } from '../domain/ticket.ts';

/** So many of the latest tickets are compared: at 350 features each, some 20 MB. */
const MOST = 2000;

/** Of a description so much is fetched; the index reads less, and leaves out what is only quoted. */
const LONGEST_FETCHED = 2000;

/** The texts of the latest tickets, as every instance has them for itself: it reads on where it left off. */
export interface RecentTexts {
  index: TextIndex;
  /** The highest number that was read. */
  readUpTo: number;
}

export function createRecentTexts(): RecentTexts {
  return { index: createTextIndex(MOST), readUpTo: 0 };
}

/** Reads the tickets that came since the last look; those of this transaction are not there yet. */
export async function readOn(tx: Queries, recent: RecentTexts): Promise<void> {
  const rows = await tx
    .select({
      key: tickets.key,
      number: tickets.number,
      text: sql<string>`concat_ws(E'\n', ticket ->> 'subject', left(ticket ->> 'description', ${LONGEST_FETCHED}))`,
    })
    .from(tickets)
    .where(gt(tickets.number, recent.readUpTo))
    .orderBy(desc(tickets.number))
    .limit(MOST);
  for (const { key, text } of rows.toReversed()) recent.index.add(key, text);
  recent.readUpTo = rows[0]?.number ?? recent.readUpTo;
}

/** A ticket that is too new to be read, or too old to have been. */
export function addText({ index }: RecentTexts, { key, subject, description }: Ticket): void {
  index.add(key, `${subject}\n${description.slice(0, LONGEST_FETCHED)}`);
}
