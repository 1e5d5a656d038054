import type { ChannelConfig, LoadedConfig } from '../config/live.ts';
import { checkConfig } from '../config/load.ts';
import { quietConfig } from '../config/shadow.ts';
import { createSourceReader, type SourceReader } from '../config/source-reader.ts';
import { shelveConfig } from '../config/shelved.ts';
import { staffConfig } from '../config/staffed.ts';
import { stillConfig } from '../config/still.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { createChannels } from '../kit/channels.ts';
import type { Ask, Connectors, TicketBase } from '../kit/connector.ts';
import { revive } from '../kit/json.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { Understand } from './past/past.ts';
import { createReplay, type Replay, type ReplayParts } from './replay-past.ts';

/** What a replay is made of, as it goes to another thread: plain data, and moments as text. */
export interface ReplayGiven {
  before: WrittenConfig;
  after: WrittenConfig;
  /** What customers wrote of late, by which articles are found. */
  heard: readonly string[];
  hasSurveyPage: boolean;
  edge: string;
  now: string;
}

/** A config that passed every check, as texts: what is made of them holds functions, which stay in their thread. */
export interface WrittenConfig {
  files: LoadedConfig['files'];
  /** What tables of the base say from which it takes something. */
  tables: Tables;
}

export interface Tables {
  rows: Readonly<Record<string, readonly TableRow[]>>;
  /** What rows said when they had no mistake. */
  kept: unknown;
}

/** What a thread brings along by itself. */
interface Own {
  connectors: Connectors;
  searchBy(heard: readonly string[]): FindArticles;
}

/** Nobody is asked, whatever a connector is about to. */
const askNobody: Ask = (url) => Promise.reject(new Error(`A backtest was about to ask ${new URL(url).host}.`));

/** A row of the base is a ticket by itself; what is replayed came over a channel. */
const NO_BASE: TicketBase = { holds: () => false, look: async () => undefined };

export async function openReplay({ heard, hasSurveyPage, ...given }: ReplayGiven, own: Own): Promise<Replay> {
  const now = Temporal.Instant.from(given.now);
  // What the two have in common is parsed once.
  const sources = createSourceReader();
  const configOf = (written: WrittenConfig) => read(written, { ...own, sources, now });
  return createReplay({
    before: await configOf(given.before),
    after: await configOf(given.after),
    understand: channelReader(own.connectors, now),
    findArticles: own.searchBy(heard),
    hasSurveyPage,
    edge: revive<ReplayParts['edge']>(JSON.parse(given.edge)),
    now,
  });
}

async function read(
  { files, tables: { rows, kept } }: WrittenConfig,
  { connectors, sources, now }: Pick<Own, 'connectors'> & { sources: SourceReader; now: Temporal.Instant },
): Promise<LoadedConfig> {
  const checked = checkConfig(files, { folder: '', environment: {}, connectors, reader: sources });
  if ('findings' in checked) throw new Error(`What was checked is refused: ${checked.findings[0]?.message}`);
  const rowsOf = async (table: string) => rows[table] ?? [];
  const memory = { get: async () => kept, set: async () => undefined };
  const staffed = staffConfig(stillConfig(checked.loaded), { rows: rowsOf, memory });
  const shelved = shelveConfig(staffed, { rows: rowsOf, versionOf: async () => '' });
  await shelved.catchUp();
  return quietConfig(shelved, () => now).current();
}

/** Channels without secrets, that reach nobody: only what they make of bytes is asked. */
export function channelReader(connectors: Connectors, now: Temporal.Instant): Understand {
  const silent = { environment: {}, publicAddress: null, ask: askNobody, base: NO_BASE, now: () => now };
  const channelOf = createChannels({ connectors, ...silent });
  // One channel is made for each config of one.
  const silenced = new WeakMap<ChannelConfig, ChannelConfig>();
  return (request, channels) => {
    const config = channels[request.channel];
    if (config !== undefined && !silenced.has(config)) silenced.set(config, { ...config, secrets: null, access: null });
    const written = config === undefined ? undefined : silenced.get(config);
    const channel = written === undefined ? null : channelOf(written);
    if (channel === null) return { kind: 'ignored', reason: 'Its channel is gone.', messages: [] };
    const { headers, body, receivedAt } = request;
    return channel.parse({ headers, body, token: null, receivedAt });
  };
}
