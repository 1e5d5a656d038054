import { eq } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { marks } from '../db/schema.ts';
import type { StoreMemory } from '../kit/connector.ts';

/** What a store must find again after a restart, among our own marks. */
export function createStoreMemory({ queries }: Connection): StoreMemory {
  return {
    async get(name) {
      const [mark] = await queries
        .select()
        .from(marks)
        .where(eq(marks.name, markOf(name)));
      return mark?.value ?? null;
    },
    async set(name, value) {
      await queries
        .insert(marks)
        .values({ name: markOf(name), value })
        .onConflictDoUpdate({ target: marks.name, set: { value } });
    },
  };
}

function markOf(name: string): string {
  return `store:${name}`;
}
