import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';

/** A desk of a hundred requests a day grows by some 100 MB a year; its logs and copies want room too. */
const LITTLE_BYTES = 1_000_000_000;

/** Below this the next burst of requests may fill the disk. */
const FULL_BYTES = 100_000_000;

/** Bits by which others than the owner may read a file. */
const READ_BY_OTHERS = 0o044;

/** The data folder: that it can be written to, and that there is room. */
export async function checkDataFolder({ TABLEDESK_DATA: folder }: Environment): Promise<CheckUp> {
  const place = nearestThatExists(resolve(folder));
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    return bad('Data', {
      message: `The folder ${folder} cannot be written to.`,
      fix: `Let the account that Tabledesk runs under write to ${place}, or name another folder with TABLEDESK_DATA.`,
    });
  }
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const words = `${folder} can be written to; ${(free / 1_000_000_000).toFixed(1)} GB free`;
  const fix = 'Make room on the disk: when it is full, requests are refused until there is room.';
  if (free < FULL_BYTES) return bad('Data', { message: `${words}, which is next to nothing.`, fix });
  if (free < LITTLE_BYTES) return warning('Data', { message: `${words}, which is little.`, fix });
  return good('Data', `${words}.`);
}

/** A folder that does not exist yet is made where the nearest one above it is. */
function nearestThatExists(folder: string): string {
  return existsSync(folder) ? folder : nearestThatExists(dirname(folder));
}

/** The file `.env` holds secrets, so that nobody else on the machine is to read it. */
export function checkDotEnv(file: string): CheckUp {
  if (!existsSync(file)) return good('Environment', 'All variables are right; there is no file .env.');
  if (process.platform === 'win32' || (statSync(file).mode & READ_BY_OTHERS) === 0) {
    return good('Environment', 'All variables are right, and .env is for you alone.');
  }
  return warning('Environment', {
    message: 'Others on this machine can read .env, which holds secrets.',
    fix: 'chmod 600 .env (--fix does it).',
  });
}
