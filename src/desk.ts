/**
 * A desk: its working parts, each knowing only those that it is handed. `at-work.ts` sets them to work.
 */
import type { Environment } from './config/environment.ts';
import { createAttachments } from './attachments/create.ts';
import { createBacktests } from './backtest/create.ts';
import { tryPartsOf } from './backtest/of-desk.ts';
import type { LiveConfig } from './config/live.ts';
import { shelveConfig } from './config/shelved.ts';
import { onlooking, quietConfig } from './config/shadow.ts';
import { staffConfig, type StaffedConfig } from './config/staffed.ts';
import type { Connection } from './db/connection.ts';
import type { Lanes } from './db/queues.ts';
import { rowDatabase } from './db/row-database.ts';
import { createEvents } from './events/create.ts';
import { createInbox } from './inbox/create.ts';
import { createListeners } from './inbox/listeners.ts';
import { ask } from './kit/ask.ts';
import { createChannels } from './kit/channels.ts';
import type { Connector, Connectors } from './kit/connector.ts';
import type { Log } from './kit/log.ts';
import { createNotifiers } from './kit/notifiers.ts';
import { createIds } from './kit/new-ids.ts';
import { ownState } from './kit/store/shared-state.ts';
import { createReplyTokens } from './kit/reply-tokens.ts';
import { createPageLinks, type PageLinks } from './kit/page-links.ts';
import { createTestMarks } from './kit/test-marks.ts';
import type { Metrics } from './kit/metrics.ts';
import { type Knowledge, openKnowledge } from './knowledge/create.ts';
import { openLearning } from './knowledge/learning/create.ts';
import { createCurrentModel } from './knowledge/model/create.ts';
import { createCurrentEmbedder } from './knowledge/vectors/current-embedder.ts';
import { createOutbox } from './outbox/create.ts';
import { createPipeline } from './pipeline/create.ts';
import type { Pipeline } from './pipeline/index.ts';
import type { Notifier } from './ports/notifier.ts';
import type { Now } from './ports/now.ts';
import type { Schedule } from './ports/schedule.ts';
import { createUpkeep } from './reports/playbook/upkeep.ts';
import { createWeeklySending } from './reports/weekly/sending.ts';
import { createRetention } from './privacy/retention.ts';
import { createHousekeeping } from './sweeps/housekeeping.ts';
import { createShadowWatch } from './sweeps/shadow-watch.ts';
import { createComments } from './sync/comments.ts';
import { createFlush } from './sync/flush.ts';
import { createNews } from './sync/news.ts';
import { createPull } from './sync/pull.ts';
import type { KeptMeter } from './sync/request-meter.ts';
import { onlookingStore } from './sync/shadow-columns.ts';
import { sharedInDatabase } from './sync/shared-state.ts';
import { createStoreMemory } from './sync/store-memory.ts';
import { copiedRows, copiedVersion } from './sync/table-places.ts';
import { createTables } from './sync/tables.ts';
import { createTeam } from './sync/team.ts';
import { storeColumns } from './sync/team-columns.ts';
import { ticketBase } from './sync/ticket-base.ts';

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Lets time pass. */
export type Pause = (milliseconds: number) => Promise<void>;

/** What the parts of a running desk share. */
export interface Desk {
  environment: Environment;
  variables: Variables;
  connectors: Connectors;
  /** Opens the console and the API. */
  token: string;
  config: StaffedConfig;
  connection: Connection;
  lanes: Lanes;
  notifier: Notifier;
  /** Counts what is asked of the base. */
  meter: KeptMeter;
  metrics: Metrics;
  now: Now;
  /** Milliseconds since some moment, whatever becomes of the machine's clock; left out, by `now`. */
  elapsed?: () => number;
  pause: Pause;
  schedule: Schedule;
  log: Log;
}

