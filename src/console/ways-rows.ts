import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import type { StoredProblem } from '../db/schema.ts';
import { revive } from '../kit/json.ts';

/** So many of the latest notices of a way are looked at. */
const MOST_LOOKED_AT = 200;

/** How a way to the team does. */
export interface WayState {
  name: string;
  sentAt: Temporal.Instant | null;
  /** What went wrong since anything was sent last; null where nothing did. */
  problem: StoredProblem | null;
  /** Held for the morning, or until the minutes are over in which many came. */
  held: number;
}

/** How each way does, by the latest that went over it or was to. */
export async function readWays(queries: Queries, names: readonly string[]): Promise<readonly WayState[]> {
  if (names.length === 0) return [];
  const found = await queries.execute(sql`
    select jsonb_build_object('name', asked.name, 'held', coalesce(seen.held, 0), 'sentAt', seen.sent_at,
      'problem', seen.problems -> 0) as state
    from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as asked (name)
    left join lateral (
      select count(*) filter (where state = 'waiting' and held) as held,
        max(finished_at) filter (where state = 'sent') as sent_at,
        jsonb_agg(problem order by seq desc) filter (where problem is not null and problem ->> 'code' <> 'outbox.outdated'
          and seq > coalesce(last_sent, 0)) as problems
      from (
        select *, max(seq) filter (where state = 'sent') over () as last_sent
        from (select * from outbox where way = asked.name order by seq desc limit ${MOST_LOOKED_AT}) as latest
      ) as judged
    ) as seen on true
  `);
  return rowsOf<{ state: unknown }>(found).map(({ state }) => revive<WayState>(state));
}
