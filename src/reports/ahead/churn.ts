import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';

/** What is of late, and what was usual before it, in days. */
const LATELY = 28;
const BEFORE = 84;

/** So many more than usual, in spreads of chance, are no chance: one time in forty they are. */
const SPREADS = 2;

/** Fewer tickets than this make no trend. */
const FEWEST = 3;

/** Whoever asked so often in four weeks, and no more, may have given up. */
const REGULAR = 2;

/** Waiting so long is leaving somebody alone. */
const LONG_OPEN_DAYS = 7;

/** So many customers are worth a call in a week. */
const MOST = 20;

/** What may tell that a customer is about to leave. Each says what it rests on; none of them is a prophecy. */
export const SIGNALS = ['unhappy', 'silent', 'asks_more', 'breaches', 'again', 'escalated', 'waiting'] as const;
export type Signal = (typeof SIGNALS)[number];

/** What a bad word weighs against others: what people say themselves counts most. Our judgement, not measured. */
const WEIGHTS: Readonly<Record<Signal, number>> = {
  unhappy: 3,
  silent: 2,
  asks_more: 2,
  breaches: 2,
  again: 2,
  escalated: 1,
  waiting: 1,
};

/** One customer, with what speaks for leaving. */
export interface AtRisk {
  customer: string;
  segment: string | null;
  /** Tickets of the latest 28 days, and what 28 days had before, in the mean. */
  lately: number;
  usual: number;
  signals: readonly { signal: Signal; count: number }[];
}

interface CustomerRow {
  customer: string;
  segment: string | null;
  lately: number;
  before: number;
  unhappy: number;
  breaches: number;
  again: number;
  escalated: number;
  waiting: number;
}

/** Customers who may leave, those with the most against us first. One weak sign alone is none. */
export async function customersAtRisk(queries: Queries, now: Temporal.Instant): Promise<readonly AtRisk[]> {
  const lately = now.subtract({ hours: LATELY * 24 }).toString();
  const since = now.subtract({ hours: (LATELY + BEFORE) * 24 }).toString();
  const old = now.subtract({ hours: LONG_OPEN_DAYS * 24 }).toString();
  const rows = rowsOf<CustomerRow>(
    await queries.execute(sql`
      with known as (
        select *, opened_at >= ${lately}::timestamptz as is_late from outcomes
        where opened_at >= ${since}::timestamptz or is_open
      ), counted as (
        select customer, max(segment) as segment,
          (count(*) filter (where is_late))::int as lately, (count(*) filter (where not is_late))::int as before,
          (count(*) filter (where score <= 2 and surveyed_at >= ${lately}::timestamptz))::int as unhappy,
          (count(*) filter (where breached_at >= ${lately}::timestamptz))::int as breaches,
          (count(*) filter (where is_late and (reopen_count > 0 or follow_up_of is not null)))::int as again,
          (count(*) filter (where escalated_at >= ${lately}::timestamptz))::int as escalated,
          (count(*) filter (where is_open and opened_at < ${old}::timestamptz))::int as waiting
        from known group by customer
      )
      -- Of most customers nothing is to be told; those that are left are weighed below.
      select * from counted
      where unhappy > 0 or (breaches >= 2)::int + (again >= 2)::int + (escalated > 0)::int + (waiting > 0)::int
        + (lately = 0 or lately >= ${FEWEST}::int)::int >= 2
    `),
  );
  return rows
    .map(riskOf)
    .filter(({ signals }) => weightOf(signals) >= 3)
    .toSorted((one, other) => weightOf(other.signals) - weightOf(one.signals) || other.lately - one.lately)
    .slice(0, MOST);
}

function riskOf(row: CustomerRow): AtRisk {
  const usual = (row.before * LATELY) / BEFORE;
  const counts: Readonly<Record<Signal, number>> = {
    unhappy: row.unhappy,
    silent: row.lately === 0 && usual >= REGULAR ? row.before : 0,
    asks_more: row.lately >= FEWEST && row.lately > usual + SPREADS * Math.sqrt(usual + 1) ? row.lately : 0,
    breaches: row.breaches >= 2 ? row.breaches : 0,
    again: row.again >= 2 ? row.again : 0,
    escalated: row.escalated,
    waiting: row.waiting,
  };
  const signals = SIGNALS.flatMap((signal) => (counts[signal] > 0 ? [{ signal, count: counts[signal] }] : []));
  return { customer: row.customer, segment: row.segment, lately: row.lately, usual, signals };
}

function weightOf(signals: AtRisk['signals']): number {
  return signals.reduce((sum, { signal }) => sum + WEIGHTS[signal], 0);
}
