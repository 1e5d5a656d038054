import type { LoadedConfig } from '../config/live.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { loadLanguageDetector } from '../kit/language.ts';
import { finallyOf, type TicketDiff } from './compare.ts';
import { pastsOf, type Understand } from './past/past.ts';
import type { Edge } from './past/read.ts';
import { type Recorded, recordedFrom, type StoredPage } from './past/recorded.ts';
import { createJudges, type Judge } from './replay/judge.ts';
import type { Outcome } from './replay/outcome.ts';
import { createRun, type Run } from './replay/run.ts';
import { createTally, type Summary, type Tally } from './summary.ts';

/** Sweeps come with the minute: to stop at a whole one changes nothing. */
const MINUTE = { smallestUnit: 'minute', roundingMode: 'floor' } as const;

/** So many differing tickets are kept to be looked at; all are counted. */
const MOST_KEPT = 2000;

/** Two configs and pure functions: nothing that writes, sends or asks. */
export interface ReplayParts {
  before: LoadedConfig;
  after: LoadedConfig;
  understand: Understand;
  findArticles: FindArticles;
  hasSurveyPage: boolean;
  edge: Pick<Edge, 'absences' | 'burdens'>;
  /** When the past ends. */
  now: Temporal.Instant;
}

/** What differs, as plain data. */
export interface Differences {
  summary: Summary;
  /** Tickets that come out otherwise, by number; no more than can be looked at. */
  diffs: readonly TicketDiff[];
}

/** The past once more under two configs, both by the same machinery, so that what differs is the config alone. */
export interface Replay {
  /** Goes on up to the last ticket of the page. */
  pass(page: StoredPage): Promise<void>;
  /** Goes on to the end. */
  end(): Differences;
}

/** What waits for its outcome in the other run. */
interface Open {
  recorded: Recorded;
  isFromTicket: boolean;
  before?: Outcome;
  after?: Outcome;
}

export async function createReplay(parts: ReplayParts): Promise<Replay> {
  const { before, after } = parts;
  const open = new Map<string, Open>();
  const diffs: TicketDiff[] = [];
  const tally = createTally({ before: before.policy, after: after.policy });
  const done = (side: 'before' | 'after') => (outcome: Outcome) => settle({ open, tally, diffs }, side, outcome);
  const judges = createJudges(before.policy, after.policy);
  const runs = [
    await openRun(parts, { judge: judges.before, onOutcome: done('before') }),
    await openRun(parts, { judge: judges.after, onOutcome: done('after') }),
  ] as const;

  function passTo(until: Temporal.Instant): void {
    for (const run of runs) while (run.step(until));
    judges.forget();
  }

  return {
    async pass(page) {
      const channels = { before: before.channels, after: after.channels };
      const pasts = await pastsOf(recordedFrom(page), { understand: parts.understand, ...channels });
      for (const { recorded, isFromTicket } of pasts) open.set(recorded.key, { recorded, isFromTicket });
      runs[0].add(pasts.map((past) => past.before));
      runs[1].add(pasts.map((past) => past.after));
      // From ticket to ticket: the sooner the second run follows, the less the first has to remember for it. What
      // comes with the next page may have happened in the same moment.
      for (const { recorded } of pasts) passTo(recorded.createdAt.subtract({ milliseconds: 1 }).round(MINUTE));
    },
    end() {
      passTo(parts.now);
      for (const run of runs) run.end();
      return { summary: tally.summary(), diffs: diffs.toSorted((one, other) => one.number - other.number) };
    },
  };
}

async function openRun(
  { findArticles, hasSurveyPage, edge: { absences, burdens } }: ReplayParts,
  { judge, onOutcome }: { judge: Judge; onOutcome(outcome: Outcome): void },
): Promise<Run> {
  const { policy } = judge;
  const tellLanguage = mindsLanguages(policy) ? await loadLanguageDetector() : null;
  const ofConsole = new Set(policy.agents.filter(({ switchedIn }) => switchedIn === 'console').map(({ name }) => name));
  const away = absences.filter(({ agent }) => ofConsole.has(agent));
  return createRun({ judge, findArticles, hasSurveyPage, tellLanguage, absences: away, burdens, onOutcome });
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
