import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { fromPglite } from 'pg-boss';
import { extract } from 'tar';
import type { Connection, Queries } from './connection.ts';
import { DurableFiles, type FlushCount } from './durable-files.ts';
import { lockFolder } from './folder-lock.ts';
import * as schema from './schema.ts';

/** An empty database, made by `npm run prepare`: unpacking it takes a quarter of the memory of making one. */
export const EMPTY_DATABASE = resolve(import.meta.dirname, '../../build/empty-database.tar.gz');

/**
 * PGlite's own parameters without `-F`, which would switch flushing off. `fsync` is the one way of
 * flushing WAL that Emscripten passes on to the file system; 32 MB of buffers instead of 128 keep the
 * process near 200 MB.
 */
const PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
  ...['-c', 'shared_buffers=32MB', '-c', 'wal_buffers=4MB', '-c', 'timezone=UTC'],
];

/** The embedded engine on a folder, with a count of its flushes. */
export interface PgliteConnection extends Connection {
  flushes: Readonly<FlushCount>;
}

/**
 * Opens, and at first start makes, the database under a data folder.
 *
 * @throws Problem `data.in-use`
 */
export async function openPglite(dataFolder: string): Promise<PgliteConnection> {
  const release = lockFolder(dataFolder);
  try {
    const place = resolve(dataFolder, 'database');
    await prepareFolder(place);
    const files = new DurableFiles(place);
    const engine = await PGlite.create({ fs: files, startParams: PARAMETERS });
    return connectionTo(engine, { place, files, release });
  } catch (error) {
    release();
    throw error;
  }
}

/** Unpacks the prepared database into a folder that has none; without one PGlite makes it from nothing. */
async function prepareFolder(place: string): Promise<void> {
  if (existsSync(join(place, 'PG_VERSION'))) return;
  mkdirSync(place, { recursive: true });
  if (existsSync(EMPTY_DATABASE)) await extract({ file: EMPTY_DATABASE, cwd: place });
}

function connectionTo(
  engine: PGlite,
  { place, files, release }: { place: string; files: DurableFiles; release: () => void },
): PgliteConnection {
  return {
    engine: 'pglite',
    place,
    flushes: files.flushes,
    queries: drizzle(engine, { schema }) as unknown as Queries,
    boss: fromPglite(engine),
    async script(sql) {
      await engine.exec(sql);
    },
    async close() {
      await engine.close();
      release();
    },
  };
}