/** What the working parts need of it. */
interface Ground extends Pick<
  Desk,
  | 'variables'
  | 'connectors'
  | 'config'
  | 'connection'
  | 'notifier'
  | 'meter'
  | 'now'
  | 'elapsed'
  | 'pause'
  | 'schedule'
  | 'log'
> {
  lanes: Pick<Lanes, 'wake'> & Partial<Pick<Lanes, 'isStopping'>>;
  /** Makes the ids of rows; left out, nobody can guess them. */
  newId?: (at: Temporal.Instant) => string;
}

/** The config with the agents and the articles of tables of the base, as far as they were read before. */
export async function withTablesOfBase(config: LiveConfig, connection: Connection, now: Now): Promise<StaffedConfig> {
  const rows = (table: string) => copiedRows(connection, table);
  const staffed = staffConfig(config, { rows, memory: createStoreMemory(connection) });
  const shelved = shelveConfig(staffed, { rows, versionOf: (table) => copiedVersion(connection, table) });
  await shelved.catchUp();
  return quietConfig(shelved, now);
}

function knowledgeOf({ connection, config }: Ground) {
  const own = () => config.current().model?.maskAlso ?? [];
  return openKnowledge(connection, { own, kept: () => config.current().policy.triage.keptFromModels });
}

/** Makes the working parts of a desk. */
export async function assemble(desk: Ground) {
  const { connection, config, connectors, lanes, log, meter, now, pause } = desk;
  const storeConnector = connectorOf(connectors, config.current().store.kind);
  const store = await storeOf(desk, storeConnector);
  const publicAddress = desk.variables['PUBLIC_URL']?.replace(/\/+$/, '') ?? null;
  const { pages, replyTokens, testMarks } = signersOf(desk.variables, publicAddress);
  const wake = () => lanes.wake('pull');
  const base = ticketBase({ connection, store, meter, wake, now, log });
  const channelOf = createChannels({ connectors, environment: desk.variables, publicAddress, now, base });
  const knowledge = await knowledgeOf(desk);
  const memory = createStoreMemory(connection);
  const { heard, ...advisers } = await advisersOf(desk, memory);
  const pipeline = createPipeline({ ...desk, ...knowledge, ...heard, replyTokens, channelOf, pages, wake: lanes.wake });
  const policy = () => config.current().policy;
  const calledAt = { kind: storeConnector.id, publicAddress, wake };
  const noting = { connection, store, pipeline, policy, meter, isInShadow: onlooking(desk), now, log };
  const comments = createComments({ ...noting, wake: () => lanes.wake('comments') });
  const news = createNews({ ...calledAt, connection, store, comments, meter, now, log });
  const isStopping = () => lanes.isStopping?.() ?? false;
  const sync = { ...noting, noteEdited: comments.noteEdited, hasNews: () => news !== null, isStopping, pause };
  const ways = { connection, channels: () => config.current().channels, channelOf, now, log };
  const inbox = createInbox({ ...ways, testMarks, wake: () => lanes.wake('inbox') });
  const tables = createTables({ ...noting, wanted: () => config.current().tables, wake: () => lanes.wake('tables') });
  const rowsOut = { putRows: tables.put, reviewTable: () => config.current().reports.weekly?.table ?? null };
  tables.onChange((table) => pipeline.tableChanged(table));
  return {
    store,
    pages,
    knowledge,
    ...advisers,
    channelOf,
    testMarks,
    tables,
    team: createTeam({ config, tables, pipeline, log }),
    news,
    comments,
    storeTitle: storeConnector.title,
    pipeline,
    flush: createFlush(sync),
    pull: createPull(sync),
    outbox: createOutbox({ ...ways, ...tellingOf(desk, publicAddress), replyTokens, ...rowsOut }),
    attachments: createAttachments({ ...ways, store, config: () => config.current(), publicAddress }),
    ...timedOf(desk, { publicAddress, learnAnew: advisers.learning.want }),
    events: eventsOf(desk, pipeline),
    inbox,
    backtests: createBacktests({ ...backtestOf(desk, { ...knowledge, pages }), log }),
    listeners: createListeners({ ...ways, inbox, memory, pause }),
    publicAddress,
  };
}

