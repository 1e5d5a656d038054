import { and, inArray, lt, sql } from 'drizzle-orm';
import type { Vector } from '../ports/embedder.ts';
import type { Queries } from './connection.ts';
import { textVectors } from './schema.ts';

/** The vector that is kept under a name; null where there is none. */
export async function readVector(queries: Queries, name: string): Promise<Vector | null> {
  return (await readVectors(queries, [name])).get(name) ?? null;
}

/** Those that are kept, by name. */
export async function readVectors(queries: Queries, names: readonly string[]): Promise<ReadonlyMap<string, Vector>> {
  if (names.length === 0) return new Map();
  const rows = await queries
    .select({ name: textVectors.name, vector: textVectors.vector })
    .from(textVectors)
    .where(inArray(textVectors.name, [...names]));
  return new Map(rows.map(({ name, vector }) => [name, Int8Array.from(vector)]));
}

/** Keeps vectors under their names. */
export async function keepVectors(
  queries: Queries,
  vectors: ReadonlyMap<string, Vector>,
  at: Temporal.Instant,
): Promise<void> {
  if (vectors.size === 0) return;
  const rows = [...vectors].map(([name, vector]) => ({ name, vector: Uint8Array.from(vector), at }));
  await queries
    .insert(textVectors)
    .values(rows)
    .onConflictDoUpdate({ target: textVectors.name, set: { vector: sql`excluded.vector`, at } });
}

/** Lets go of what is older, and not among those that are needed still. */
export async function dropVectors(
  queries: Queries,
  { olderThan, needed }: { olderThan: Temporal.Instant; needed: readonly string[] },
): Promise<void> {
  // As one parameter, as there may be 20,000.
  const isNeeded = sql`${textVectors.name} in (select jsonb_array_elements_text(${JSON.stringify(needed)}::jsonb))`;
  await queries.delete(textVectors).where(and(lt(textVectors.at, olderThan), sql`not ${isNeeded}`));
}
