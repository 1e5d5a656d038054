/**
 * Starts both engines once for a whole run of the tests: a real PostgreSQL on a port of the system's
 * choice, and a template of the embedded database. Each test file then gets a copy of its own.
 */
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/open.ts';
import { openLanes } from '../../src/db/queues.ts';
import { prepareDatabase } from '../../tools/prepare-database.ts';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests make folders that nobody has to delete before the end. */
    testFolder: string;
    /** A data folder with all tables, to copy from. */
    pgliteTemplate: string;
    /** Address of the server, without a database name at the end. */
    postgresServer: string;
  }
}

/** Name of the migrated database that others are copied from. */
export const TEMPLATE = 'tabledesk_template';

const MEMORY_DISK = '/dev/shm';
const ROOM = 4 * 1024 ** 3;

export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  // The library of the server ends the process with 0 when nothing is left to do, whatever tests have failed by then.
  process.prependOnceListener('beforeExit', (code) => process.exit(code));
  const folder = await mkdtemp(join(await quickestFolder(), 'tabledesk-test-'));
  // PostgreSQL refuses to run as root, and the user that it runs as must reach its folder.
  await chmod(folder, 0o755);
  const pgliteTemplate = join(folder, 'pglite');
  const [server] = await Promise.all([
    startPostgres(join(folder, 'postgres')),
    // After a change of the tables the one of `npm ci` is of no use, and every first start would make its own.
    prepareDatabase().then(() => makeTables({ dataFolder: pgliteTemplate })),
  ]);
  await server.createDatabase(TEMPLATE);
  await makeTables({ dataFolder: folder, url: `${server.address}/${TEMPLATE}` });
  project.provide('testFolder', folder);
  project.provide('pgliteTemplate', pgliteTemplate);
  project.provide('postgresServer', server.address);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * Memory, where Linux has enough of it as a disk: what is thrown away need not be written. A run takes 0.8 GB at most,
 * and containers often have less than that there.
 */
async function quickestFolder(): Promise<string> {
  const found = await statfs(MEMORY_DISK).catch(() => null);
  return found !== null && found.bavail * found.bsize >= ROOM ? MEMORY_DISK : tmpdir();
}

/** Every table, pg-boss's too, so that tests start from there. */
async function makeTables(where: { url?: string; dataFolder: string }): Promise<void> {
  const connection = await openDatabase(where);
  const lanes = await openLanes(connection, (error) => {
    throw error;
  });
  await lanes.stop();
  await connection.close();
}
