import type { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * Opens the database with its tables up to date: PostgreSQL when there is an address, else the
 * embedded engine under the data folder.
 *
 * @throws Problem `data.in-use`, `database.newer`
 */
export async function openDatabase(where: { url?: string | undefined; dataFolder: string }): Promise<Connection> {
  const connection = where.url ? openPostgres(where.url) : await openPglite(where.dataFolder);
  try {
    await migrate(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
