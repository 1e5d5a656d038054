import { chmodSync, existsSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import type { Finding, LoadedConfig } from '../../config/live.ts';
import { Problem } from '../../domain/problem.ts';
import { CONNECTORS, mailOf, readFolder, realTime } from '../../main.ts';
import type { Connector } from '../../kit/connector.ts';
import { createNotifiers, type Notifiers } from '../../kit/notifiers.ts';
import { newsAddress } from '../../kit/news-address.ts';
import { noteBeside } from '../note-command.ts';
import { dotEnvOf, type Terminal } from '../terminal.ts';
import { checkBudget } from './budget.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';
import { checkEvents } from './events.ts';
import { findDatabase, type Found } from './database.ts';
import { textsInDns } from './dns.ts';
import { checkDataFolder, checkDotEnv } from './machine.ts';
import { checkMail } from './mail.ts';
import { checkModel } from './model.ts';
import { askForRoom, type Told, toldByService } from './service.ts';
import { checkStore, failed, mendStore, openStore, type OpenedStore } from './store.ts';
import { checkTables } from './tables.ts';
import { checkVectors } from './vectors.ts';
import { checkWays } from './ways.ts';

/** What is done beside looking. */
export interface Asked {
  /** Mends what can be mended. */
  fix: boolean;
  /** Sends a test to each system that follows tickets. */
  sendTest: boolean;
}

/** What came of looking at everything. */
export interface Examined {
  /** What was mended before, a line each. */
  mended: readonly CheckUp[];
  checkUps: readonly CheckUp[];
}

/** Looks at everything that a desk needs; with `fix`, mends first what can be mended. */
export async function examine(terminal: Terminal, asked: Asked): Promise<Examined> {
  const environment = environmentOf(terminal);
  if (environment instanceof Problem) return { mended: [], checkUps: [bad('Environment', environment)] };
  const database = await findDatabase(environment);
  try {
    return await examineWith(database, { environment, terminal, asked });
  } finally {
    await database.connection?.close();
  }
}

interface Desk {
  environment: Environment;
  terminal: Terminal;
  asked: Asked;
}

async function examineWith(
  database: Found,
  { environment, terminal, asked: { fix, sendTest } }: Desk,
): Promise<Examined> {
  const unnoted = fix ? await noteBeside(environment, database, { act: 'desk_mended', at: realTime() }) : null;
  const dotEnv = dotEnvOf(terminal);
  const closed = fix ? closeDotEnv(dotEnv) : [];
  const machine = [checkDotEnv(dotEnv), await checkDataFolder(environment)];
  const { config, checkUps: ofConfig } = await checkConfig(environment, terminal);
  const open = () => mailOf(terminal.env, config?.mail.settings);
  const mail = await checkMail(environment, { open, look: terminal.resolveTxt ?? textsInDns });
  const ways = config === null ? [] : await checkWays(config, notifiersOf(terminal));
  const toEvents = { resolve: (host: string) => lookup(host, { all: true }), sendTest, now: realTime };
  const events = await checkEvents(config?.subscriptions ?? [], toEvents);
  const { connection } = database;
  const asked = { variables: terminal.env, connection };
  const models = config === null ? [] : [...(await checkModel(config, asked)), ...(await checkVectors(config, asked))];
  const base = await lookAtBase({ environment, variables: terminal.env, config, database, fix });
  const ofMachine = [...machine, database.checkUp, ...(unnoted === null ? [] : [unnoted])];
  return {
    mended: [...closed, ...base.mended],
    checkUps: [...ofConfig, ...ofMachine, ...mail, ...ways, ...events, ...models, ...base.checkUps],
  };
}

function notifiersOf({ env }: Terminal): Notifiers {
  return createNotifiers({ connectors: CONNECTORS, environment: env, now: realTime });
}

function environmentOf({ env }: Terminal): Environment | Problem {
  try {
    return readEnvironment(env);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function closeDotEnv(file: string): readonly CheckUp[] {
  if (!existsSync(file) || checkDotEnv(file).sign === 'good') return [];
  chmodSync(file, 0o600);
  return [good('Environment', '.env is for you alone now.')];
}

/** The config as it would be at a start; null when it would be refused. */
async function checkConfig(
  { TABLEDESK_CONFIG: folder }: Environment,
  { env }: Terminal,
): Promise<{ config: LoadedConfig | null; checkUps: readonly CheckUp[] }> {
  const result = await readFolder(folder, env);
  if ('findings' in result) return { config: null, checkUps: result.findings.map(ofFinding) };
  const { loaded } = result;
  const order = good('Config', `The files in ${folder} are in order, version ${loaded.version.slice(0, 8)}.`);
  return { config: loaded, checkUps: [order, ...loaded.warnings.map(ofFinding)] };
}

function ofFinding({ severity, file, line, column, path, message, fix }: Finding): CheckUp {
  const subject = path === '' ? '' : ` ${path}:`;
  const said = { message: `${file}:${line}:${column}${subject} ${message.replace(/\.$/, '')}.`, fix };
  return severity === 'error' ? bad('Config', said) : warning('Config', said);
}

interface Base {
  environment: Environment;
  variables: Terminal['env'];
  config: LoadedConfig | null;
  database: Found;
  fix: boolean;
}

/** The store, and what is left of the month's requests. */
async function lookAtBase({ environment, variables, config, database, fix }: Base): Promise<Examined> {
  if (config === null) {
    const said = { message: 'Not looked at while the config has errors.', fix: 'Mend those first, then look again.' };
    return { mended: [], checkUps: [warning('Base', said)] };
  }
  const connector = CONNECTORS[config.store.kind];
  if (connector === undefined) throw new Error(`The config was checked, and yet there is no ${config.store.kind}.`);
  try {
    const { connection, isServed } = database;
    if (isServed) await askForRoom(environment);
    const opened = await openStore({ connector, config, variables, connection, isBeside: isServed });
    const mended = fix ? await mendStore(opened) : [];
    const found = await checkStore(opened);
    const ofTables = await checkTables(opened, config);
    await opened.meter?.save();
    const told = isServed ? await toldByService(environment) : null;
    return {
      mended,
      checkUps: [
        ...withLocked(found, opened, told),
        ...ofTables,
        ...callsOf(opened, connector, environment),
        ...budgetOf(opened, { isServed, told }),
      ],
    };
  } catch (error) {
    return { mended: [], checkUps: [failed(connector.title, error)] };
  }
}

/** Which columns are locked shows to whoever writes, so beside a service it alone knows. */
function withLocked(found: readonly CheckUp[], { title }: OpenedStore, told: Told | null): readonly CheckUp[] {
  const locked = (told?.lockedColumns ?? []).map((column) => warning(title, column));
  return locked.length === 0 ? found : [...found.filter(({ sign }) => sign !== 'good'), ...locked];
}

/** Where the base is to call, of one that a person has to tell. */
function callsOf({ title, store }: OpenedStore, { id }: Connector, { PUBLIC_URL }: Environment): readonly CheckUp[] {
  if (store.news?.byHand === undefined || PUBLIC_URL === undefined) return [];
  const address = newsAddress(PUBLIC_URL, id);
  return [good(title, `It can call ${address} when something changes; the page Health says how to set that up.`)];
}

/** A base that counts nothing has nothing to say here. */
function budgetOf(
  { store, meter }: OpenedStore,
  { isServed, told }: { isServed: boolean; told: Told | null },
): readonly CheckUp[] {
  const allowed = store.abilities.requestsPerMonth;
  if (allowed === null) return [];
  const spent = meter?.spentThisMonth() ?? (isServed ? (told?.spent ?? null) : 0);
  if (spent !== null) return [checkBudget({ spent, allowed }, realTime())];
  return [good('Requests', 'The running service counts them; it does not answer now.')];
}
