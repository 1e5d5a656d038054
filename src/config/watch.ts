import { watch } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { Schedule } from '../ports/schedule.ts';
import { formatFinding } from './finding.ts';
import type { Finding, LiveConfig, LoadedConfig } from './live.ts';
import { createSourceReader } from './source-reader.ts';
import { checkConfig, type ConfigGiven, loadConfig } from './load.ts';

/** Editors write a file in several steps, and people save several files: wait until they are quiet. */
const QUIET_MILLISECONDS = 150;

/** A service cannot start on a config that is wrong. Carries everything that is. */
export class ConfigRefused extends Problem {
  readonly findings: readonly Finding[];

  constructor(folder: string, findings: readonly Finding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    super({
      code: 'config.refused',
      message: `The config in ${folder} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: ${first === undefined ? '' : formatFinding(first)}`,
      fix: 'Mend the files; tabledesk check lists everything that is wrong with them.',
    });
    this.findings = findings;
  }
}

export interface WatchGiven extends ConfigGiven {
  /** When the watcher itself reads the files; a test leaves it to `reload`. */
  schedule: Schedule;
}

/**
 * Loads a config and keeps up with its files. A version that is wrong is refused, and the last good one
 * stays in force. Throws `ConfigRefused` when there is no good one to begin with.
 */
export async function watchConfig(asked: WatchGiven): Promise<LiveConfig> {
  const given = { ...asked, reader: createSourceReader() };
  const first = await loadConfig(given);
  if ('findings' in first) throw new ConfigRefused(given.folder, first.findings);
  let current: LoadedConfig = first.loaded;
  let refused: readonly Finding[] | null = null;
  let reading = Promise.resolve();
  const listeners: (() => void)[] = [];

  async function readAgain(): Promise<void> {
    const result = await loadConfig({ ...given, previous: current });
    const isNews =
      'findings' in result ? !isSame(refused, result.findings) : refused !== null || result.loaded !== current;
    refused = 'findings' in result ? result.findings : null;
    current = 'loaded' in result ? result.loaded : current;
    if (isNews) for (const listener of listeners) listener();
  }

  async function lookForSecrets(): Promise<void> {
    const result = checkConfig(current.files, given);
    if ('findings' in result) return;
    current = result.loaded;
    for (const listener of listeners) listener();
  }

  /** One reading after the other, so that the last one saved is the last one read. */
  function inTurn(read: () => Promise<void>): Promise<void> {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  const reload = () => inTurn(readAgain);

  const watcher = watchFolder(given, () => void reload().catch(() => {}));
  return {
    current: () => current,
    refused: () => refused,
    onChange: (listener) => void listeners.push(listener),
    reload,
    lookForSecrets: () => inTurn(lookForSecrets),
    async close() {
      watcher.close();
      await reading;
    },
  };
}

function isSame(one: readonly Finding[] | null, other: readonly Finding[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Watches the folder rather than its files: editors write a new file and rename it over the old one. */
function watchFolder({ folder, schedule }: WatchGiven, changed: () => void): { close(): void } {
  let waiting: { cancel(): void } | null = null;
  const watcher = watch(folder, { recursive: true }, () => {
    waiting?.cancel();
    waiting = schedule(changed, QUIET_MILLISECONDS);
  });
  // A folder that goes away is no reason to stop: the last good config stays in force.
  watcher.on('error', () => {});
  return {
    close() {
      waiting?.cancel();
      watcher.close();
    },
  };
}
