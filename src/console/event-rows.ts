import { desc, eq, sql } from 'drizzle-orm';
import type { SubscriptionConfig } from '../config/subscriptions.ts';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { events, subscriptions } from '../db/schema.ts';

/** So many of the latest are shown. */
const SHOWN = 50;

/** How it stands with a system that follows tickets. */
export interface SubscriptionState {
  config: SubscriptionConfig;
  waiting: number;
  /** When something was taken last; null while nothing was. */
  deliveredAt: Temporal.Instant | null;
  /** Null where it never failed, or is well again. */
  standing: Omit<typeof subscriptions.$inferSelect, 'name'> | null;
}

/** One event on its way to a subscription, or there. */
export type Delivered = typeof events.$inferSelect;

/** Those of the config, in its order. */
export async function readSubscriptions(
  queries: Queries,
  all: readonly SubscriptionConfig[],
): Promise<readonly SubscriptionState[]> {
  if (all.length === 0) return [];
  const standings = new Map((await queries.select().from(subscriptions)).map((row) => [row.name, row]));
  const names = JSON.stringify(all.map(({ name }) => name));
  const figures = rowsOf<{ name: string; waiting: number; delivered_at: string | null }>(
    await queries.execute(sql`
      select asked.name,
        (select count(*)::int from events where subscription = asked.name and state = 'waiting') as waiting,
        (select finished_at::text from events where subscription = asked.name and state = 'sent'
          order by seq desc limit 1) as delivered_at
      from jsonb_array_elements_text(${names}::jsonb) as asked (name)
    `),
  );
  return all.map((config) => {
    const found = figures.find(({ name }) => name === config.name);
    const at = found?.delivered_at ?? null;
    return {
      config,
      waiting: found?.waiting ?? 0,
      deliveredAt: at === null ? null : Temporal.Instant.from(at.replace(' ', 'T')),
      standing: standings.get(config.name) ?? null,
    };
  });
}

/** What a subscription was told of late, and is to be told, the newest first. */
export function latestEvents(queries: Queries, subscription: string): Promise<readonly Delivered[]> {
  return queries
    .select()
    .from(events)
    .where(eq(events.subscription, subscription))
    .orderBy(desc(events.seq))
    .limit(SHOWN);
}
