import { Problem } from '../../domain/problem.ts';
import { csvRows, type CsvRow } from '../../kit/csv.ts';
import { nearestName } from '../../kit/nearest-name.ts';

/** A ticket of the time before, as far as its row tells. */
export interface OldTicket {
  openedAt: Temporal.Instant;
  firstRespondedAt: Temporal.Instant | null;
  resolvedAt: Temporal.Instant | null;
  /** How many people it was given to, one after the other. */
  assignmentCount: number | null;
  firstReplyKept: boolean | null;
  category: string | null;
  triageMinutes: number | null;
}

/** What each column may be called, capitals, spaces and hyphens or not; the first is the name that we ask for. */
const COLUMNS = {
  created: ['created', 'created at', 'opened', 'opened at', 'requested', 'received', 'date created', 'created time'],
  firstReply: ['first reply', 'first response', 'first replied at', 'first responded at', 'first response at'],
  firstReplyMinutes: ['first reply minutes', 'first reply time in minutes', 'first response minutes'],
  resolved: ['resolved', 'resolved at', 'solved', 'solved at', 'closed', 'closed at'],
  resolutionMinutes: ['resolution minutes', 'full resolution time in minutes', 'resolution time in minutes'],
  assignments: ['assignments', 'assignees', 'assignment count'],
  ownerChanges: ['owner changes', 'reassignments', 'assignee changes', 'handovers'],
  missed: ['missed', 'sla missed', 'breached', 'sla breached', 'first reply missed'],
  category: ['category', 'type', 'topic', 'label'],
  triageMinutes: ['triage minutes', 'triage time in minutes'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type ColumnName = keyof typeof COLUMNS;

/** More mistakes than these are of one kind, and are mended by looking at the first. */
const MOST_TOLD = 10;

/** Past any help desk of those who would import one. */
const MOST_ROWS = 500_000;

/** How the file is to be read. */
export interface Reading {
  /** Of moments that name none. */
  timeZone: string;
  /** Ours by theirs, for files whose columns are called otherwise: `{ Erstellt: 'created' }`. */
  renamed: Readonly<Record<string, string>>;
}

/**
 * Old tickets of a CSV file, a row each. A cell that is empty says nothing; one that cannot be read is a mistake, and all
 * mistakes are told together.
 *
 * @throws Problem `baseline.columns`, `baseline.rows`
 */
export function oldTicketsIn(csv: string, reading: Reading): readonly OldTicket[] {
  const [head, ...rows] = csvRows(csv);
  const columns = columnsOf(head?.cells ?? [], reading);
  const mistakes: string[] = [];
  const found = rows.slice(0, MOST_ROWS).flatMap((row) => {
    const cells = cellsOf(row, { columns, timeZone: reading.timeZone, mistakes });
    return ticketOf(cells) ?? [];
  });
  if (rows.length > MOST_ROWS) mistakes.push(`more than ${MOST_ROWS} rows`);
  if (rows.length === 0) mistakes.push('no row below the names of the columns');
  if (mistakes.length > 0) throw badRows(mistakes);
  return found;
}

/** Where each column stands that is there. */
type Columns = Readonly<Partial<Record<ColumnName, { index: number; title: string }>>>;

function columnsOf(titles: readonly string[], { renamed }: Reading): Columns {
  const byTitle = new Map(Object.entries(renamed).map(([theirs, ours]) => [plain(theirs), ours]));
  for (const theirs of Object.keys(renamed))
    if (!titles.some((title) => plain(title) === plain(theirs))) throw noSuchColumn(theirs, titles);
  const columns: Partial<Record<ColumnName, { index: number; title: string }>> = {};
  for (const [index, title] of titles.entries()) {
    const name = columnNamed(byTitle.get(plain(title)) ?? title);
    if (name !== null) columns[name] ??= { index, title: title.trim() };
  }
  if (columns.created === undefined || Object.keys(columns).every((name) => name === 'created' || name === 'category'))
    throw tooFew(columns, titles);
  return columns;
}

function columnNamed(title: string): ColumnName | null {
  const names = Object.keys(COLUMNS) as ColumnName[];
  return names.find((name) => COLUMNS[name].some((each) => each === plain(title))) ?? null;
}

function plain(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Reads the cells of one row by what their columns hold, and notes down what cannot be read. */
interface Cells {
  moment(name: ColumnName): Temporal.Instant | null;
  number(name: ColumnName): number | null;
  tick(name: ColumnName): boolean | null;
  text(name: ColumnName): string | null;
  wrong(name: ColumnName, why: string): void;
}

function cellsOf(
  { cells, line }: CsvRow,
  { columns, timeZone, mistakes }: { columns: Columns; timeZone: string; mistakes: string[] },
): Cells {
  const text = (name: ColumnName) => {
    const column = columns[name];
    const written = column === undefined ? '' : (cells[column.index]?.trim() ?? '');
    return written === '' ? null : written;
  };
  function wrong(name: ColumnName, why: string): void {
    mistakes.push(`line ${line}, column ${columns[name]?.title ?? name}: ${why}`);
  }
  function read<Value>(name: ColumnName, make: (written: string) => Value | null, what: string): Value | null {
    const written = text(name);
    if (written === null) return null;
    const value = make(written);
    if (value === null) wrong(name, `"${written.slice(0, 40)}" is not ${what}`);
    return value;
  }
  return {
    text,
    wrong,
    moment: (name) => read(name, (written) => momentIn(written, timeZone), 'a moment, such as 2026-03-12 10:05'),
    number: (name) => read(name, numberIn, 'a number of 0 or more'),
    tick: (name) => read(name, tickIn, 'yes or no'),
  };
}

function ticketOf(cells: Cells): OldTicket | null {
  const openedAt = cells.moment('created');
  if (openedAt === null) {
    if (cells.text('created') === null) cells.wrong('created', 'it is empty, and each ticket needs one');
    return null;
  }
  const changes = cells.number('ownerChanges');
  const missed = cells.tick('missed');
  return {
    openedAt,
    firstRespondedAt: laterMoment(cells, openedAt, ['firstReply', 'firstReplyMinutes']),
    resolvedAt: laterMoment(cells, openedAt, ['resolved', 'resolutionMinutes']),
    assignmentCount: wholeOf(cells.number('assignments') ?? (changes === null ? null : changes + 1)),
    firstReplyKept: missed === null ? null : !missed,
    category: cells.text('category')?.slice(0, 80) ?? null,
    triageMinutes: cells.number('triageMinutes'),
  };
}

/** A moment after the request, as such or in minutes from it. */
function laterMoment(
  cells: Cells,
  openedAt: Temporal.Instant,
  [moment, minutes]: readonly [ColumnName, ColumnName],
): Temporal.Instant | null {
  const passed = cells.number(minutes);
  const at = cells.moment(moment) ?? (passed === null ? null : openedAt.add({ seconds: Math.round(passed * 60) }));
  if (at === null || Temporal.Instant.compare(at, openedAt) >= 0) return at;
  cells.wrong(moment, 'it lies before the request itself');
  return null;
}

function wholeOf(count: number | null): number | null {
  return count === null ? null : Math.round(count);
}

/** With its zone, or by the clock of the desk; a day alone is too coarse for waits. */
function momentIn(written: string, timeZone: string): Temporal.Instant | null {
  const plainMoment = /^(\d{4}-\d\d-\d\d)[T ](\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/i.exec(
    written,
  );
  if (plainMoment === null) return null;
  const [, day = '', time = '', zone = ''] = plainMoment;
  const local = `${day}T${time.padStart(time.indexOf(':') === 1 ? time.length + 1 : time.length, '0')}`;
  try {
    if (zone === '') return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant();
    return Temporal.Instant.from(`${local}${zone.toUpperCase() === 'UTC' ? 'Z' : zone}`);
  } catch {
    return null;
  }
}

function numberIn(written: string): number | null {
  return /^\d{1,9}(?:\.\d+)?$/.test(written) ? Number(written) : null;
}

const TICKS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
};

function tickIn(written: string): boolean | null {
  return TICKS[written.toLowerCase()] ?? null;
}

function badRows(mistakes: readonly string[]): Problem {
  const more = mistakes.length > MOST_TOLD ? `\n  and ${mistakes.length - MOST_TOLD} more` : '';
  const told = mistakes.slice(0, MOST_TOLD).map((mistake) => `\n  ${mistake}`);
  return new Problem({
    code: 'baseline.rows',
    message: `Nothing was imported, as the file has mistakes:${told.join('')}${more}`,
    fix: 'Mend them and import it again; a cell that nobody knows may be empty.',
  });
}

function noSuchColumn(theirs: string, titles: readonly string[]): Problem {
  const nearest = nearestName(theirs, titles);
  return new Problem({
    code: 'baseline.columns',
    message: `The file has no column "${theirs}"${nearest === null ? '' : `; perhaps "${nearest}" is meant`}.`,
    fix: `Its columns are ${titles.join(', ') || 'none'}.`,
  });
}

function tooFew(columns: Columns, titles: readonly string[]): Problem {
  const lacks = columns.created === undefined ? 'when a ticket was created' : 'what became of its tickets';
  return new Problem({
    code: 'baseline.columns',
    message: `The file does not say ${lacks}. Its columns are ${titles.join(', ') || 'none'}.`,
    fix: `Call the columns ${Object.values(COLUMNS)
      .map(([first]) => first)
      .join(', ')}, as many as there are; or say which is which, such as --column "created=${titles[0] ?? 'Date'}".`,
  });
}
