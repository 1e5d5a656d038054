import type { Cell } from '../ports/ticket-store.ts';

/** A line of the column `Activity`: what was decided, when. */
export interface ActivityLine {
  at: Temporal.Instant;
  sentence: string;
  /** Lines as the column had them before, newest first: of a ticket that was restored from its row. */
  log?: readonly string[];
}

/** Lines of the column; the whole log is in our database. Fifty of the longest make 11,000 characters. */
export const ACTIVITY_LINES = 50;

/** The log as a cell shows it: newest first, in the desk's own time. */
export function activityOf(lines: readonly ActivityLine[], timeZone: string): string | null {
  if (lines.length === 0) return null;
  return lines
    .slice(0, ACTIVITY_LINES)
    .flatMap(({ at, sentence, log = [] }) => [`${stamp(at, timeZone)}  ${sentence}`, ...log])
    .slice(0, ACTIVITY_LINES)
    .join('\n');
}

/** The lines of the column, to be kept when the log itself was lost. */
export function logOf(cell: Cell): readonly string[] {
  if (typeof cell !== 'string') return [];
  return cell.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function stamp(at: Temporal.Instant, timeZone: string): string {
  const local = at.toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
