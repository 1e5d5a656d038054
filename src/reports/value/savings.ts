import type { Assumptions } from '../../config/reports.ts';
import { lengthWords, unitWords, wholeWords } from '../words.ts';
import type { Difference } from './difference.ts';

/** Where nobody said what a triage takes, and no imported ticket tells. */
export const USUAL_TRIAGE_MINUTES = 4;

/** What is taken for granted, with nothing left open. */
export type Settled = Assumptions & { triageMinutes: number };

/** What of the period the savings are worked out from. */
export interface Counted {
  /** New tickets whose category a rule or a model gave, and nobody changed. */
  placed: number;
  /** New tickets whose category a person put right. */
  putRight: number;
  /** New tickets that were given to somebody. */
  givenToSomebody: number;
  /** How much less often a ticket goes to somebody else than before; null where nobody knows how it was. */
  fewerReassignments: Difference | null;
  /** Of the period, as far as it went. */
  days: number;
}

/** Time of people that is saved in the period, less than nothing where it is lost; null where nobody can tell. */
export interface Saving {
  id: 'triage' | 'corrections' | 'reassignments' | 'meetings';
  title: string;
  minutes: number | null;
  /** Between what it lies; the same as the minutes where nothing is estimated. */
  low: number | null;
  high: number | null;
  /** The formula with its numbers. */
  formula: string;
}

/** What the desk saves its people, each part by its formula. */
export function savingsOf(counted: Counted, assumed: Settled): readonly Saving[] {
  const { placed, putRight, days } = counted;
  const { triageMinutes, correctionMinutes, meetingsBefore, meetingsNow } = assumed;
  const weeks = days / 7;
  return [
    {
      id: 'triage',
      title: 'Triage that nobody has to do',
      ...exactly(placed * triageMinutes),
      formula: `${tickets(placed)} placed by rules and models × ${minutes(triageMinutes)}`,
    },
    {
      id: 'corrections',
      title: 'Wrong categories put right',
      ...exactly(-putRight * correctionMinutes),
      formula: `${putRight === 0 ? '' : '−'}${tickets(putRight)} put right × ${minutes(correctionMinutes)}`,
    },
    reassignmentsSaved(counted, assumed),
    {
      id: 'meetings',
      title: 'Meetings that are shorter',
      ...exactly((meetingsBefore - meetingsNow) * weeks),
      formula: `(${minutes(meetingsBefore)} − ${minutes(meetingsNow)}) a week × ${weeks.toFixed(1)} weeks`,
    },
  ];
}

function reassignmentsSaved({ fewerReassignments: fewer, givenToSomebody }: Counted, assumed: Settled): Saving {
  const each = givenToSomebody * assumed.reassignmentMinutes;
  const times = (count: number | null) => (count === null ? null : count * each);
  const said =
    fewer === null ? 'nobody knows how often before' : `${unitWords('per_ticket', fewer.value)} fewer a ticket`;
  return {
    id: 'reassignments',
    title: 'Reassignments avoided',
    minutes: times(fewer?.value ?? null),
    low: times(fewer?.low ?? null),
    high: times(fewer?.high ?? null),
    formula: `${said} × ${tickets(givenToSomebody)} given to somebody × ${minutes(assumed.reassignmentMinutes)}`,
  };
}

function exactly(value: number): Pick<Saving, 'minutes' | 'low' | 'high'> {
  // Nothing taken away is nothing, and not less than that.
  const counted = value === 0 ? 0 : value;
  return { minutes: counted, low: counted, high: counted };
}

/** All of it together; what nobody can tell counts as nothing. */
export function totalOf(savings: readonly Saving[]): { minutes: number; low: number; high: number } {
  const sum = (of: (saving: Saving) => number | null) =>
    savings.reduce((total, saving) => total + (of(saving) ?? 0), 0);
  return {
    minutes: sum((saving) => saving.minutes),
    low: sum(({ low, minutes: all }) => low ?? all),
    high: sum(({ high, minutes: all }) => high ?? all),
  };
}

/** Days of a month, as rates have it. */
const DAYS_OF_MONTH = 30.4375;

/** What is saved in money, and what running the desk costs; null where nobody says what an hour costs. */
export function moneyOf(
  { minutes: saved, low, high }: ReturnType<typeof totalOf>,
  { hourCost, runningCost, currency }: Assumptions,
  days: number,
) {
  if (hourCost === null) return null;
  const running = (runningCost * days) / DAYS_OF_MONTH;
  const net = (of: number) => (of / 60) * hourCost - running;
  return { currency, saved: (saved / 60) * hourCost, running, net: net(saved), low: net(low), high: net(high) };
}

function tickets(count: number): string {
  return `${wholeWords(count)} ${count === 1 ? 'ticket' : 'tickets'}`;
}

function minutes(count: number): string {
  return lengthWords(count);
}
