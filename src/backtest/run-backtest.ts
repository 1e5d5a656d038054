import type { LoadedConfig } from '../config/live.ts';
import { Problem } from '../domain/problem.ts';
import { replayAside } from './aside.ts';
import type { ReplayGiven, Tables } from './open.ts';
import { type Edge, type Reading, readEdge, readPage, type Window } from './past/read.ts';
import type { StoredPage } from './past/recorded.ts';
import type { Differences, Replay } from './replay-past.ts';

/** Tickets that are read at a time, where nobody says how many. */
const PAGE = 100;

/** So many pages are read ahead: the thread never waits for one, and few lie about in memory. */
const AHEAD = 2;

export interface Progress {
  tickets: number;
  of: number;
}

/** Runs queries that see one moment, and can write nothing. */
export type ReadOnly = <Result>(work: (reading: Reading) => Promise<Result>) => Promise<Result>;

/** A config, and what tables of the base say from which it takes something. */
export interface Tabled {
  config: LoadedConfig;
  tables: Tables;
}

/** What a backtest is handed: a way to read, two configs, and data. Nothing that writes, sends or asks. */
export interface BacktestGiven extends Pick<ReplayGiven, 'heard' | 'hasSurveyPage'> {
  read: ReadOnly;
  window: Window;
  before: Tabled;
  after: Tabled;
  /** The file of the thread that replays. */
  thread: URL;
  ticketsToPage?: number;
  /** When the past ends. */
  now: Temporal.Instant;
  onProgress(progress: Progress): void;
  signal: AbortSignal;
}

export interface BacktestResult extends Differences {
  versions: { before: string; after: string };
}

/**
 * Replays the past under two configs and tells what differs. Reads here, and replays in a thread, so that nobody else
 * waits.
 *
 * @throws Problem `backtest.cancelled`
 */
export async function runBacktest(given: BacktestGiven): Promise<BacktestResult> {
  const { before, after, signal } = given;
  const edge = await given.read((reading) => readEdge(reading, given.window));
  if (signal.aborted) throw cancelled();
  const replay = replayAside(given.thread, plain(given, edge), signal);
  try {
    await passAll(given, edge, replay);
    const versions = { before: before.config.version, after: after.config.version };
    return { versions, ...(await replay.end()) };
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  } finally {
    await replay.close();
  }
}

/** Nothing else goes from thread to thread. */
function plain({ before, after, heard, hasSurveyPage, now }: BacktestGiven, { absences, burdens }: Edge): ReplayGiven {
  const written = ({ config: { files }, tables }: Tabled) => ({ files, tables });
  const past = { edge: JSON.stringify({ absences, burdens }), now: now.toString() };
  return { before: written(before), after: written(after), heard, hasSurveyPage, ...past };
}

/** Reads page by page, a little ahead of the replay. */
async function passAll(
  { read, ticketsToPage: limit = PAGE, onProgress }: BacktestGiven,
  edge: Edge,
  replay: Pick<Replay, 'pass'>,
): Promise<void> {
  const progress = { tickets: 0 };
  const underWay: Promise<void>[] = [];
  async function pass(page: StoredPage): Promise<void> {
    await replay.pass(page);
    progress.tickets += page.tickets.length;
    onProgress({ tickets: progress.tickets, of: Math.max(edge.tickets, progress.tickets) });
  }
  for (let from = edge.first; from !== null;) {
    const next = from;
    const found = await read((reading) => readPage(reading, next, limit));
    if (found === null) break;
    const passed = pass(found.page);
    // What goes wrong is told where it is waited for, a page or two later.
    passed.catch(() => undefined);
    underWay.push(passed);
    await Promise.all(underWay.splice(0, underWay.length - AHEAD));
    from = found.page.tickets.length < limit ? null : found.last + 1;
  }
  await Promise.all(underWay);
}

function cancelled(): Problem {
  return new Problem({
    code: 'backtest.cancelled',
    message: 'The backtest was cancelled.',
    fix: 'Nothing was changed by it. Begin it again when you like.',
  });
}
