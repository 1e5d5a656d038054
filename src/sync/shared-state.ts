import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { marks } from '../db/schema.ts';
import type { Share } from '../kit/store/shared-state.ts';

/** Keeps what is shared in our database, one row each; the clock that all go by is that of its server. */
export function sharedInDatabase({ queries }: Connection): Share {
  return <State extends object>(name: string, begin: (now: number) => State) => {
    const row = eq(marks.name, `shared:${name}`);
    const clock = sql<string>`extract(epoch from clock_timestamp()) * 1000`;
    async function make(): Promise<void> {
      const [read] = await queries.select({ now: clock }).from(sql`(values (1)) as one`);
      const value = begin(Math.round(Number(read?.now)));
      await queries
        .insert(marks)
        .values({ name: `shared:${name}`, value })
        .onConflictDoNothing();
    }
    async function changeKept<Result>(work: (state: State, now: number) => Result): Promise<{ result: Result } | null> {
      return queries.transaction(async (tx) => {
        // Whoever comes next waits here until this change is made.
        const [kept] = await tx.select({ state: marks.value, now: clock }).from(marks).where(row).for('update');
        if (kept === undefined) return null;
        const state = kept.state as State;
        const result = work(state, Math.round(Number(kept.now)));
        await tx.update(marks).set({ value: state }).where(row);
        return { result };
      });
    }
    async function change<Result>(work: (state: State, now: number) => Result): Promise<Result> {
      const changed = await changeKept(work);
      if (changed !== null) return changed.result;
      await make();
      return change(work);
    }
    return { change };
  };
}
