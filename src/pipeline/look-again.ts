import { and, asc, eq, gt, isNotNull, lte, or, sql } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { hasUnheard } from './deliveries.ts';
import { batchSize } from './batch.ts';
import { type Desk, heldTicket, hold } from './desk.ts';
import { inLane } from '../db/lane.ts';
import { readSurveys } from './surveys.ts';
import { takeTurn } from './take-turn.ts';
import { hearFailures } from './undelivered.ts';
import { SERVED_FIRST } from './waiting.ts';

/** Of more due tickets than these, those behind them go without. */
const MOST_ASKED = 100;

/** Looks again at every ticket whose time has come. Returns how many it looked at. */
export async function wakeDue(parts: PipelineParts): Promise<number> {
  await lookUpDue(parts);
  await hearAllFailures(parts);
  return lookAtAll(parts, dueKeys);
}

/** Tells tickets of letters that could not leave. */
async function hearAllFailures(parts: PipelineParts): Promise<void> {
  const { queries } = parts.connection;
  while ((await hasUnheard(queries)) && (await atDesk(parts, hearFailures)) > 0);
}

/** Asks once more what services failed to say about tickets that wait for it. */
async function lookUpDue({ connection, config, lookUps, now }: PipelineParts): Promise<void> {
  if (config.current().lookUps.length === 0) return;
  const rows = await connection.queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(and(lte(tickets.wakeAt, now()), eq(tickets.isOpen, true)))
    .orderBy(asc(tickets.wakeAt))
    .limit(MOST_ASKED);
  await lookUps.askAgain(rows.map(({ ticket }) => ticket));
}

/** Looks at every ticket of which something may still come, whatever its time. Returns how many there were. */
export async function reviewAll(parts: PipelineParts): Promise<number> {
  await countLoads(parts);
  const seen = { key: '' };
  return lookAtAll(parts, async (desk, limit) => {
    const keys = await livingKeysAfter(desk, { key: seen.key, limit });
    seen.key = keys.at(-1) ?? seen.key;
    return keys;
  });
}

/** Counts each agent's open tickets anew: for agents who are new to the config, and against any slip of ours. */
export function countLoads(parts: Pick<PipelineParts, 'connection'>): Promise<void> {
  return inLane(parts.connection, async (tx) => {
    await tx.execute(sql`
      insert into agents (name, open)
      select assignee, count(*) from tickets where is_open and assignee is not null group by assignee
      on conflict (name) do update set open = excluded.open
    `);
    await tx.execute(sql`
      update agents set open = 0
      where open <> 0 and not exists (select from tickets where is_open and assignee = agents.name)
    `);
  });
}

/** `next` gives the keys of the next tickets, at most `limit`. */
async function lookAtAll(
  parts: PipelineParts,
  next: (desk: Desk, limit: number) => Promise<string[]>,
): Promise<number> {
  for (let looked = 0; ;) {
    const size = batchSize(parts.connection);
    const keys = await atDesk(parts, async (desk) => {
      const found = await next(desk, size);
      await hold(desk, found);
      await readSurveys(desk, found);
      for (const key of found) await takeTurn(desk, await heldTicket(desk, key), { kind: 'due' });
      return found;
    });
    looked += keys.length;
    if (keys.length < size) return looked;
  }
}

/** Who was to be woken first, first; of those who were to be woken together, in the order of those who wait. */
async function dueKeys(desk: Desk, limit: number): Promise<string[]> {
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(lte(tickets.wakeAt, desk.now))
    .orderBy(asc(tickets.wakeAt), ...SERVED_FIRST)
    .limit(limit);
  return rows.map((row) => row.key);
}

/** Open ones, those that are to be woken, and resolved ones where they close by themselves. */
async function livingKeysAfter(desk: Desk, { key, limit }: { key: string; limit: number }): Promise<string[]> {
  const closing = desk.config.policy.followUp.closing === null ? undefined : eq(tickets.status, 'resolved');
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(and(or(eq(tickets.isOpen, true), isNotNull(tickets.wakeAt), closing), gt(tickets.key, key)))
    .orderBy(asc(tickets.key))
    .limit(limit);
  return rows.map((row) => row.key);
}
