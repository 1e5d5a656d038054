import type { LiveConfig, LoadedConfig } from '../config/live.ts';
import type { Loaded } from '../config/load.ts';
import type { Connection } from '../db/connection.ts';
import { Problem } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import type { Backtests, BacktestState, ConfigChange, TryConfig } from './index.ts';
import { type BacktestGiven, type ReadOnly, runBacktest, type Tabled } from './run-backtest.ts';
import type { Tables } from './open.ts';

export interface TryParts extends Pick<BacktestGiven, 'thread' | 'hasSurveyPage' | 'ticketsToPage'> {
  connection: Pick<Connection, 'queries'>;
  config: Pick<LiveConfig, 'current'>;
  /** Checks texts of config files as a start would. */
  check(files: Readonly<Record<string, string>>): Loaded;
  /** What tables of the base say of agents and articles that a config takes from them. */
  tablesOf(config: LoadedConfig): Promise<Tables>;
  /** What customers wrote of late. */
  heard(): readonly string[];
  now: Now;
}

/** What tries a change: it reads in transactions that the database lets write nothing. */
export function createTryConfig(parts: TryParts): TryConfig {
  const { queries } = parts.connection;
  const read: ReadOnly = (work) => queries.transaction((tx) => work(tx), { accessMode: 'read only' });
  return async (change, { window, onProgress = () => undefined, signal = new AbortController().signal }) => {
    const current = parts.config.current();
    const checked = parts.check(filesAfter(current.files, change));
    if ('findings' in checked) return checked;
    const [before, after] = [await tabled(parts, current), await tabled(parts, checked.loaded)];
    const asOfNow = { heard: parts.heard(), now: parts.now() };
    const result = await runBacktest({ ...parts, ...asOfNow, read, window, before, after, onProgress, signal });
    return { result, warnings: checked.loaded.warnings };
  };
}

async function tabled({ tablesOf }: TryParts, config: LoadedConfig): Promise<Tabled> {
  return { config, tables: await tablesOf(config) };
}

function filesAfter(files: LoadedConfig['files'], change: ConfigChange): LoadedConfig['files'] {
  return 'files' in change ? change.files : { ...files, [change.file]: change.text };
}

interface Running {
  abort: AbortController;
  ended: Promise<void>;
}

export function createBacktests(parts: TryParts & { log: Log }): Backtests {
  const tryConfig = createTryConfig(parts);
  let state: BacktestState = { kind: 'none' };
  let running: Running | null = null;
  let begun = 0;

  async function run(
    change: ConfigChange,
    given: Parameters<Backtests['begin']>[1],
    signal: AbortSignal,
  ): Promise<void> {
    const what = { id: begun, change, ...given };
    state = { kind: 'running', progress: { tickets: 0, of: 0 }, ...what };
    const onProgress = (progress: { tickets: number; of: number }) =>
      void (state = { kind: 'running', progress, ...what });
    try {
      const tried = await tryConfig(change, { window: given.window, onProgress, signal });
      state =
        'findings' in tried
          ? { kind: 'refused', findings: tried.findings, ...what }
          : { kind: 'done', result: tried.result, endedAt: parts.now(), ...what };
    } catch (error) {
      if (!(error instanceof Problem)) parts.log.error({ err: error }, 'a backtest failed');
      state = { kind: 'failed', problem: problemOf(error), ...what };
    }
    running = null;
  }

  return {
    tryConfig,
    begin(change, given) {
      if (running !== null) throw busy();
      begun += 1;
      const abort = new AbortController();
      running = { abort, ended: Promise.resolve() };
      running.ended = run(change, given, abort.signal);
    },
    state: () => state,
    cancel: () => running?.abort.abort(),
    async close() {
      const ending = running;
      ending?.abort.abort();
      await ending?.ended;
    },
  };
}

function busy(): Problem {
  return new Problem({
    code: 'backtest.busy',
    message: 'A backtest is running already.',
    fix: 'Wait for its end, or cancel it on the page Backtest.',
  });
}

function problemOf(error: unknown) {
  if (error instanceof Problem) return error.toJSON();
  return {
    code: 'backtest.failed',
    message: 'The backtest failed; that is a fault of ours, and nothing was changed by it.',
    fix: 'Report the error that the log names.',
  };
}
