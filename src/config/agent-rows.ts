import { z } from 'zod';
import { nearestName } from '../kit/nearest-name.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { Cell } from '../ports/ticket-store.ts';
import type { AgentCell, AgentsTable, KnownNames, TableAgent } from './agents-table.ts';
import { fixOfName } from './finding.ts';
import { isBlank, listOf, textOf, tickOf } from './row-cells.ts';
import { schemaFindings } from './schema-findings.ts';
import type { Source } from './source.ts';
import { Agent } from './written/people.ts';
import { Name } from './written/words.ts';

/** Something about a row of a table: where it stands is a row and a column, and no line of a file. */
export interface RowFinding {
  /** A row with an error does not count; what was last read from it without one does. */
  severity: 'error' | 'warning';
  table: string;
  /** What people know the row by. */
  row: string;
  /** Title of the column; null for the row as a whole. */
  column: string | null;
  message: string;
  fix: string;
}

/** Rows that could be read before, by id. */
export type GoodRows = Readonly<Record<string, TableAgent>>;

/** What was made of the rows. */
export interface ReadAgents {
  agents: readonly TableAgent[];
  findings: readonly RowFinding[];
  /** What to keep of each row, for when it has a mistake. */
  good: GoodRows;
}

/** Rows that could be read before, as they were kept. */
export const KeptRows = z
  .record(z.string(), z.object({ name: z.string(), agent: Agent, queues: z.array(z.string()), hasSwitch: z.boolean() }))
  .catch({});

/** Everybody whom the rows name. A row with a mistake is as it was when it had none, save the tick of who is away. */
export function readAgentRows(
  table: AgentsTable,
  rows: readonly TableRow[],
  { known, good: before }: { known: KnownNames; good: GoodRows },
): ReadAgents {
  const agents = new Map<string, TableAgent>();
  const findings: RowFinding[] = [];
  const good: Record<string, TableAgent> = {};
  for (const row of rows) {
    if (isBlank(row)) continue;
    const read = readRow(table, row, known);
    findings.push(...read.findings);
    const kept = read.agent ?? keptAgent(table, row, { known, kept: before[row.id] });
    if (kept === null) continue;
    good[row.id] = kept;
    if (agents.has(kept.name)) {
      findings.push(
        findingIn(table, row, {
          cell: 'name',
          message: `"${kept.name}" is in another row already`,
          fix: 'Keep one of the two.',
        }),
      );
    } else agents.set(kept.name, kept);
  }
  return { agents: [...agents.values()], findings, good };
}

/** One finding as a line for a terminal or a log. */
export function rowFindingText({ table, row, column, message, fix }: RowFinding): string {
  return `${table}, row ${row}${column === null ? '' : `, ${column}`}: ${message}; ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`;
}

/** What the row said last without a mistake, as long as the config still knows the names in it. */
function keptAgent(
  table: AgentsTable,
  row: TableRow,
  { known, kept }: { known: KnownNames; kept: TableAgent | undefined },
): TableAgent | null {
  if (kept === undefined || nameFaults(kept, known).length > 0) return null;
  const away = row.values[table.titles.away];
  return typeof away === 'boolean' ? { ...kept, agent: { ...kept.agent, away } } : kept;
}

/** A row, and what is wrong with it; null for the agent where something is. */
function readRow(
  table: AgentsTable,
  row: TableRow,
  known: KnownNames,
): { agent: TableAgent | null; findings: readonly RowFinding[] } {
  const cellOf = (cell: AgentCell) => row.values[table.titles[cell]] ?? null;
  const name = textOf(cellOf('name'));
  const named = Name.safeParse(name);
  if (!named.success) {
    const message = name === '' ? 'the row has no name' : `the name ${named.error.issues[0]?.message ?? 'is none'}`;
    return { agent: null, findings: [findingIn(table, row, { cell: 'name', message, fix: 'Write who it is about.' })] };
  }
  const value = valueOf(cellOf, known);
  const parsed = Agent.safeParse(value);
  if (!parsed.success) {
    const source = sourceOf(table, value);
    const faults = schemaFindings({ source, schema: Agent, at: [], value }, parsed.error.issues);
    return {
      agent: null,
      findings: faults.map(({ path, message, fix }) => findingIn(table, row, { cell: cellAt(path), message, fix })),
    };
  }
  const queues = listOf(cellOf('queues'));
  const agent = { name, agent: parsed.data, queues, hasSwitch: row.values[table.titles.away] !== undefined };
  const faults = nameFaults(agent, known).map((fault) => findingIn(table, row, fault));
  const notes = notesOn(agent, known).map((note) => findingIn(table, row, note));
  return { agent: faults.length > 0 ? null : agent, findings: [...faults, ...notes] };
}

