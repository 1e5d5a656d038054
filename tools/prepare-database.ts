/**
 * Makes the database from which a first start unpacks its own: making one from nothing takes some 800 MB of memory and
 * several seconds, unpacking it 200 and less than one.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { create } from 'tar';
import { openDatabase } from '../src/db/open.ts';
import { PREPARED_FOLDER, preparedDatabase } from '../src/db/prepared-database.ts';
import { openLanes } from '../src/db/queues.ts';

/**
 * Nobody makes a second database from a template here, and the two are over half of all files: each is unpacked
 * at a first start, and flushed twice when PostgreSQL recovers from a crash.
 */
const WITHOUT_TEMPLATES = [
  "update pg_database set datistemplate = false where datname like 'template_'",
  'drop database template0',
  'drop database template1',
  'checkpoint',
];

if (import.meta.main) await prepareDatabase();

/** Makes it, unless it is there already for the tables as they are now. */
export async function prepareDatabase(): Promise<void> {
  const prepared = preparedDatabase();
  if (existsSync(prepared)) return;
  const dataFolder = mkdtempSync(join(tmpdir(), 'tabledesk-'));
  await makeDatabase(dataFolder);
  mkdirSync(PREPARED_FOLDER, { recursive: true });
  const unfinished = `${prepared}.${process.pid}`;
  await create({ gzip: true, cwd: join(dataFolder, 'database'), file: unfinished, portable: true }, ['.']);
  renameSync(unfinished, prepared);
  for (const name of readdirSync(PREPARED_FOLDER)) {
    // What another process is about to finish stays.
    if (name.endsWith('.gz') && name !== basename(prepared)) rmSync(join(PREPARED_FOLDER, name), { force: true });
  }
  rmSync(dataFolder, { recursive: true });
}

/** An engine without templates, with our tables and those of the queue. */
async function makeDatabase(dataFolder: string): Promise<void> {
  const engine = await PGlite.create(join(dataFolder, 'database'));
  for (const step of WITHOUT_TEMPLATES) await engine.exec(step);
  await engine.close();
  const connection = await openDatabase({ dataFolder });
  const lanes = await openLanes(connection, (error) => {
    throw error;
  });
  await lanes.stop();
  await connection.close();
}
