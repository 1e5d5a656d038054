import { accessSync, chmodSync, constants, globSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';

const PREFIX = 'tabledesk-tests-';

/** Many times as long as a run takes. */
const ABANDONED_MILLISECONDS = 3_600_000;

/** Many times what a run has at its fullest. */
const ROOM_BYTES = 4 * 1024 ** 3;

/**
 * Has everything that tests write to a temporary folder kept in memory, where there is room, until this process ends: to
 * copy the template of a database there takes a tenth of what it takes on a disk. Whoever names a folder for such files is heeded.
 */
export function keepFilesInMemory(): void {
  if (process.env['TMPDIR'] !== undefined) return;
  clearAbandoned();
  if (!hasRoom()) return;
  const folder = mkdtempSync(join(MEMORY, PREFIX));
  // The user that PostgreSQL runs as must reach its own folder in there.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** A run that is killed leaves its folder, and memory with it. */
function clearAbandoned(): void {
  for (const folder of globSync(join(MEMORY, `${PREFIX}*`))) {
    const left = statSync(folder, { throwIfNoEntry: false });
    if (left === undefined || left.uid !== process.getuid?.()) continue;
    if (Date.now() - left.mtimeMs > ABANDONED_MILLISECONDS) rmSync(folder, { recursive: true, force: true });
  }
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
