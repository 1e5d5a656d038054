import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../db/folder-lock.ts';
import { Problem } from '../domain/problem.ts';

/** The example desk, of which a demo has a copy of its own to play with. */
const EXAMPLE = join(import.meta.dirname, '../../config/examples/bramble');
const SCHEMAS = join(import.meta.dirname, '../../config/schema');

/** Tells a demo from a desk. */
const MARK = 'demo.json';

/** All that a demo makes in its folder, apart from secrets, which outlive a fresh start, and the lock. */
const OURS = ['database', 'config', 'service.json', MARK];

/** What a demo was made of. */
export interface DemoMark {
  seed: number;
  days: number;
  /** When its history ends. */
  end: string;
  /** False while it is being filled, and for ever when that was broken off. */
  isWhole: boolean;
}

/**
 * What there is in a folder: a demo, whole or broken off, or nothing.
 *
 * @throws Problem `demo.folder-taken` when there is anything else
 */
export function findDemo(folder: string): DemoMark | null {
  if (existsSync(join(folder, MARK))) return JSON.parse(readFileSync(join(folder, MARK), 'utf8')) as DemoMark;
  if (!existsSync(folder) || readdirSync(folder).length === 0) return null;
  const isDesk = existsSync(join(folder, 'database')) || existsSync(join(folder, 'secrets.env'));
  throw new Problem({
    code: 'demo.folder-taken',
    message: `The folder ${folder} holds ${isDesk ? 'a desk that is no demo' : 'other things than a demo'}; it is left alone.`,
    fix: 'Name a folder that is empty or does not exist yet with --data.',
  });
}

export function markDemo(folder: string, mark: DemoMark): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), `${JSON.stringify(mark, null, 2)}\n`);
}

/**
 * Takes an earlier demo away, and nothing that it did not make.
 *
 * @throws Problem `data.in-use` while it is being served
 */
export function clearDemo(folder: string): void {
  const release = lockFolder(folder);
  try {
    for (const name of OURS) rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    release();
  }
}

/** Where the config of a demo is. */
export function configOf(folder: string): string {
  return join(folder, 'config');
}

/** Copies the example desk, with the schemas beside it, so that an editor completes there too. */
export function copyConfig(folder: string): void {
  const config = configOf(folder);
  cpSync(EXAMPLE, config, { recursive: true });
  cpSync(SCHEMAS, join(config, 'schema'), { recursive: true });
  for (const name of readdirSync(config).filter((file) => file.endsWith('.yaml'))) {
    const text = readFileSync(join(config, name), 'utf8');
    writeFileSync(join(config, name), text.replace('$schema=../../schema/', '$schema=schema/'));
  }
}
