import { openDatabase } from '../../src/db/open.ts';
import type { Connection } from '../../src/db/connection.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { sql } from 'drizzle-orm';

/** What a sender was told: for each marker the ids with which its deliveries were acknowledged. */
export type Told = ReadonlyMap<string, ReadonlySet<string>>;

/** A marker as it stands in a message, so that it is found whatever stands around it. */
export function marked(marker: string): string {
  return `[[${marker}]]`;
}

/** What stands in the tables of a desk that is at rest. */
export interface DeskRecord {
  inbox: { id: string; state: string; ticketKey: string | null }[];
  tickets: { key: string; number: number; queue: string | null; markers: string[] }[];
  messages: { ticketKey: string; markers: string[] }[];
  acknowledgements: { ticketKey: string; count: number }[];
  rows: { key: string | null; count: number }[];
  decided: { ticketKey: string }[];
}

/** Reads the tables of a data folder whose service has ended. */
export async function readDesk(dataFolder: string): Promise<DeskRecord> {
  const connection = await openDatabase({ dataFolder });
  try {
    return await readTables(connection);
  } finally {
    await connection.close();
  }
}

async function readTables({ queries }: Connection): Promise<DeskRecord> {
  const read = async <Row>(query: ReturnType<typeof sql>) => rowsOf<Row>(await queries.execute(query));
  const texts = await read<{ key: string; number: number; queue: string | null; text: string }>(
    sql`select key, number::int as number, queue, ticket ->> 'description' as text from tickets order by number`,
  );
  const messages = await read<{ ticketKey: string; text: string }>(
    sql`select ticket_key as "ticketKey", text from messages where author = 'customer'`,
  );
  return {
    inbox: await read(sql`select id, state, ticket_key as "ticketKey" from inbox`),
    tickets: texts.map(({ text, ...rest }) => ({ ...rest, markers: markersIn(text) })),
    messages: messages.map(({ text, ticketKey }) => ({ ticketKey, markers: markersIn(text) })),
    acknowledgements: await read(
      sql`select ticket_key as "ticketKey", count(*)::int as count from outbox where template = 'acknowledgement' group by ticket_key`,
    ),
    rows: await read(sql`select key, count(*)::int as count from desk_rows group by key`),
    decided: await read(sql`select distinct ticket_key as "ticketKey" from decisions`),
  };
}

function markersIn(text: string): string[] {
  return [...text.matchAll(/\[\[([^\]]+)\]\]/g)].map(([, marker = '']) => marker);
}

/**
 * Everything that is not as it was promised, in words; empty when all is well. Who was told that a request
 * has arrived finds it as a ticket, exactly once; and nothing is there twice, or without an owner.
 */
export function violationsOf(desk: DeskRecord, told: Told): readonly string[] {
  return [
    ...lostOrDoubled(desk, told),
    ...idsThatChanged(desk, told),
    ...desk.inbox.filter(({ state }) => state !== 'done').map(({ id, state }) => `the request ${id} is ${state}`),
    ...twice(desk.tickets.map(({ number }) => number)).map((number) => `the number ${number} is there twice`),
    ...desk.tickets.filter(({ queue }) => !queue).map(({ number }) => `ticket ${number} has no owner`),
    ...oncePerTicket(
      desk,
      'acknowledgement',
      desk.acknowledgements.map(({ ticketKey, count }) => [ticketKey, count]),
    ),
    ...oncePerTicket(
      desk,
      'row of the base',
      desk.rows.map(({ key, count }) => [key ?? 'no key', count]),
    ),
    ...oncePerTicket(
      desk,
      'decision log',
      desk.decided.map(({ ticketKey }) => [ticketKey, 1]),
    ),
  ];
}

function lostOrDoubled(desk: DeskRecord, told: Told): string[] {
  const inTickets = Map.groupBy(
    desk.tickets.flatMap(({ markers }) => markers),
    (marker) => marker,
  );
  const inMessages = Map.groupBy(
    desk.messages.flatMap(({ markers }) => markers),
    (marker) => marker,
  );
  const lost = [...told.keys()]
    .filter((marker) => !inTickets.has(marker))
    .map((marker) => `${marker} was acknowledged and is no ticket`);
  const doubled = [...inTickets, ...inMessages]
    .filter(([, found]) => found.length > 1)
    .map(([marker, found]) => `${marker} is there ${found.length} times`);
  return [...lost, ...new Set(doubled)];
}

/** A repeated delivery is told the id of the first, and the id leads to the ticket. */
function idsThatChanged(desk: DeskRecord, told: Told): string[] {
  const byId = new Map(desk.inbox.map((row) => [row.id, row]));
  return [...told].flatMap(([marker, ids]) => {
    const several = ids.size > 1 ? [`${marker} was acknowledged under ${ids.size} ids`] : [];
    const unknown = [...ids].filter((id) => !byId.has(id)).map((id) => `${marker}: the request ${id} is not there`);
    return [...several, ...unknown];
  });
}

function oncePerTicket(desk: DeskRecord, what: string, counts: readonly (readonly [string, number])[]): string[] {
  const counted = new Map(counts);
  const known = new Set(desk.tickets.map(({ key }) => key));
  const strays = [...counted.keys()].filter((key) => !known.has(key)).map((key) => `a ${what} of no ticket: ${key}`);
  const wrong = desk.tickets
    .filter(({ key }) => counted.get(key) !== 1)
    .map(({ key, number }) => `ticket ${number} has ${counted.get(key) ?? 0} of: ${what}`);
  return [...wrong, ...strays];
}

function twice(values: readonly number[]): number[] {
  return [...Map.groupBy(values, (value) => value)].filter(([, same]) => same.length > 1).map(([value]) => value);
}
