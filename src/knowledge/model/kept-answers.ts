import { and, eq, gte, lt } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { modelAnswers } from '../../db/schema.ts';
import type { KeptAnswers } from '../../kit/model-ledger.ts';
import type { Now } from '../../ports/now.ts';

/** Hours in a month: the same ticket comes again within minutes, the same question of a form within weeks. */
const GOOD_FOR_HOURS = 30 * 24;

/** Keeps answers of models for a month. */
export function createKeptAnswers({ queries }: Connection, now: Now): KeptAnswers {
  const oldest = () => now().subtract({ hours: GOOD_FOR_HOURS });
  return {
    async get(key) {
      const [row] = await queries
        .select()
        .from(modelAnswers)
        .where(and(eq(modelAnswers.key, key), gte(modelAnswers.at, oldest())));
      return row?.answer ?? null;
    },
    async set(key, answer) {
      const at = now();
      await queries
        .insert(modelAnswers)
        .values({ key, answer, at })
        .onConflictDoUpdate({ target: modelAnswers.key, set: { answer, at } });
      // Whoever brings something takes the old away with them.
      await queries.delete(modelAnswers).where(lt(modelAnswers.at, oldest()));
    },
  };
}
