/**
 * Wires everything. The only file in `src` that names connectors, and the one place where time is real.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECTORS } from '../connectors/index.ts';
import { createTryConfig } from './backtest/create.ts';
import type { TryConfig } from './backtest/index.ts';
import { type Environment, withoutEmpty } from './config/environment.ts';
import type { LiveConfig } from './config/live.ts';
import { loadConfig, type Loaded } from './config/load.ts';
import { MAIL_KIND } from './config/mail.ts';
import { createSecretKeeper, type SecretFile, type SecretKeeper } from './config/secret-keeper.ts';
import { stillConfig } from './config/still.ts';
import { ConfigRefused, watchConfig } from './config/watch.ts';
import { type ConsoleParts, createConsole } from './console/index.ts';
import { catchUp, listenToChannels, setToWork, takeUp } from './at-work.ts';
import {
  assemble,
  backtestOf,
  connectorOf,
  type Desk,
  type Parts,
  type Pause,
  type Variables,
  withTablesOfBase,
} from './desk.ts';
import { recordConfig } from './db/config-history.ts';
import type { Connection } from './db/connection.ts';
import type { Disk } from './db/durable-files.ts';
import { type DatabasePlace, openDatabase } from './db/open.ts';
import { dutiesOf } from './db/duties.ts';
import { openLanes } from './db/queues.ts';
import { createHealthApp, createHttpApp } from './http/app.ts';
import { createLeaving, type Leaving } from './http/leaving.ts';
import { listen, type Listening } from './http/listen.ts';
import { forgetService, writeServiceFile } from './http/service-file.ts';
import { ask } from './kit/ask.ts';
import { liveNotifier } from './kit/live-notifier.ts';
import type { Log } from './kit/log.ts';
import { createMetrics } from './kit/metrics.ts';
import { ownSecrets } from './kit/own-secrets.ts';
import { createPageLinks } from './kit/page-links.ts';
import { openKnowledge } from './knowledge/create.ts';
import type { Notifier } from './ports/notifier.ts';
import type { Now } from './ports/now.ts';
import { createPresence } from './sweeps/presence.ts';
import { cronScheduler } from './sweeps/schedule.ts';
import { type BaseWatch, createBaseWatch } from './sync/base-watch.ts';
import { moveIn } from './sync/move-in.ts';
import { openRequestMeter } from './sync/request-meter.ts';

// What the commands need besides, so that each waits for one import, when it runs and not before.
export { CONNECTORS };
export { readEnvironment } from './config/environment.ts';
export { ConfigRefused } from './config/watch.ts';
export { formatFinding } from './config/finding.ts';
export { createLog } from './kit/log.ts';

/** A service that runs. */
export interface Service {
  /** Where it listens, as people on this machine reach it. */
  address: string;
  /** Opens the API, and the console where it has no password of its own. */
  token: string;
  /** What opens the console: the token, or where its password stands. */
  opensWith: string;
  /** Where the data lives. */
  place: string;
  config: LiveConfig;
  /** Has load balancers send to others, and serves what still comes for as long as the environment says. */
  leave(): Promise<void>;
  /** Ends what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

export interface ServiceGiven {
  environment: Environment;
  /** For connectors, and for the secrets that the config names. */
  variables: Variables;
  log: Log;
  /** Where secrets of channels are kept that people set in the console; left out, they set none there. */
  secretFile?: SecretFile;
  /** What messages leave by, when it is not the mail server of the environment. */
  notifier?: Notifier;
  /** What time it is; left out, what the clock of this machine says. */
  now?: Now;
  /** Lets time pass; left out, it really does. */
  pause?: Pause;
  /** What the embedded database flushes to; left out, the disk of this machine. */
  disk?: Disk;
}

/** What a stage is given: its clock and its way out are never those of a service. */
export type StageGiven = ServiceGiven &
  Required<Pick<ServiceGiven, 'notifier' | 'now'>> &
  Pick<Parameters<typeof assemble>[0], 'newId'>;

/** A desk without doors and ticks: nothing happens on it but what is done with its parts. */
export interface Stage extends Pick<Parts, 'pipeline' | 'inbox' | 'outbox' | 'flush' | 'pull'> {
  connection: Connection;
  config: LiveConfig;
  /** What senders of the channel `json` and its like show. */
  jsonToken: string;
  close(): Promise<void>;
}

/** Secrets that nobody has to set: made at first start, kept in the data folder. */
const OWN_SECRETS = ['TABLEDESK_TOKEN', 'JSON_TOKEN', 'SURVEY_SECRET', 'REPLY_SECRET'] as const;

/**
 * Starts the service. Ready when it resolves.
 *
 * @throws Problem `config.refused`, `data.in-use`, `database.newer`, `http.port-taken`
 */
