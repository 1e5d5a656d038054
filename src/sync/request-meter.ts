import { sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import type { RequestMeter } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';

/** A meter that is kept in our database, for all instances together. */
export interface KeptMeter extends RequestMeter {
  /** Writes down what was spent since the last time. What a crash takes with it is less than one run's worth. */
  save(): Promise<void>;
}

/** Opens the meter where it stood. */
export async function openRequestMeter({ queries }: Connection, now: Now): Promise<KeptMeter> {
  const kept = { month: monthOf(now()), count: 0 };
  let fresh = 0;

  function turnMonth(): void {
    const month = monthOf(now());
    if (month !== kept.month) Object.assign(kept, { month, count: 0 });
  }

  async function add(spent: number): Promise<void> {
    const [row] = rowsOf<{ count: string }>(
      await queries.execute(sql`
        insert into marks (name, value) values (${`requests:${kept.month}`}, to_jsonb(${spent}::bigint))
        on conflict (name) do update set value = to_jsonb((marks.value)::bigint + ${spent}::bigint)
        returning value::text as count
      `),
    );
    kept.count = Number(row?.count ?? spent);
  }

  async function save(): Promise<void> {
    turnMonth();
    const spent = fresh;
    if (spent === 0) return;
    fresh = 0;
    try {
      await add(spent);
    } catch (error) {
      fresh += spent;
      throw error;
    }
  }

  await add(0);
  return {
    spend: () => void (fresh += 1),
    spentThisMonth() {
      turnMonth();
      return kept.count + fresh;
    },
    save,
  };
}

/** As 2026-11, in UTC, by which the vendors count. */
export function monthOf(at: Temporal.Instant): string {
  return at.toString().slice(0, 'YYYY-MM'.length);
}
