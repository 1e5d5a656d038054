import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startPostgres } from '../../../test/support/postgres-server.ts';

const run = promisify(execFile);

/** Room on a disk of the run's own, in MB. */
const DISK_MEGABYTES = 600;

const DATABASE = 'chaos';

/** The database of a run, and what can be done to it. */
export interface ChaosDatabase {
  /** For `DATABASE_URL`; null for the embedded one. */
  url: string | null;
  isServer: boolean;
  /** Where this system lets us make one; a full disk is left out elsewhere. */
  hasOwnDisk: boolean;
  /** Harmless while it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
  cut(): Promise<void>;
  /** Leaves no room on its disk. Returns the file that takes it. */
  fill(): Promise<string>;
  remove(): Promise<void>;
}

/** A PostgreSQL server on a disk of its own. */
export async function aServerDatabase(): Promise<ChaosDatabase> {
  // Not below a folder that is ours alone, as the server runs as somebody else.
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-chaos-'));
  await chmod(folder, 0o755);
  const disk = await mountDisk(folder);
  const server = await startPostgres(join(folder, 'server'), { isDurable: true, isKept: true });
  await server.createDatabase(DATABASE);
  return {
    url: `${server.address}/${DATABASE}`,
    isServer: true,
    hasOwnDisk: disk !== null,
    start: () => untilStarted(server.start),
    stop: server.stop,
    // Right after a full disk the server may be recovering: then they are cut already.
    cut: () =>
      server
        .run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${DATABASE}'`)
        .catch(() => undefined),
    fill: () => fill(folder),
    async remove() {
      await server.stop();
      await disk?.unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The embedded database, with its data folder on a disk of its own. */
export async function anEmbeddedDatabase(folder: string): Promise<ChaosDatabase> {
  const disk = await mountDisk(folder);
  const nothing = async () => undefined;
  return {
    url: null,
    isServer: false,
    hasOwnDisk: disk !== null,
    start: nothing,
    stop: nothing,
    cut: nothing,
    fill: () => fill(folder),
    remove: async () => void (await disk?.unmount()),
  };
}

/** A disk in memory. Only who may mount can have one; null for all others. */
async function mountDisk(folder: string): Promise<{ unmount: () => Promise<unknown> } | null> {
  await mkdir(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m`, 'tmpfs', folder]);
  } catch {
    return null;
  }
  await chmod(folder, 0o755);
  return { unmount: () => run('umount', ['--lazy', folder]) };
}

async function fill(folder: string): Promise<string> {
  const path = join(folder, 'filler');
  const filler = await open(path, 'w');
  const chunk = Buffer.alloc(1024 * 1024);
  try {
    for (;;) await filler.write(chunk);
  } catch {
    // This is what it is for.
  } finally {
    await filler.close();
  }
  return path;
}

/** A server that just went down may need a moment before it can be started. */
async function untilStarted(start: () => Promise<void>): Promise<void> {
  for (;;) {
    const isStarted = await start().then(
      () => true,
      () => false,
    );
    if (isStarted) return;
    await pause(500);
  }
}
