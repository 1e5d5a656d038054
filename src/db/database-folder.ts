import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import { Problem } from '../domain/problem.ts';
import { type Disk, DurableFiles, MACHINE_DISK } from './durable-files.ts';
import { startEngine } from './guarded-engine.ts';
import { preparedDatabase } from './prepared-database.ts';

const MEGABYTE = 1024 * 1024;

/**
 * Has a first start find a whole database: the prepared one, or where there is none one that the engine makes. It is
 * made under another name, and gets its own only when all of it is on disk, so that neither a kill nor a power cut
 * leaves half of one.
 */
export async function beginFolder(place: string, disk: Disk = MACHINE_DISK): Promise<void> {
  if (existsSync(place) && readdirSync(place).length > 0) return;
  const fresh = `${place}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const prepared = preparedDatabase();
  // Nothing else runs yet that could be held up, and several hundred small files in turn take half the time.
  if (existsSync(prepared)) extract({ file: prepared, cwd: fresh, sync: true, noMtime: true });
  else await makeDatabase(fresh);
  flushAll(fresh, disk);
  renameSync(fresh, place);
  disk.flushFolder(dirname(place));
}

async function makeDatabase(place: string): Promise<void> {
  const { pglite } = await startEngine(new DurableFiles(place, { flushes: { wal: 0, data: 0 } }));
  await pglite.close();
}

/** What was unpacked reaches the disk whenever the system likes, and the first requests may be acknowledged before. */
function flushAll(folder: string, disk: Disk): void {
  for (const below of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, below.name);
    if (below.isDirectory()) flushAll(path, disk);
    else flushFile(path, disk);
  }
  disk.flushFolder(folder);
}

function flushFile(path: string, disk: Disk): void {
  const descriptor = openSync(path, 'r+');
  try {
    disk.flushFile(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** For an engine that does not start: it does not say why in a way that code could read. */
export function damaged(place: string): (cause: unknown) => never {
  return (cause) => {
    const { bavail, bsize } = statfsSync(place);
    const free = Math.floor((bavail * bsize) / MEGABYTE);
    throw new Problem(
      {
        code: 'database.damaged',
        message: `The embedded database in ${place} does not start; its disk has ${free} MB free.`,
        fix: `Where the disk is full, make room. Otherwise its files are damaged: stop the service, put a backup of the data folder there, or rename ${place} and start again: every ticket comes back from an Airtable base or a Notion database.`,
        retry: 'later',
      },
      { cause },
    );
  };
}
