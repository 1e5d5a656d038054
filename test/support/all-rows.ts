import { sql } from 'drizzle-orm';
import type { Connection } from '../../src/db/connection.ts';
import { rowsOf } from '../../src/db/rows-of.ts';

/** All rows of all tables, in one order: the same text as long as nothing was written. */
export async function allRows({ queries }: Pick<Connection, 'queries'>): Promise<string> {
  const tables = rowsOf<{ name: string }>(
    await queries.execute(sql`select tablename as name from pg_tables where schemaname = 'public' order by tablename`),
  );
  const dumps = [];
  for (const { name } of tables) {
    const table = sql.identifier(name);
    const rows = await queries.execute(
      sql`select to_jsonb(all_rows)::text as row from ${table} as all_rows order by 1`,
    );
    dumps.push(`${name}: ${JSON.stringify(rowsOf(rows))}`);
  }
  return dumps.join('\n');
}
