import type { LiveConfig, LoadedConfig } from '../config/live.ts';
import { checkConfig } from '../config/load.ts';
import { createSourceReader } from '../config/source-reader.ts';
import { GOOD_ROWS } from '../config/staffed.ts';
import type { Connection } from '../db/connection.ts';
import type { Connectors, Environment, StoreMemory } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { TryParts } from './create.ts';
import type { Tables } from './open.ts';

/** It names connectors, and so stands beside main.ts. */
const THREAD = new URL('../replay-thread.ts', import.meta.url);

/** What a backtest needs of the desk on which it is made. */
export interface DeskOfBacktest extends Pick<TryParts, 'heard' | 'hasSurveyPage'> {
  connection: Pick<Connection, 'queries'>;
  config: Pick<LiveConfig, 'current'>;
  connectors: Connectors;
  environment: Environment;
  /** The rows of a table of the base, as they were read last. */
  rows(table: string): Promise<readonly TableRow[]>;
  /** What rows said when they had no mistake. */
  memory: Pick<StoreMemory, 'get'>;
  now: Now;
}

export function tryPartsOf(desk: DeskOfBacktest): TryParts {
  const { connectors, environment } = desk;
  // Who tries a change tries another next, and everybody else waits while a config is parsed.
  const files = createSourceReader();
  return {
    ...desk,
    thread: THREAD,
    check: (texts) => checkConfig(texts, { folder: '', environment, connectors, reader: files }),
    tablesOf: (config) => tablesOf(desk, config),
  };
}

async function tablesOf({ rows, memory }: DeskOfBacktest, { staffing, articlesTable }: LoadedConfig): Promise<Tables> {
  const names = [staffing?.table.table, articlesTable?.table].filter((name) => name !== undefined);
  const read = await Promise.all(names.map(async (name) => [name, await rows(name)] as const));
  return { rows: Object.fromEntries(read), kept: staffing === null ? null : await memory.get(GOOD_ROWS) };
}
