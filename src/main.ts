/**
 * Wires everything. The only file in `src` that names connectors, and the one place where time is real.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECTORS } from '../connectors/index.ts';
import { createAttachments } from './attachments/create.ts';
import { type Environment, withoutEmpty } from './config/environment.ts';
import { formatFinding } from './config/finding.ts';
import type { LiveConfig } from './config/live.ts';
import { loadConfig, type Loaded } from './config/load.ts';
import { watchConfig } from './config/watch.ts';
import { createConsole } from './console/index.ts';
import { recordConfig } from './db/config-history.ts';
import type { Connection } from './db/connection.ts';
import { openDatabase } from './db/open.ts';
import { type Lane, LANES, type Lanes, openLanes } from './db/queues.ts';
import { rowDatabase } from './db/row-database.ts';
import { createHttpApp } from './http/app.ts';
import { listen, type Listening } from './http/listen.ts';
import { forgetService, writeServiceFile } from './http/service-file.ts';
import { createInbox } from './inbox/create.ts';
import type { Connector } from './kit/connector.ts';
import type { Log } from './kit/log.ts';
import { createMetrics, type Metrics } from './kit/metrics.ts';
import { ownSecrets } from './kit/own-secrets.ts';
import { createOutbox } from './outbox/create.ts';
import { createPipeline } from './pipeline/create.ts';
import { countLoads } from './pipeline/look-again.ts';
import type { Notifier } from './ports/notifier.ts';
import type { Now } from './ports/now.ts';
import { createSweeps, type Sweeps } from './sweeps/create.ts';
import { createHousekeeping } from './sweeps/housekeeping.ts';
import { cronScheduler } from './sweeps/schedule.ts';
import { createBaseWatch } from './sync/base-watch.ts';
import { createFlush } from './sync/flush.ts';
import { moveIn } from './sync/move-in.ts';
import { createNews } from './sync/news.ts';
import { createPull } from './sync/pull.ts';
import { type KeptMeter, openRequestMeter } from './sync/request-meter.ts';
import { createStoreMemory } from './sync/store-memory.ts';
import { storeColumns } from './sync/team-columns.ts';

// What the commands need besides, so that each waits for one import, when it runs and not before.
export { CONNECTORS };
export { readEnvironment } from './config/environment.ts';
export { formatFinding } from './config/finding.ts';
export { createLog } from './kit/log.ts';

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A service that runs. */
export interface Service {
  /** Where it listens, as people on this machine reach it. */
  address: string;
  /** Opens the console and the API. */
  token: string;
  /** Where the data lives. */
  place: string;
  config: LiveConfig;
  /** Ends what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

export interface ServiceGiven {
  environment: Environment;
  /** For connectors, and for the secrets that the config names. */
  variables: Variables;
  log: Log;
  /** What messages leave by, when it is not the mail server of the environment. */
  notifier?: Notifier;
  /** What time it is; left out, what the clock of this machine says. */
  now?: Now;
  /** Lets time pass; left out, it really does. */
  pause?: Pause;
}

type Pause = (milliseconds: number) => Promise<void>;

/** What a stage is given: its clock and its way out are never those of a service. */
export type StageGiven = ServiceGiven & Required<Pick<ServiceGiven, 'notifier' | 'now'>>;

/** A desk without doors and ticks: nothing happens on it but what is done with its parts. */
export interface Stage extends Pick<Parts, 'pipeline' | 'inbox' | 'outbox' | 'flush' | 'pull'> {
  connection: Connection;
  config: LiveConfig;
  /** What senders of the channel `json` and its like show. */
  jsonToken: string;
  close(): Promise<void>;
}

/** Lanes that look at everything; nobody wants that of a start. */
const NIGHTLY: ReadonlySet<Lane> = new Set(['full_pass', 'compare']);

/** Secrets that nobody has to set: made at first start, kept in the data folder. */
const OWN_SECRETS = ['TABLEDESK_TOKEN', 'JSON_TOKEN'] as const;

/**
 * Starts the service. Ready when it resolves.
 *
 * @throws Problem `config.refused`, `data.in-use`, `database.newer`, `http.port-taken`
 */