interface Fault {
  /** Left out, the row does not count because of it. */
  severity?: RowFinding['severity'];
  cell: AgentCell;
  message: string;
  fix: string;
}

function findingIn(
  { table, titles }: AgentsTable,
  row: TableRow,
  { severity = 'error', cell, message, fix }: Fault,
): RowFinding {
  const name = textOf(row.values[titles.name] ?? null);
  return { severity, table, row: name === '' ? row.id : `"${name}"`, column: titles[cell], message, fix };
}

/** What people.yaml would have to say for the same. What is not there is left out, so that its default counts. */
function valueOf(cellOf: (cell: AgentCell) => Cell, { timeZone }: KnownNames): object {
  const [first, last] = [dayOf(cellOf('firstDayOff'), timeZone), dayOf(cellOf('lastDayOff'), timeZone)];
  const timeOff = { ...(first !== '' && { firstDay: first }), ...(last !== '' && { lastDay: last }) };
  const given = {
    email: textOf(cellOf('email')),
    calendar: textOf(cellOf('calendar')),
    cap: numberOf(cellOf('cap')),
    weight: numberOf(cellOf('weight')),
    away: tickOf(cellOf('away')),
    skills: listOf(cellOf('skills')),
    ...((first !== '' || last !== '') && { timeOff: [timeOff] }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== null));
}

/** A number that somebody keeps as text is one all the same; what is none stays, to be told. */
function numberOf(cell: Cell): number | string {
  const text = textOf(cell);
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A day, also of a column that has the time of day. */
function dayOf(cell: Cell, timeZone: string): string {
  const text = textOf(cell);
  try {
    return Temporal.Instant.from(text).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  } catch {
    return text;
  }
}

/** A place for findings of the schema: in a row it is the column that counts, which their path tells. */
function sourceOf({ table }: AgentsTable, value: object): Source {
  const start = { line: 1, column: 1 };
  return { file: table, value, faults: [], placeOf: () => start, placeOfKey: () => start };
}

const CELLS_OF_KEYS: Readonly<Record<string, AgentCell>> = {
  email: 'email',
  skills: 'skills',
  calendar: 'calendar',
  cap: 'cap',
  weight: 'weight',
  away: 'away',
};

function cellAt(path: string): AgentCell {
  const [key = ''] = path.split('.');
  if (key !== 'timeOff') return CELLS_OF_KEYS[key] ?? 'name';
  return path.endsWith('firstDay') ? 'firstDayOff' : 'lastDayOff';
}

/** Names that lead nowhere. */
function nameFaults({ agent, queues }: TableAgent, known: KnownNames): Fault[] {
  const { calendar } = agent;
  const faults: Fault[] = [];
  if (calendar !== undefined && !known.calendars.includes(calendar)) {
    faults.push({
      cell: 'calendar',
      message: `"${calendar}" is not a calendar`,
      fix: fixOfName(calendar, known.calendars),
    });
  }
  for (const queue of queues.filter((each) => !known.queues.includes(each))) {
    faults.push({ cell: 'queues', message: `"${queue}" is not a queue`, fix: fixOfName(queue, known.queues) });
  }
  return faults;
}

/** What is no mistake and may be one all the same. */
function notesOn({ name, agent }: TableAgent, { skills, agents }: KnownNames): Fault[] {
  const unasked = agent.skills.filter((skill) => !skills.includes(skill));
  const notes = unasked.flatMap((skill): Fault[] => {
    const nearest = nearestName(skill, skills);
    const message = `nothing asks for the skill "${skill}"`;
    return nearest === null
      ? []
      : [{ severity: 'warning', cell: 'skills', message, fix: `Did you mean "${nearest}"?` }];
  });
  if (!agents.includes(name)) return notes;
  const message = `"${name}" is in people.yaml, too, where nothing of them counts but their queues and handles`;
  return [
    ...notes,
    { severity: 'warning', cell: 'name', message, fix: 'Take whatever else is said of them out of people.yaml.' },
  ];
}
