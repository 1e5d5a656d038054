import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { formatFinding } from '../../config/finding.ts';
import type { LoadedConfig } from '../../config/live.ts';
import { withStore } from '../../config/write-store.ts';
import { Problem } from '../../domain/problem.ts';
import type { Ask, Connected } from '../../kit/connect.ts';
import type { Connector } from '../../kit/connector.ts';
import { CONNECTORS, readFolder, realTime } from '../../main.ts';
import { deskColumns } from '../../sync/columns.ts';
import { createAsk, type Seat } from '../ask.ts';
import { findDatabase } from '../doctor/database.ts';
import { runDoctor } from '../doctor/run.ts';
import { writeDotEnv } from '../dot-env.ts';
import { noteBeside } from '../note-command.ts';
import { dotEnvOf, type ExitCode, folderOf, type Terminal } from '../terminal.ts';
import type { ConnectOptions } from './options.ts';

/**
 * Connects the desk to a base of that kind. Nothing is written down before every question has its answer.
 *
 * @throws Problem `connect.unknown`, `config.refused`, `connect.declined`, and those of the connector
 */
export async function runConnect(kind: string, options: ConnectOptions, terminal: Terminal): Promise<ExitCode> {
  const connect = connectOf(kind);
  const environment = readEnvironment(terminal.env);
  const folder = environment.TABLEDESK_CONFIG;
  const config = await readConfig(folder, terminal);
  const ask = createAsk({ answers: answersOf(options), takesUsual: options.yes }, seatOf(terminal));
  await askWhetherToMove(kind, { config, ask });
  const connected = await connect({
    ask,
    say: (text) => void terminal.stdout.write(`${text}\n`),
    environment: terminal.env,
    columns: deskColumns(config.policy),
    deskName: config.policy.desk.name,
    settings: config.store.kind === kind ? config.store.settings : null,
    now: realTime,
    pause: sleep,
  });
  await note(environment, terminal);
  const env = writeDown(kind, connected, { folder, terminal });
  if (config.store.kind !== kind && mayHaveTickets(environment)) terminal.stdout.write(TICKETS_MOVE);
  terminal.stdout.write('\n');
  const { stdout, stderr } = terminal;
  const code = await runDoctor({ stdout, stderr, env, cwd: () => folderOf(terminal) }, { fix: false, sendTest: false });
  for (const paragraph of connected.next) terminal.stdout.write(`\n${paragraph}\n`);
  return code;
}

function connectOf(kind: string): NonNullable<Connector['connect']> {
  const connect = CONNECTORS[kind]?.connect;
  if (connect !== undefined) return connect;
  const known = Object.values(CONNECTORS).filter((connector) => connector.connect !== undefined);
  throw new Problem({
    code: 'connect.unknown',
    message: `There is no base of the kind "${kind}" to connect.`,
    fix: `Write npx tabledesk connect and one of: ${known.map(({ id }) => id).join(', ')}.`,
  });
}

/** Nothing is written into a config that has mistakes: whose they are could not be told any more. */
async function readConfig(folder: string, { env }: Terminal): Promise<LoadedConfig> {
  const result = await readFolder(folder, env);
  if ('loaded' in result) return result.loaded;
  const [first] = result.findings;
  throw new Problem({
    code: 'config.refused',
    message: first === undefined ? 'The config cannot be read.' : `The config has mistakes: ${formatFinding(first)}`,
    fix: 'Mend it first; npx tabledesk check lists every mistake.',
  });
}

/** What there is on the command line, by the names of the questions. */
function answersOf({ table, newTable, newDatabase, column, ...said }: ConnectOptions) {
  const columns = Object.entries(column).map(([ours, theirs]) => [`column.${ours}`, theirs]);
  return {
    ...said,
    // Who names a new table, or columns, has answered the question that comes before.
    table: table ?? (newTable === undefined ? undefined : 'new'),
    'new-table': newTable,
    'new-database': newDatabase,
    mapping: columns.length > 0 ? 'one by one' : undefined,
    ...Object.fromEntries(columns),
  };
}

function seatOf({ stdin, stdout }: Terminal): Seat | null {
  return stdin?.isTTY && stdout.isTTY ? { input: process.stdin, output: process.stdout } : null;
}

/** A desk that has another base leaves it: rows stay there, and tickets come to the new one. */
async function askWhetherToMove(kind: string, { config, ask }: { config: LoadedConfig; ask: Ask }): Promise<void> {
  const { kind: before } = config.store;
  if (before === kind || before === 'embedded') return;
  const title = CONNECTORS[before]?.title ?? before;
  if (await ask.confirm('move', `This desk is connected to ${title}. Leave that base?`, false)) return;
  throw new Problem({
    code: 'connect.declined',
    message: `The desk stays with ${title}; nothing was changed.`,
    fix: 'Run it again with --move when it is to leave that base.',
  });
}

const TICKETS_MOVE =
  'Tickets that the desk has already get their rows in this base at the next start, but for those that are closed.\n';

function mayHaveTickets({ DATABASE_URL, TABLEDESK_DATA }: Environment): boolean {
  return DATABASE_URL !== undefined || existsSync(join(TABLEDESK_DATA, 'database'));
}

async function note(environment: Environment, { stdout }: Terminal): Promise<void> {
  const database = await findDatabase(environment);
  try {
    const unnoted = await noteBeside(environment, database, { act: 'base_connected', at: realTime() });
    if (unnoted !== null) stdout.write(`${unnoted.message} ${unnoted.fix}\n`);
  } finally {
    await database.connection?.close();
  }
}

/** Writes desk.yaml and .env. Returns the environment as the next start will see it. */
function writeDown(kind: string, connected: Connected, { folder, terminal }: { folder: string; terminal: Terminal }) {
  const file = join(folder, 'desk.yaml');
  const entry = { kind, settings: connected.settings, comments: connected.comments };
  replaceFile(file, withStore(existsSync(file) ? readFileSync(file, 'utf8') : '', entry));
  terminal.stdout.write(`Written: store in ${file}; all else in it is as it was.\n`);
  const fresh = Object.entries(connected.secrets).filter(([name, value]) => terminal.env[name] !== value);
  if (fresh.length > 0) {
    writeDotEnv(dotEnvOf(terminal), Object.fromEntries(fresh));
    const names = fresh.map(([name]) => name).join(', ');
    terminal.stdout.write(`Written: ${names} in .env, which only you can read and git leaves alone.\n`);
  }
  return { ...terminal.env, ...connected.secrets };
}

/** A service that runs never reads half a file. */
function replaceFile(file: string, text: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}
