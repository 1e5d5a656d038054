/**
 * Wires everything. The only file in `src` that names connectors, and the one place where time is real.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { CONNECTORS } from '../connectors/index.ts';
import type { Environment } from './config/environment.ts';
import { formatFinding } from './config/finding.ts';
import type { Finding, LiveConfig } from './config/live.ts';
import { loadConfig } from './config/load.ts';
import { watchConfig } from './config/watch.ts';
import { createConsole } from './console/index.ts';
import type { Connection } from './db/connection.ts';
import { openDatabase } from './db/open.ts';
import { LANES, type Lanes, openLanes } from './db/queues.ts';
import { rowDatabase } from './db/row-database.ts';
import { configVersions } from './db/schema.ts';
import { createHttpApp } from './http/app.ts';
import { createInbox } from './inbox/create.ts';
import { Problem } from './domain/problem.ts';
import type { Connector } from './kit/connector.ts';
import type { Log } from './kit/log.ts';
import { createMetrics, type Metrics } from './kit/metrics.ts';
import { ownSecrets } from './kit/own-secrets.ts';
import { createOutbox } from './outbox/create.ts';
import { createPipeline } from './pipeline/create.ts';
import { countLoads } from './pipeline/look-again.ts';
import type { Now } from './ports/now.ts';
import { deskColumns } from './sync/columns.ts';
import { createFlush } from './sync/flush.ts';
import { createPull } from './sync/pull.ts';

// What the commands need besides, so that each waits for one import, when it runs and not before.
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
}

/** What a running service writes into its data folder, so that commands find it. */
export const SERVICE_FILE = 'service.json';

/** Secrets that nobody has to set: made at first start, kept in the data folder. */
const OWN_SECRETS = ['TABLEDESK_TOKEN', 'JSON_TOKEN'] as const;

/** The sweep looks at what is due this often; a ticket is never judged later than that because nobody looked. */

/**
 * Starts the service. Ready when it resolves.
 *
 * @throws Problem `config.refused`, `data.in-use`, `database.newer`, `http.port-taken`
 */
