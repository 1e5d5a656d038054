import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** 192 bits, past any guessing. */
const SECRET_BYTES = 24;

/**
 * The secrets that we may make ourselves when nobody set them: kept in the data folder, readable by its
 * owner alone, the same at every start.
 */
export function ownSecrets<Name extends string>(dataFolder: string, names: readonly Name[]): Record<Name, string> {
  const file = join(dataFolder, 'secrets.env');
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const secrets = Object.fromEntries(
    names.map((name) => [name, kept[name] ?? randomBytes(SECRET_BYTES).toString('base64url')]),
  ) as Record<Name, string>;
  if (names.some((name) => kept[name] === undefined)) write(dataFolder, file, { ...kept, ...secrets });
  return secrets;
}

function write(dataFolder: string, file: string, secrets: Readonly<Record<string, string | undefined>>): void {
  mkdirSync(dataFolder, { recursive: true });
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}`);
  // Whole at every moment, even when the power goes: with new secrets, addresses that senders have would be wrong.
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${lines.join('\n')}\n`, { mode: 0o600, flush: true });
  renameSync(fresh, file);
}