export async function startService(given: ServiceGiven): Promise<Service> {
  const { environment, log, now = realTime, pause = sleep } = given;
  const clock = { now, pause, schedule, ...(given.now === undefined && { elapsed: () => performance.now() }) };
  const variables = variablesOf(given);
  const files = await openConfig(environment, variables);
  const opened: (() => Promise<unknown>)[] = [() => files.close()];
  try {
    const connection = await openDatabase(placeOf(given));
    opened.unshift(() => connection.close());
    const config = await withTablesOfBase(files, connection, now);
    forgetService(environment.TABLEDESK_DATA);
    const notifier = given.notifier ?? (await mailNow(config, variables));
    opened.unshift(async () => notifier.close?.());
    const lanes = await openLanes(connection, (err) => log.error({ err }, 'a lane of work failed'));
    opened.unshift(() => lanes.stop());
    const token = variables.TABLEDESK_TOKEN;
    const shared = { environment, variables, connectors: CONNECTORS, token, config, connection, log, ...clock };
    const meter = await openRequestMeter(connection, now);
    const keeper = createSecretKeeper({ variables, file: given.secretFile ?? null, config, log });
    const desk = { ...shared, lanes, notifier, meter, keeper, leaving: leavingOf(given), metrics: createMetrics() };
    const parts = await assemble(desk);
    await moveIn({ ...desk, store: parts.store });
    opened.unshift(await bePresent(desk, parts));
    const sweeps = await setToWork(desk, parts);
    opened.unshift(async () => sweeps.stop());
    const { address, close } = await openDoors(desk, parts);
    opened.unshift(close);
    await listenToChannels(desk, parts);
    const working = [parts.listeners, parts.events, parts.learning, parts.backtests];
    opened.unshift(() => Promise.all(working.map((part) => part.close())));
    writeServiceFile(environment.TABLEDESK_DATA, address);
    await takeUp(desk);
    return {
      address,
      token,
      opensWith: environment.TABLEDESK_PASSWORD === undefined ? token : 'the password in TABLEDESK_PASSWORD',
      place: connection.place,
      config,
      leave: desk.leaving.begin,
      stop: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/**
 * Opens a desk to play a story on: the parts are those of a service, the clock is the one that is given.
 *
 * @throws Problem `config.refused`, `data.in-use`, `database.newer`
 */
export async function openStage(given: StageGiven): Promise<Stage> {
  const { environment, log, notifier, now, pause = sleep, newId } = given;
  const variables = variablesOf(given);
  const files = await openConfig(environment, variables);
  const opened = [() => files.close()];
  try {
    const connection = await openDatabase(placeOf(given));
    opened.unshift(() => connection.close());
    const config = await withTablesOfBase(files, connection, now);
    const shared = { variables, connectors: CONNECTORS, config, connection, notifier, log, now, pause, schedule };
    const meter = await openRequestMeter(connection, now);
    const ids = newId === undefined ? {} : { newId };
    const parts = await assemble({ ...shared, ...ids, meter, lanes: { wake: async () => undefined } });
    await moveIn({ ...shared, store: parts.store });
    await recordConfig(connection.queries, config.current(), now());
    return { ...parts, connection, config, jsonToken: variables.JSON_TOKEN, close: () => closeAll(opened) };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** A way to try changed configs on the tickets of a database, while no service has it. */
export interface Trying {
  tryConfig: TryConfig;
  close(): Promise<void>;
}

/**
 * Opens the database of a desk to try changed configs on its tickets.
 *
 * @throws Problem `config.refused`, `data.in-use`, `database.newer`
 */
export async function openTrying({
  environment,
  ...given
}: Pick<ServiceGiven, 'environment' | 'variables'>): Promise<Trying> {
  const variables = withoutEmpty(given.variables);
  const read = await readFolder(environment.TABLEDESK_CONFIG, variables);
  if ('findings' in read) throw new ConfigRefused(environment.TABLEDESK_CONFIG, read.findings);
  const connection = await openDatabase({ url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA });
  try {
    const knowledge = await openKnowledge(connection);
    const publicAddress = variables['PUBLIC_URL'] ?? null;
    const pages = createPageLinks({ secret: 'of no letter', publicAddress });
    const ground = { connection, config: stillConfig(read.loaded), connectors: CONNECTORS, variables, now: realTime };
    const parts = backtestOf(ground, { ...knowledge, pages });
    return { tryConfig: createTryConfig(parts), close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function placeOf({ environment, disk }: ServiceGiven): DatabasePlace {
  return { url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA, disk };
}

/** Reads a config folder as a start would, without making the secrets that a first start makes. */
export function readFolder(folder: string, variables: Variables): Promise<Loaded> {
  const made = Object.fromEntries(OWN_SECRETS.map((name) => [name, 'made at the first start']));
  return loadConfig({ folder, environment: { ...made, ...withoutEmpty(variables) }, connectors: CONNECTORS });
}

/** Opens the doors: hooks, forms, API and console on one port. */
function openDoors(desk: Desk & { keeper: SecretKeeper; leaving: Leaving }, parts: Parts): Promise<Listening> {
  const { environment, config, connection, token, log, metrics, now } = desk;
  const base = createBaseWatch({ ...desk, ...parts });
  const shared = { connection, config, now, log };
  const consoleRouter = createConsole({
    ...shared,
    pipeline: parts.pipeline,
    outbox: parts.outbox,
    attachments: parts.attachments,
    events: parts.events,
    knowledge: parts.knowledge,
    tables: parts.tables,
    team: parts.team,
    learning: parts.learning,
    weekly: parts.weekly,
    backtests: parts.backtests,
    model: parts.model,
    doors: {
      lastTurnedAway: parts.inbox.lastTurnedAway,
      listening: parts.listeners.states,
      channelOf: parts.channelOf,
      kindOf: (kind) => CONNECTORS[kind] ?? null,
      markOf: (channel, id) => parts.testMarks.of(channel, id, now()),
    },
    keeper: desk.keeper,
    ask,
    secret: consoleSecret(environment, token),
    status: consoleStatus(desk, parts, base),
  });
  const { inbox, publicAddress, attachments, news, pages, pipeline, learning, backtests } = parts;
  const { findArticles } = parts.knowledge;
  const routed = {
    inbox,
    publicAddress,
    attachments,
    news,
    pages,
    rate: pipeline.rate,
    learning,
    backtests,
    consoleRouter,
    base,
  };
  const role = environment.TABLEDESK_ROLE;
  const createApp = dutiesOf(role).hasDoors ? createHttpApp : createHealthApp;
  const apiTokens = { token, readToken: environment.TABLEDESK_READ_TOKEN ?? null };
  const app = createApp({ ...shared, ...routed, findArticles, apiTokens, metrics, role, leaving: desk.leaving });
  return listen(app, { port: environment.PORT, host: environment.HOST });
}

/** Nobody sends to a process without doors. */
function leavingOf({ environment, pause = sleep }: ServiceGiven): Leaving {
  const { TABLEDESK_ROLE: role, STOP_GRACE_SECONDS: seconds } = environment;
  return createLeaving(dutiesOf(role).hasDoors ? seconds : 0, pause);
}

function consoleSecret(environment: Environment, token: string): ConsoleParts['secret'] {
  const {
    TABLEDESK_PASSWORD: password = null,
    TABLEDESK_AGENT_PASSWORD: agent = null,
    TABLEDESK_VIEWER_PASSWORD: viewer = null,
  } = environment;
  return { password, token, passwords: { agent, viewer } };
}

/** Lets others that share the database know of this process, and it of what they found. Returns the call that ends it. */
async function bePresent(desk: Desk, parts: Parts): Promise<() => Promise<void>> {
  const { environment, variables, config } = desk;
  const print = createHash('sha256').update(JSON.stringify(OWN_SECRETS.map((name) => variables[name])));
  const presence = createPresence({
    ...desk,
    id: randomUUID(),
    role: environment.TABLEDESK_ROLE,
    secretsPrint: print.digest('hex').slice(0, 16),
    configVersion: () => config.current().version,
    catchUp: () => catchUp(parts),
    schedule: cronScheduler(desk.log),
  });
  await presence.start();
  return () => presence.stop();
}

/** Held by all who look for secrets, so that one that is set later is seen by them. */
function variablesOf({ environment, variables }: ServiceGiven) {
  return { ...ownSecrets(environment.TABLEDESK_DATA, OWN_SECRETS), ...withoutEmpty(variables) };
}

/** What only the running process knows. */
function consoleStatus({ environment, now }: Desk, parts: Parts, base: BaseWatch): ConsoleParts['status'] {
  return {
    publicAddress: parts.publicAddress,
    storeTitle: parts.storeTitle,
    addressOfRow: (rowId) => parts.store.addressOf(rowId),
    configSource: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    configFolder: environment.TABLEDESK_CONFIG,
    startedAt: now(),
    base,
  };
}

function openConfig({ TABLEDESK_CONFIG: folder }: Environment, variables: Variables): Promise<LiveConfig> {
  return watchConfig({ folder, environment: variables, connectors: CONNECTORS, schedule });
}

/** Mail by the settings in force. */
function mailNow(config: LiveConfig, variables: Variables): Promise<Notifier> {
  const settings = () => config.current().mail.settings;
  return liveNotifier(settings, (given) => mailOf(variables, given));
}

/** The way out for mail: by the server that the environment names, as the settings say. */
export async function mailOf(variables: Variables, settings: unknown = {}): Promise<Notifier> {
  const { notifier } = connectorOf(CONNECTORS, MAIL_KIND);
  if (notifier === undefined) throw new Error('The connector email sends nothing.');
  return notifier.create(settings, { environment: variables, access: null, secrets: [], now: realTime, ask });
}

/** In the reverse order of opening; one that fails does not keep the others open. */
async function closeAll(opened: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const close of opened) await close().catch(() => undefined);
}

export function schedule(work: () => void, milliseconds: number) {
  const timer = setTimeout(work, milliseconds);
  return { cancel: () => clearTimeout(timer) };
}

/** What the clock of this machine says. */
export function realTime(): Temporal.Instant {
  return Temporal.Now.instant();
}
