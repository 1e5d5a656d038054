import { sql } from 'drizzle-orm';
import { createEmbeddedStore } from '../../../connectors/embedded/store.ts';
import type { Connection } from '../../../src/db/connection.ts';
import { rowDatabase } from '../../../src/db/row-database.ts';
import type { Cells, Column, TicketStore } from '../../../src/ports/ticket-store.ts';
import { MORNING } from '../../support/builders.ts';

/** The embedded store on a database. */
export function anEmbeddedStore(connection: Connection, columns: readonly Column[]): TicketStore {
  return createEmbeddedStore({}, { rows: rowDatabase(connection), now: () => MORNING, columns: () => columns });
}

/** What people do to the table with psql. A column of the team's own is a key that they add, by its title. */
export function byHand({ queries }: Connection, columns: readonly Column[] = []) {
  const teams = new Map(columns.flatMap(({ name, title, edits }) => (edits === 'read' ? [[name, title]] : [])));
  const json = (cells: Cells) =>
    JSON.stringify(Object.fromEntries(Object.entries(cells).map(([name, cell]) => [teams.get(name) ?? name, cell])));
  return {
    async readBack(id: string): Promise<{ key: string | null; cells: Cells } | null> {
      const { rows } = (await queries.execute(sql`select key, cells from desk_rows where id = ${id}`)) as {
        rows: { key: string | null; cells: Cells }[];
      };
      return rows[0] ?? null;
    },
    async countRows(): Promise<number> {
      const { rows } = (await queries.execute(sql`select count(*)::int as count from desk_rows`)) as {
        rows: { count: number }[];
      };
      return rows[0]?.count ?? 0;
    },
    async editByHand(id: string, cells: Cells, by: string): Promise<void> {
      await queries.execute(sql`
        update desk_rows set cells = cells || ${json(cells)}::jsonb, edited_by = ${by} where id = ${id}
      `);
    },
    async addByHand(cells: Cells, by: string): Promise<string> {
      const { rows } = (await queries.execute(sql`
        insert into desk_rows (cells, edited_by) values (${json(cells)}::jsonb, ${by}) returning id
      `)) as { rows: { id: string }[] };
      return rows[0]?.id ?? '';
    },
    async deleteByHand(id: string): Promise<void> {
      await queries.execute(sql`delete from desk_rows where id = ${id}`);
    },
  };
}
