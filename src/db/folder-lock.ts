import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../domain/problem.ts';

/**
 * Keeps a data folder for this process alone. The lock is the operating system's, taken through
 * SQLite, so it ends with the process however that ends; nothing stale is ever left behind.
 *
 * @returns the call that lets go
 * @throws Problem `data.in-use` when another process has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const holder = join(folder, 'process.txt');
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (cause) {
    lock.close();
    throw inUse(folder, holder, cause);
  }
  writeFileSync(holder, String(process.pid));
  return () => lock.close();
}

function inUse(folder: string, holder: string, cause: unknown): Problem {
  return new Problem(
    {
      code: 'data.in-use',
      message: `The data folder ${folder} is in use by process ${readHolder(holder)}.`,
      fix: 'Stop that process, or give this one a folder of its own with TABLEDESK_DATA.',
    },
    { cause },
  );
}

function readHolder(holder: string): string {
  try {
    return readFileSync(holder, 'utf8');
  } catch {
    return 'unknown';
  }
}