/** What is done at its time, whatever happens to tickets. */
function timedOf(
  desk: Ground,
  { publicAddress, learnAnew }: { publicAddress: string | null; learnAnew: () => Promise<unknown> },
) {
  const { connection, config, lanes, now, pause } = desk;
  const timeZone = () => config.current().policy.desk.timeZone;
  const letters = { connection, config, publicAddress, wake: () => lanes.wake('outbox'), now };
  return {
    housekeeping: createHousekeeping({ connection, timeZone, now, pause }),
    shadow: createShadowWatch(desk),
    retention: createRetention({ ...desk, learnAnew }),
    playbook: createUpkeep(letters),
    weekly: createWeeklySending(letters),
  };
}

/** Who is asked what a ticket is about, beside the rules. */
async function advisersOf(desk: Ground, memory: ReturnType<typeof createStoreMemory>) {
  const asked = { ...desk, environment: desk.variables, ask, memory };
  const model = createCurrentModel(asked);
  const embedder = createCurrentEmbedder(asked);
  const learning = await openLearning({ ...desk, embedder, wake: desk.lanes.wake });
  return { model, learning, heard: { classifier: learning.classifier, languageModel: async () => model() } };
}

/** What a changed config is tried with. */
export function backtestOf(
  desk: Pick<Ground, 'connection' | 'connectors' | 'variables' | 'now'> & { config: Pick<LiveConfig, 'current'> },
  { heard, pages }: Pick<Knowledge, 'heard'> & { pages: Pick<PageLinks, 'linkTo'> },
) {
  const { connection, variables: environment, now } = desk;
  return tryPartsOf({
    ...desk,
    environment,
    heard,
    rows: (table) => copiedRows(connection, table),
    memory: createStoreMemory(connection),
    hasSurveyPage: pages.linkTo('survey', 'any', now()) !== null,
  });
}

/** By what the team is told, and where it reads on. */
function tellingOf({ config, connectors, notifier, now, variables }: Ground, publicAddress: string | null) {
  const notifierOf = createNotifiers({ connectors, environment: variables, now });
  return { notifier, notifierOf, config: () => config.current(), publicAddress };
}

/** Other systems follow tickets; when one is told no more, the team is. */
function eventsOf(desk: Ground, pipeline: Pipeline) {
  return createEvents({ ...desk, ask, newId: createIds(), tell: pipeline.tellOfSwitchedOff });
}

/** What we sign, and know again. */
function signersOf(variables: Variables, publicAddress: string | null) {
  const secret = variables['REPLY_SECRET'];
  return {
    pages: createPageLinks({ secret: variables['SURVEY_SECRET'], publicAddress }),
    replyTokens: createReplyTokens({ secret }),
    testMarks: createTestMarks({ secret }),
  };
}

export type Parts = Awaited<ReturnType<typeof assemble>>;

/** The connector that the checked config names. */
export function connectorOf(connectors: Connectors, kind: string): Connector {
  const connector = connectors[kind];
  if (connector !== undefined) return connector;
  throw new Error(`The config was checked, and yet there is no connector ${kind}.`);
}

async function storeOf(desk: Ground, { store, id }: Connector) {
  const { config, connection, variables, meter, now, pause } = desk;
  const elapsed = desk.elapsed ?? (() => now().epochMilliseconds);
  if (store === undefined) throw new Error(`The config was checked, and yet ${id} is no store.`);
  const made = await store.create(config.current().store.settings, {
    environment: variables,
    rows: rowDatabase(connection),
    columns: () => storeColumns(config.current().policy),
    now,
    pause,
    meter,
    memory: createStoreMemory(connection),
    share: connection.engine === 'postgres' ? sharedInDatabase(connection) : ownState(elapsed),
  });
  return onlookingStore(made, onlooking(desk));
}
