import { gte, sql } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { modelDays } from './schema.ts';

/** What a day, and the month that it lies in, have taken so far. */
export interface Spent {
  day: { requests: number; cost: number };
  month: { requests: number; cost: number };
}

/** What all models took on a day and in its month up to then. */
export async function spentBy(queries: Queries, today: Temporal.PlainDate): Promise<Spent> {
  const isToday = sql`${modelDays.day} = ${today.toString()}`;
  const [row] = await queries
    .select({
      dayRequests: sql<string>`coalesce(sum(${modelDays.requests}) filter (where ${isToday}), 0)`,
      dayCost: sql<string>`coalesce(sum(${modelDays.cost}) filter (where ${isToday}), 0)`,
      monthRequests: sql<string>`coalesce(sum(${modelDays.requests}), 0)`,
      monthCost: sql<string>`coalesce(sum(${modelDays.cost}), 0)`,
    })
    .from(modelDays)
    .where(gte(modelDays.day, today.with({ day: 1 }).toString()));
  return {
    day: { requests: Number(row?.dayRequests ?? 0), cost: Number(row?.dayCost ?? 0) },
    month: { requests: Number(row?.monthRequests ?? 0), cost: Number(row?.monthCost ?? 0) },
  };
}
