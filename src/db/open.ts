import type { Connection } from './connection.ts';
import type { Disk } from './durable-files.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** Where the database is. */
export interface DatabasePlace {
  /** Address of PostgreSQL; left out for the embedded engine. */
  url?: string | undefined;
  dataFolder: string;
  /** What the embedded engine flushes to; left out, the disk of this machine. */
  disk?: Disk | undefined;
}

/**
 * Opens the database with its tables up to date: PostgreSQL when there is an address, else the
 * embedded engine under the data folder.
 *
 * @throws Problem `data.in-use`, `database.damaged`, `database.newer`
 */
export async function openDatabase({ url, dataFolder, disk }: DatabasePlace): Promise<Connection> {
  const connection = url ? openPostgres(url) : await openPglite(dataFolder, disk);
  try {
    await migrate(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
