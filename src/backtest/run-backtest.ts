import type { LoadedConfig } from '../config/live.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { Problem } from '../domain/problem.ts';
import { loadLanguageDetector } from '../kit/language.ts';
import { finallyOf, type TicketDiff } from './compare.ts';
import { type Pasts, pastsOf, type Understand } from './past/past.ts';
import { type Edge, type Reading, type Recorded, readEdge, readPage, type Window } from './past/read.ts';
import { createJudges, type Judge, type Judges } from './replay/judge.ts';
import type { Outcome } from './replay/outcome.ts';
import { createRun, type Run } from './replay/run.ts';
import { createTally, type Summary, type Tally } from './summary.ts';

/** Tickets that are read at a time, where nobody says how many: with twice as many, others wait for twice as long. */
const PAGE = 100;

/** So long nobody else in this process gets a turn. */
const SLICE_MILLISECONDS = 10;

/** Sweeps come with the minute: to stop at a whole one changes nothing. */
const MINUTE = { smallestUnit: 'minute', roundingMode: 'floor' } as const;

/** So many differing tickets are kept to be looked at; all are counted. */
const MOST_KEPT = 2000;

export interface Progress {
  tickets: number;
  of: number;
}

/** Runs queries that see one moment, and can write nothing. */
export type ReadOnly = <Result>(work: (reading: Reading) => Promise<Result>) => Promise<Result>;

/** What a backtest is handed: a way to read, two configs, and pure functions. Nothing that writes, sends or asks. */
export interface BacktestGiven {
  read: ReadOnly;
  window: Window;
  before: LoadedConfig;
  after: LoadedConfig;
  understand: Understand;
  findArticles: FindArticles;
  hasSurveyPage: boolean;
  ticketsToPage?: number;
  /** When the past ends. */
  now: Temporal.Instant;
  /** Lets others have their turn. */
  breathe(): Promise<unknown>;
  onProgress(progress: Progress): void;
  signal: AbortSignal;
}

export interface BacktestResult {
  versions: { before: string; after: string };
  summary: Summary;
  /** Tickets that come out otherwise, by number; no more than can be looked at. */
  diffs: readonly TicketDiff[];
}

/** What waits for its outcome in the other run. */
interface Open {
  recorded: Recorded;
  isFromTicket: boolean;
  before?: Outcome;
  after?: Outcome;
}

/**
 * Replays the past under two configs and tells what differs. Both runs go by the same machinery, so that what differs
 * is the config alone.
 *
 * @throws Problem `backtest.cancelled`
 */
export async function runBacktest(given: BacktestGiven): Promise<BacktestResult> {
  if (given.signal.aborted) throw cancelled();
  const edge = await given.read((reading) => readEdge(reading, given.window));
  const open = new Map<string, Open>();
  const diffs: TicketDiff[] = [];
  const tally = createTally({ before: given.before.policy, after: given.after.policy });
  const done = (side: 'before' | 'after') => (outcome: Outcome) => settle({ open, tally, diffs }, side, outcome);
  const judges = createJudges(given.before.policy, given.after.policy);
  const runs = [
    await openRun(given, edge, { judge: judges.before, onOutcome: done('before') }),
    await openRun(given, edge, { judge: judges.after, onOutcome: done('after') }),
  ] as const;
  const replay = { runs, judges, pace: createPace(given) };
  const limit = given.ticketsToPage ?? PAGE;
  const read = { tickets: 0 };
  for (let from = edge.first; from !== null;) {
    const next = from;
    const page = await given.read((reading) => readPage(reading, next, limit));
    const last = page.tickets.at(-1);
    if (last === undefined) break;
    await replay.pace.rest();
    const pasts = await pastsOf(page, { ...given, before: given.before.channels, after: given.after.channels });
    for (const { recorded, isFromTicket } of pasts) open.set(recorded.key, { recorded, isFromTicket });
    runs[0].add(pasts.map(({ before }) => before));
    runs[1].add(pasts.map(({ after }) => after));
    await passPage(replay, pasts);
    read.tickets += page.tickets.length;
    given.onProgress({ tickets: read.tickets, of: Math.max(edge.tickets, read.tickets) });
    from = page.tickets.length < limit ? null : last.number + 1;
  }
  await passTo(replay, given.now);
  for (const run of runs) run.end();
  diffs.sort((one, other) => one.number - other.number);
  const versions = { before: given.before.version, after: given.after.version };
  return { versions, summary: tally.summary(), diffs };
}

async function openRun(
  { findArticles, hasSurveyPage }: BacktestGiven,
  { absences, burdens }: Edge,
  { judge, onOutcome }: { judge: Judge; onOutcome(outcome: Outcome): void },
): Promise<Run> {
  const { policy } = judge;
  const tellLanguage = mindsLanguages(policy) ? await loadLanguageDetector() : null;
  const ofConsole = new Set(policy.agents.filter(({ switchedIn }) => switchedIn === 'console').map(({ name }) => name));
  const away = absences.filter(({ agent }) => ofConsole.has(agent));
  return createRun({ judge, findArticles, hasSurveyPage, tellLanguage, absences: away, burdens, onOutcome });
}

interface Replay {
  runs: readonly Run[];
  judges: Judges;
  pace: Pace;
}

/** From ticket to ticket: the sooner the second run follows, the less the first has to remember for it. */
async function passPage(replay: Replay, pasts: readonly Pasts[]): Promise<void> {
  for (const { recorded } of pasts) {
    // What comes with the next page may have happened in the same moment.
    await passTo(replay, recorded.createdAt.subtract({ milliseconds: 1 }).round(MINUTE));
  }
}

async function passTo({ runs, judges, pace }: Replay, until: Temporal.Instant): Promise<void> {
  for (const run of runs) while (run.step(until)) if (pace.isTooLong()) await pace.rest();
  judges.forget();
}

/** Sees to it that others have their turn. */
interface Pace {
  isTooLong(): boolean;
  rest(): Promise<void>;
}

function createPace({ breathe, signal }: Pick<BacktestGiven, 'breathe' | 'signal'>): Pace {
  let begun = performance.now();
  return {
    isTooLong: () => performance.now() - begun >= SLICE_MILLISECONDS,
    async rest() {
      await breathe();
      // Whoever cancels is among those who have their turn.
      if (signal.aborted) throw cancelled();
      begun = performance.now();
    },
  };
}

function settle(
  { open, tally, diffs }: { open: Map<string, Open>; tally: Tally; diffs: TicketDiff[] },
  side: 'before' | 'after',
  outcome: Outcome,
): void {
  const waiting = open.get(outcome.key);
  if (waiting === undefined) return;
  waiting[side] = outcome;
  const { before, after, recorded } = waiting;
  if (before === undefined || after === undefined) return;
  open.delete(outcome.key);
  const changes = tally.add({ before, after }, waiting);
  if (changes.length === 0 || diffs.length >= MOST_KEPT) return;
  const { key, number, subject } = outcome;
  diffs.push({ key, number, subject, changes, finally: finallyOf(recorded) });
}

function cancelled(): Problem {
  return new Problem({
    code: 'backtest.cancelled',
    message: 'The backtest was cancelled.',
    fix: 'Nothing was changed by it. Begin it again when you like.',
  });
}
