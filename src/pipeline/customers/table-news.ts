import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { tickets } from '../../db/schema.ts';
import { isOtherAccount } from '../../decide/customers/know.ts';
import { identitiesOf } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { PipelineParts } from '../at-desk.ts';
import { inLane } from '../../db/lane.ts';
import { askTables, noteNewCopy, readContactTables, tableFact } from './tables.ts';

/** Open tickets that are read at once. */
const PAGE = 500;

/**
 * The copy of a table has changed: open tickets of whose requesters it says something else by now are looked at anew.
 * Whatever changed while this was under way is found by the next full pass.
 */
export async function tableChanged(parts: PipelineParts, table: string): Promise<void> {
  const { connection, config, tables, now, wake } = parts;
  const { queries } = connection;
  const lookUps = config.current().tableLookUps;
  await noteNewCopy(tables, { table, lookUps }, queries);
  if (!lookUps.some((each) => each.table === table)) return;
  await readContactTables(tables, lookUps, queries);
  const keys = await concerned(parts);
  if (keys.length === 0) return;
  await inLane(connection, (tx) =>
    tx
      .update(tickets)
      .set({ wakeAt: sql`least(${tickets.wakeAt}, ${now().toString()}::timestamptz)` })
      .where(and(inArray(tickets.key, keys), eq(tickets.isOpen, true))),
  );
  await wake('sweep');
}

async function concerned({ connection, config, tables, now }: PipelineParts): Promise<readonly string[]> {
  const { policy, tableLookUps } = config.current();
  const asked = { tables, lookUps: tableLookUps, now: now() };
  const isConcerned = (ticket: Ticket): boolean => {
    const identities = identitiesOf(ticket.requester);
    const lookedUp = askTables(asked, ticket, identities).map(tableFact);
    return isOtherAccount(ticket, { identities, lookedUp }, policy.customers);
  };
  const keys: string[] = [];
  for (let seen = ''; ;) {
    const page = await connection.queries
      .select({ ticket: tickets.ticket })
      .from(tickets)
      .where(and(eq(tickets.isOpen, true), gt(tickets.key, seen)))
      .orderBy(asc(tickets.key))
      .limit(PAGE);
    keys.push(...page.flatMap(({ ticket }) => (isConcerned(ticket) ? [ticket.key] : [])));
    if (page.length < PAGE) return keys;
    seen = page.at(-1)?.ticket.key ?? seen;
  }
}