export async function startService(given: ServiceGiven): Promise<Service> {
  const { environment, log, now = realTime, pause = sleep } = given;
  const variables = variablesOf(given);
  const config = await openConfig(environment, variables);
  const opened: (() => Promise<unknown>)[] = [() => config.close()];
  try {
    const connection = await openDatabase({ url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA });
    opened.unshift(() => connection.close());
    forgetService(environment.TABLEDESK_DATA);
    const notifier = given.notifier ?? mailOf(variables);
    opened.unshift(async () => notifier.close?.());
    const lanes = await openLanes(connection, (err) => log.error({ err }, 'a lane of work failed'));
    opened.unshift(() => lanes.stop());
    const token = variables.TABLEDESK_TOKEN;
    const shared = { environment, variables, token, config, connection, log, now, pause };
    const meter = await openRequestMeter(connection, now);
    const desk = { ...shared, lanes, notifier, meter, metrics: createMetrics() };
    const parts = assemble(desk);
    await moveIn({ ...desk, store: parts.store });
    const sweeps = await setToWork(desk, parts);
    opened.unshift(async () => sweeps.stop());
    const { address, close } = await openDoors(desk, parts);
    opened.unshift(close);
    writeServiceFile(environment.TABLEDESK_DATA, address);
    return {
      address,
      token,
      place: connection.place,
      config,
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
  const { environment, log, notifier, now: clock, pause = sleep } = given;
  const variables = variablesOf(given);
  const config = await openConfig(environment, variables);
  try {
    const connection = await openDatabase({ url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA });
    const lanes = { wake: async () => undefined };
    const meter = await openRequestMeter(connection, clock);
    const parts = assemble({ variables, config, connection, lanes, notifier, meter, log, now: clock, pause });
    await moveIn({ connection, store: parts.store, log, now: clock });
    await recordConfig(connection.queries, config.current(), clock());
    return {
      ...parts,
      connection,
      config,
      jsonToken: variables.JSON_TOKEN,
      close: () => closeAll([() => connection.close(), () => config.close()]),
    };
  } catch (error) {
    await config.close();
    throw error;
  }
}

/** Reads a config folder as a start would, without making the secrets that a first start makes. */
export function readFolder(folder: string, variables: Variables): Promise<Loaded> {
  const made = Object.fromEntries(OWN_SECRETS.map((name) => [name, 'made at the first start']));
  return loadConfig({ folder, environment: { ...made, ...withoutEmpty(variables) }, connectors: CONNECTORS });
}

/** What the parts of a running desk share. */
interface Desk {
  environment: Environment;
  variables: Variables;
  /** Opens the console and the API. */
  token: string;
  config: LiveConfig;
  connection: Connection;
  lanes: Lanes;
  notifier: Notifier;
  /** Counts what is asked of the base. */
  meter: KeptMeter;
  metrics: Metrics;
  now: Now;
  pause: Pause;
  log: Log;
}

/** What the working parts need of it. */
interface Ground extends Pick<
  Desk,
  'variables' | 'config' | 'connection' | 'notifier' | 'meter' | 'now' | 'pause' | 'log'
> {
  lanes: Pick<Lanes, 'wake'>;
}

/** The working parts of a desk, each knowing only those that it is handed. */
function assemble(desk: Ground) {
  const { connection, config, lanes, log, notifier, meter, now, pause } = desk;
  const storeConnector = connectorOf(config.current().store.kind);
  const store = storeOf(desk, storeConnector);
  const pipeline = createPipeline({ ...desk, connectors: CONNECTORS, wake: lanes.wake });
  const policy = () => config.current().policy;
  const publicAddress = desk.variables['PUBLIC_URL']?.replace(/\/+$/, '') ?? null;
  const calledAt = { kind: storeConnector.id, publicAddress, wake: () => lanes.wake('pull') };
  const news = createNews({ ...calledAt, connection, store, meter, now, log });
  const hasNews = () => news !== null;
  const sync = { connection, store, pipeline, policy, meter, hasNews, now, pause, log };
  return {
    store,
    news,
    storeTitle: storeConnector.title,
    pipeline,
    flush: createFlush(sync),
    pull: createPull(sync),
    outbox: createOutbox({ connection, notifier, now, log }),
    attachments: createAttachments({
      connection,
      store,
      connectors: CONNECTORS,
      config: () => config.current(),
      publicAddress,
      now,
      log,
    }),
    housekeeping: createHousekeeping({ connection, timeZone: () => policy().desk.timeZone, now, pause }),
    inbox: createInbox({
      connection,
      connectors: CONNECTORS,
      channels: () => config.current().channels,
      wake: () => lanes.wake('inbox'),
      now,
      log,
    }),
  };
}

type Parts = ReturnType<typeof assemble>;

/** Sets the lanes to work: what is left from before is taken up at once, and the ticks begin. */
async function setToWork(desk: Desk, parts: Parts): Promise<Sweeps> {
  const { pipeline, flush, pull, outbox, attachments, housekeeping, news } = parts;
  const { config, connection, lanes, log, metrics } = desk;
  await countLoads({ connection });
  if (connection.engine === 'pglite') await outbox.letGo();
  config.onChange(() => {
    configChanged(desk).catch((err: unknown) => log.error({ err }, 'a changed config could not be recorded'));
  });
  // Nothing is decided before the base was read: a request's number may be taken there, and what people did to a
  // ticket may stand in a row to come. The next look finds it.
  const decide = async (judge: () => Promise<unknown>) => ((await pull.knowsBase()) ? judge() : undefined);
  const work: Record<Lane, () => Promise<unknown>> = {
    inbox: () => decide(() => pipeline.drainInbox()),
    flush: () => flush.run(),
    pull: () => pull.run(),
    outbox: () => outbox.run(),
    attachments: () => attachments.run(),
    sweep: () => decide(() => pipeline.wakeDue()),
    full_pass: () => decide(() => pipeline.reviewAll()),
    compare: () => pull.compareAll(),
    housekeeping: () => Promise.all([housekeeping.run(), news?.subscribe(), lanes.wake('flush')]),
  };
  for (const lane of LANES) {
    const timed = metrics.timed(lane, async () => void (await work[lane]()));
    await lanes.serve(lane, timed, { atStart: !NIGHTLY.has(lane) });
  }
  await takeConfig(desk);
  const sweeps = sweepsOf(desk);
  sweeps.start();
  return sweeps;
}

/** Opens the doors: hooks, forms, API and console on one port. */
function openDoors(desk: Desk, parts: Parts): Promise<Listening> {
  const { environment, config, connection, token, log, metrics, now } = desk;
  const base = createBaseWatch({ ...desk, ...parts });
  const shared = { connection, config, now, log };
  const consoleRouter = createConsole({
    ...shared,
    pipeline: parts.pipeline,
    outbox: parts.outbox,
    attachments: parts.attachments,
    secret: { password: environment.TABLEDESK_PASSWORD ?? null, token },
    status: {
      publicAddress: environment.PUBLIC_URL ?? null,
      storeTitle: parts.storeTitle,
      addressOfRow: (rowId) => parts.store.addressOf(rowId),
      configSource: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
      startedAt: now(),
      base,
    },
  });
  const { inbox, attachments, news } = parts;
  const routed = { inbox, attachments, news, consoleRouter, base };
  const app = createHttpApp({ ...shared, ...routed, token, metrics });
  return listen(app, { port: environment.PORT, host: environment.HOST });
}

function sweepsOf(desk: Desk): Sweeps {
  const { timeZone } = desk.config.current().policy.desk;
  return createSweeps({ ...desk, schedule: cronScheduler(desk.log), timeZone });
}

/** Brings the running desk up to date with the files, or says why they are refused. */
async function configChanged(desk: Desk): Promise<void> {
  const { config, log } = desk;
  const { version } = config.current();
  const refused = config.refused();
  for (const finding of refused ?? []) log.error({ version }, formatFinding(finding));
  if (refused !== null) return;
  log.info({ version }, 'the config on disk is in force');
  await takeConfig(desk);
}

/** Under another config every open ticket is judged anew: due times move, and each says why. */
async function takeConfig({ config, connection, lanes, now }: Desk): Promise<void> {
  const isNew = await recordConfig(connection.queries, config.current(), now());
  if (isNew) await lanes.wake('full_pass');
}

function variablesOf({ environment, variables }: ServiceGiven) {
  return { ...ownSecrets(environment.TABLEDESK_DATA, OWN_SECRETS), ...withoutEmpty(variables) };
}

function openConfig({ TABLEDESK_CONFIG: folder }: Environment, variables: Variables): Promise<LiveConfig> {
  return watchConfig({ folder, environment: variables, connectors: CONNECTORS, schedule: later });
}

function connectorOf(kind: string): Connector {
  const connector = CONNECTORS[kind];
  if (connector !== undefined) return connector;
  throw new Error(`The config was checked, and yet there is no connector ${kind}.`);
}

function storeOf({ config, connection, variables, meter, now, pause }: Ground, { store, id }: Connector) {
  if (store === undefined) throw new Error(`The config was checked, and yet ${id} is no store.`);
  return store.create(config.current().store.settings, {
    environment: variables,
    rows: rowDatabase(connection),
    columns: () => storeColumns(config.current().policy),
    now,
    pause,
    meter,
    memory: createStoreMemory(connection),
  });
}

/** The way out for messages that the environment names. */
export function mailOf(variables: Variables): Notifier {
  const { notifier } = connectorOf('email');
  if (notifier === undefined) throw new Error('The connector email sends nothing.');
  return notifier.create({}, { environment: variables });
}

/** In the reverse order of opening; one that fails does not keep the others open. */
async function closeAll(opened: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const close of opened) await close().catch(() => undefined);
}

function later(work: () => void, milliseconds: number) {
  const timer = setTimeout(work, milliseconds);
  return { cancel: () => clearTimeout(timer) };
}

/** What the clock of this machine says. */
export function realTime(): Temporal.Instant {
  return Temporal.Now.instant();
}