export async function startService(given: ServiceGiven): Promise<Service> {
  const { environment, log } = given;
  const variables = { ...ownSecrets(environment.TABLEDESK_DATA, OWN_SECRETS), ...withoutEmpty(given.variables) };
  const config = await watchConfig({
    folder: environment.TABLEDESK_CONFIG,
    environment: variables,
    connectors: CONNECTORS,
    schedule: later,
  });
  const opened: (() => Promise<unknown>)[] = [() => config.close()];
  try {
    const connection = await openDatabase({ url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA });
    opened.unshift(() => connection.close());
    const lanes = await openLanes(connection, (err) => log.error({ err }, 'a lane of work failed'));
    opened.unshift(() => lanes.stop());
    const desk = { environment, variables, config, connection, lanes, log, now, metrics: createMetrics() };
    const server = await serve(desk);
    opened.unshift(() => closeServer(server));
    const address = addressOf(server);
    writeServiceFile(environment.TABLEDESK_DATA, address);
    return {
      address,
      token: String(variables.TABLEDESK_TOKEN),
      place: connection.place,
      config,
      stop: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** Checks a config folder as a start would, and gives everything there is to say about it. */
export async function checkFolder(folder: string, variables: Variables): Promise<readonly Finding[]> {
  const result = await loadConfig({ folder, environment: variables, connectors: CONNECTORS });
  return 'findings' in result ? result.findings : result.loaded.warnings;
}

/** What the parts of a running desk share. */
interface Desk {
  environment: Environment;
  variables: Variables;
  config: LiveConfig;
  connection: Connection;
  lanes: Lanes;
  metrics: Metrics;
  now: Now;
  log: Log;
}

/** Puts the parts together, sets the lanes to work, and listens. */
async function serve(desk: Desk): Promise<Server> {
  const { connection, config, lanes, log, metrics } = desk;
  const storeConnector = connectorOf(config.current().store.kind);
  const store = storeOf(desk, storeConnector);
  const pipeline = createPipeline({ ...desk, connectors: CONNECTORS, wake: lanes.wake });
  const syncParts = { connection, store, pipeline, policy: () => config.current().policy, now, log };
  const flush = createFlush(syncParts);
  const pull = createPull(syncParts);
  const outbox = createOutbox({ connection, notifier: mailOf(desk), now, log });
  const inbox = createInbox({
    ...desk,
    connectors: CONNECTORS,
    channels: () => config.current().channels,
    wake: () => lanes.wake('inbox'),
  });
  await countLoads({ connection });
  await rememberConfig(desk);
  config.onChange(
    () => void configChanged(desk).catch((err: unknown) => log.error({ err }, 'a changed config was not recorded')),
  );
  const work = {
    inbox: () => pipeline.drainInbox(),
    flush: async () => void (await flush.run()),
    pull: async () => void (await pull.run()),
    outbox: async () => void (await outbox.run()),
    sweep: async () => void (await pipeline.wakeDue()),
    full_pass: async () => {
      await pipeline.reviewAll();
      await pull.compareAll();
    },
    housekeeping: async () => undefined,
  };
  for (const lane of LANES) await lanes.serve(lane, metrics.timed(lane, work[lane]));
  const consoleRouter = createConsole({
    connection,
    pipeline,
    config,
    secret: { password: desk.environment.TABLEDESK_PASSWORD ?? null, token: String(desk.variables['TABLEDESK_TOKEN']) },
    outbox,
    status: {
      publicAddress: desk.environment.PUBLIC_URL ?? null,
      storeTitle: storeConnector.title,
      addressOfRow: (rowId) => store.addressOf(rowId),
      configSource: (file) => readFileSync(join(desk.environment.TABLEDESK_CONFIG, file), 'utf8'),
      startedAt: now(),
      requestsSpent: () => null,
    },
    now,
    log,
  });
  const app = createHttpApp({
    inbox,
    config,
    connection,
    consoleRouter,
    token: String(desk.variables['TABLEDESK_TOKEN']),
    requestsSpent: () => null,
    now,
    log,
    metrics,
  });
  return listen(createServer(app), desk.environment);
}

/** Brings the running desk up to date with the files, or says why they are refused. */
async function configChanged({ config, connection, lanes, log, now }: Desk): Promise<void> {
  const refused = config.refused();
  for (const finding of refused ?? []) log.error({ version: config.current().version }, formatFinding(finding));
  if (refused !== null) return;
  await rememberConfig({ config, connection, now });
  log.info({ version: config.current().version }, 'the config on disk is in force');
  // Every open ticket is judged anew by the rules of now: due times move, and each says why.
  await lanes.wake('full_pass');
}

/** Keeps each config that was ever in force, so that a decision's version can be looked up. */
async function rememberConfig({ config, connection, now }: Pick<Desk, 'config' | 'connection' | 'now'>): Promise<void> {
  const { version, files } = config.current();
  await connection.queries.insert(configVersions).values({ version, files, loadedAt: now() }).onConflictDoNothing();
}

function connectorOf(kind: string): Connector {
  const connector = CONNECTORS[kind];
  if (connector !== undefined) return connector;
  throw new Error(`The config was checked, and yet there is no connector ${kind}.`);
}

function storeOf({ config, connection, variables }: Desk, { store, id }: Connector) {
  if (store === undefined) throw new Error(`The config was checked, and yet ${id} is no store.`);
  return store.create(config.current().store.settings, {
    environment: variables,
    rows: rowDatabase(connection),
    columns: () => deskColumns(config.current().policy),
    now,
  });
}

function mailOf({ variables }: Desk) {
  const { notifier } = connectorOf('email');
  if (notifier === undefined) throw new Error('The connector email sends nothing.');
  return notifier.create({}, { environment: variables });
}

/** Listens, or says that somebody else does. */
function listen(server: Server, { PORT, HOST }: Environment): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(PORT, cause)));
    server.listen(PORT, HOST, () => resolve(server));
  });
}

function portTaken(port: number, cause: unknown): Problem {
  return new Problem(
    {
      code: 'http.port-taken',
      message: `Nothing can be served on port ${port}: ${cause instanceof Error ? cause.message : 'it is refused'}.`,
      fix: 'Stop what listens there, or choose another port with PORT.',
    },
    { cause },
  );
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : ''}`;
}

/** Lets answers under way end, and no new one begin. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function writeServiceFile(dataFolder: string, address: string): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, SERVICE_FILE), JSON.stringify({ address, pid: process.pid }));
}

/** In the reverse order of opening; one that fails does not keep the others open. */
async function closeAll(opened: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const close of opened) await close().catch(() => undefined);
}

function later(work: () => void, milliseconds: number) {
  const timer = setTimeout(work, milliseconds);
  return { cancel: () => clearTimeout(timer) };
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}

function now(): Temporal.Instant {
  return Temporal.Now.instant();
}
