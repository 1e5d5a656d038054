import { type SQL, sql } from 'drizzle-orm';
import { decodeTime, encodeTime } from 'ulid';
import type { Connection } from '../../src/db/connection.ts';
import { rowsOf } from '../../src/db/rows-of.ts';

const DAY = 86_400_000;

const ULID = /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g;
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;

/** Characters of a ULID that tell its time; the rest is chance. */
const OF_TIME = 10;

/** What a replay reads: each table, with the columns that the database does not fill by itself. */
const COPIED = {
  inbox:
    'id, channel, delivery_id, received_at, headers, body, state, attempts, insisted, problem, ticket_key, finished_at, sender',
  tickets: 'key, ticket, fingerprint, opened_at, updated_at',
  messages: 'id, ticket_key, author, author_name, visibility, text, attachments, at, inbox_id',
  decisions:
    'id, ticket_key, at, stage, code, params, field, from_value, to_value, sentence, evidence, source, opinion, config_version',
} as const;
type Table = keyof typeof COPIED;

/** Rows as JSON, by their table. */
type Rows = Readonly<Record<Table, string>>;

/** What is of another time is so much later, and so many tickets further. */
interface Distance {
  milliseconds: number;
  tickets: number;
}

/**
 * Makes a long past of a short one: what happened in these days happens again after them, as often as it takes. Each
 * time lies whole weeks after the one before, with everything that bears a time, so that the same people work on the
 * same weekdays with the same loads. What is open at the end of a time is left out of all but the last. Returns by how
 * much the end is later.
 */
export async function lengthen(
  connection: Connection,
  { tickets: wanted, days }: { tickets: number; days: number },
): Promise<Temporal.Duration> {
  const [count] = await rowsBy<{ ended: number; most: number }>(
    connection,
    sql`select (count(*) filter (where not is_open))::int as ended, max(number)::int as most from tickets`,
  );
  if (count === undefined) throw new Error('There is no past to go on from.');
  const times = Math.ceil(wanted / count.ended);
  const milliseconds = Math.ceil((days + 1) / 7) * 7 * DAY;
  const all = await readRows(connection);
  if (times > 1) await connection.queries.execute(sql`delete from tickets where is_open`);
  const ended = await readRows(connection);
  for (let time = 1; time < times; time++) {
    const rows = time === times - 1 ? all : ended;
    await insertRows(connection, rows, { milliseconds: time * milliseconds, tickets: time * count.most });
  }
  await connection.script('analyze');
  return Temporal.Duration.from({ milliseconds: (times - 1) * milliseconds });
}

/** Of all tickets that are there, with what belongs to them. */
async function readRows(connection: Connection): Promise<Rows> {
  const rows: [Table, string][] = [];
  for (const [table, columns] of Object.entries(COPIED)) {
    const key = sql.raw(table === 'tickets' ? 'key' : 'ticket_key');
    const order = sql.raw(table === 'decisions' ? 'seq' : '1');
    // No delivery comes twice.
    const chosen = sql.raw(columns.replace('delivery_id', 'id as delivery_id'));
    const [read] = await rowsBy<{ json: string }>(
      connection,
      sql`select coalesce(json_agg(part)::text, '[]') as json from (
        select ${chosen} from ${sql.identifier(table)}
        where ${key} in (select key from tickets) order by ${order}) as part`,
    );
    rows.push([table as Table, read?.json ?? '[]']);
  }
  return Object.fromEntries(rows) as Rows;
}

async function insertRows({ queries }: Connection, rows: Rows, distance: Distance): Promise<void> {
  for (const [table, columns] of Object.entries(COPIED)) {
    const [name, names] = [sql.identifier(table), sql.raw(columns)];
    const moved = renumbered(table as Table, later(rows[table as Table], distance), distance);
    await queries.execute(
      sql`insert into ${name} (${names}) select ${names} from jsonb_populate_recordset(null::${name}, ${moved}::jsonb)`,
    );
  }
}

/** Each moment in it, and each id, which begins with one. */
function later(json: string, { milliseconds }: Distance): string {
  return json
    .replaceAll(MOMENT, (moment) => Temporal.Instant.from(moment).add({ milliseconds }).toString())
    .replaceAll(ULID, (id) => encodeTime(decodeTime(id) + milliseconds, OF_TIME) + id.slice(OF_TIME));
}

/** Tickets are told by their number, and name incidents by theirs. */
function renumbered(table: Table, json: string, { tickets }: Distance): string {
  const further = (number: unknown) => (typeof number === 'number' ? number + tickets : number);
  if (table === 'tickets') {
    const rows = JSON.parse(json) as { ticket: { number: number; incident: number | null } }[];
    for (const { ticket } of rows) {
      Object.assign(ticket, { number: further(ticket.number), incident: further(ticket.incident) });
    }
    return JSON.stringify(rows);
  }
  if (table !== 'decisions') return json;
  const rows = JSON.parse(json) as { field: string | null; from_value: unknown; to_value: unknown }[];
  for (const row of rows) {
    if (row.field !== 'incident') continue;
    Object.assign(row, { from_value: further(row.from_value), to_value: further(row.to_value) });
  }
  return JSON.stringify(rows);
}

async function rowsBy<Row>({ queries }: Connection, statement: SQL): Promise<Row[]> {
  return rowsOf<Row>(await queries.execute(statement));
}
