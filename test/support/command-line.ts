import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { main } from '../../src/cli/index.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { createLog } from '../../src/kit/log.ts';
import { type Service, startService } from '../../src/main.ts';
import { deskFolders } from './running-desk.ts';

type Variables = Readonly<Record<string, string>>;

/** A desk in folders of its own, as somebody has it who works at a terminal. */
export interface CommandLine {
  cwd: string;
  /** What every command and the service get; more can be put into it. */
  env: Record<string, string> & { TABLEDESK_CONFIG: string; TABLEDESK_DATA: string };
  /** Runs a command line; `.env` is read as `npx tabledesk` reads it. */
  run(argv: readonly string[], more?: Variables): Promise<{ code: number; out: string; err: string }>;
  /** Starts the service, with `.env` too. */
  start(): Promise<Service>;
  remove(): Promise<void>;
}

/** The smallest config there is, and a terminal before it. */
export async function aCommandLine(variables: Variables): Promise<CommandLine> {
  const folders = await deskFolders('empty');
  const { configFolder, dataFolder } = folders;
  const cwd = join(configFolder, '..');
  const own = { HOST: '127.0.0.1', PORT: '0', TABLEDESK_CONFIG: configFolder, TABLEDESK_DATA: dataFolder };
  const env = { ...variables, ...own };
  return {
    cwd,
    env,
    async run(argv, more = {}) {
      const said = { out: '', err: '' };
      const code = await main(argv, {
        stdout: { write: (part) => void (said.out += part) },
        stderr: { write: (part) => void (said.err += part) },
        env: { ...(await dotEnv(cwd)), ...env, ...more },
        cwd: () => cwd,
      });
      return { code, ...said };
    },
    async start() {
      const all = { ...(await dotEnv(cwd)), ...env };
      return startService({ environment: readEnvironment(all), variables: all, log: createLog('silent') });
    },
    remove: () => folders.remove(),
  };
}

async function dotEnv(folder: string): Promise<Record<string, string | undefined>> {
  const text = await readFile(join(folder, '.env'), 'utf8').catch(() => '');
  return parseEnv(text);
}
