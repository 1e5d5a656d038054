import type { ChannelConfig, LiveConfig, LoadedConfig } from '../config/live.ts';
import { checkConfig } from '../config/load.ts';
import { shelveConfig } from '../config/shelved.ts';
import { createSourceReader } from '../config/source-reader.ts';
import { staffConfig } from '../config/staffed.ts';
import { stillConfig } from '../config/still.ts';
import type { Connection } from '../db/connection.ts';
import { createChannels } from '../kit/channels.ts';
import type { Ask, Connectors, Environment, StoreMemory, TicketBase } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { TryParts } from './create.ts';
import type { Understand } from './past/past.ts';

/** What a backtest needs of the desk on which it is made. */
export interface DeskOfBacktest extends Pick<TryParts, 'findArticles' | 'hasSurveyPage' | 'breathe'> {
  connection: Pick<Connection, 'queries'>;
  config: Pick<LiveConfig, 'current'>;
  connectors: Connectors;
  environment: Environment;
  /** The rows of a table of the base, as they were read last, and another version whenever they say something else. */
  rows(table: string): Promise<readonly TableRow[]>;
  versionOf(table: string): Promise<string>;
  /** What rows said when they had no mistake; nothing is put there. */
  memory: Pick<StoreMemory, 'get'>;
  now: Now;
}

/** Nobody is asked, whatever a connector is about to. */
const askNobody: Ask = (url) => Promise.reject(new Error(`A backtest was about to ask ${new URL(url).host}.`));

/** A row of the base is a ticket by itself; what is replayed came over a channel. */
const NO_BASE: TicketBase = { holds: () => false, look: async () => undefined };

export function tryPartsOf(desk: DeskOfBacktest): TryParts {
  const { connectors, environment } = desk;
  // Who tries a change tries another next, and everybody else waits while a config is parsed.
  const files = createSourceReader();
  return {
    ...desk,
    check: (texts) => checkConfig(texts, { folder: '', environment, connectors, reader: files }),
    withTables: (config) => withTables(desk, config),
    understand: reader(desk),
  };
}

async function withTables({ rows, versionOf, memory }: DeskOfBacktest, config: LoadedConfig): Promise<LoadedConfig> {
  const kept = { get: memory.get, set: async () => undefined };
  const shelved = shelveConfig(staffConfig(stillConfig(config), { rows, memory: kept }), { rows, versionOf });
  await shelved.catchUp();
  return shelved.current();
}

/** Channels without secrets, that reach nobody: only what they make of bytes is asked. */
function reader({ connectors, now }: DeskOfBacktest): Understand {
  const silent = { environment: {}, publicAddress: null, ask: askNobody, base: NO_BASE, now };
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
