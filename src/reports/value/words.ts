import { counted } from '../../domain/sentences/words.ts';
import type { Figure } from '../figures/figure.ts';
import { figureWords, lengthWords, unitWords, wholeWords } from '../words.ts';
import type { BaselineSource } from './baseline.ts';
import type { Difference } from './difference.ts';
import type { Agreement, ShadowField } from './shadow-week.ts';
import type { Value } from './value.ts';

/** How each assumption is called, and in what it is counted. */
export const ASSUMED_WORDS = {
  triage: { title: 'Triage of one ticket by hand', unit: 'minutes' },
  correction: { title: 'Putting a wrong category right', unit: 'minutes' },
  reassignment: { title: 'A ticket that goes to somebody else', unit: 'minutes' },
  meetings_before: { title: 'Meetings before, all people in a week', unit: 'minutes' },
  meetings_now: { title: 'Meetings now, all people in a week', unit: 'minutes' },
  hour: { title: 'An hour of a person', unit: 'money' },
  running: { title: 'Running Tabledesk for a month', unit: 'money' },
} as const;

/** Where a figure of the time before is from. */
export const SOURCE_WORDS: Readonly<Record<BaselineSource['by'], string>> = {
  given: 'Written in reports.yaml',
  imported: 'Imported',
  shadow: 'Measured in shadow',
};

export const SHADOW_FIELD_WORDS: Readonly<Record<ShadowField, string>> = {
  category: 'Category',
  priority: 'Priority',
  queue: 'Queue',
  assignee: 'Person',
};

/** `27 h 28 min`, with a sign where time is lost. */
export function savedWords(minutes: number | null): string {
  if (minutes === null) return 'not known';
  return `${minutes < 0 ? '−' : ''}${hoursWords(Math.abs(minutes))}`;
}

/** Hours of work are hours, however many: nobody works days of 24. */
function hoursWords(minutes: number): string {
  return minutes < 600 ? lengthWords(minutes) : `${wholeWords(minutes / 60)} h`;
}

/** What all of it comes to, in a sentence or two. */
export function totalWords({ total: { minutes, low, high }, money }: Value): string {
  const range = low === high ? '' : `, between ${savedWords(low)} and ${savedWords(high)}`;
  const time = `${savedWords(minutes)} of people’s time${range}.`;
  if (money === null) return time;
  const { currency, saved, running, net } = money;
  const costs = running === 0 ? '' : ` less ${moneyWords(running, currency)} for running it`;
  return `${time} That is ${moneyWords(saved, currency)}${costs}${running === 0 ? '' : `: ${moneyWords(net, currency)}`}.`;
}

export function moneyWords(amount: number, currency: string): string {
  return `${amount < 0 ? '−' : ''}${currency} ${wholeWords(Math.abs(amount))}`;
}

/** `2 h 5 min sooner (1 h to 3 h)`; worse where it is worse. */
export function betterWords(figure: Figure, { value, low, high }: Difference): string {
  const isBetter = value >= 0;
  const amount = changed(figure, Math.abs(value));
  const word = (WORDS[figure.unit] ?? USUAL_WORDS)[isBetter ? 'better' : 'worse'];
  const range = low === null || high === null ? '' : ` (${signedWords(figure, low)} to ${signedWords(figure, high)})`;
  return `${amount} ${word}${range}`;
}

const USUAL_WORDS = { better: 'better', worse: 'worse' };
const WORDS: Readonly<Partial<Record<Figure['unit'], typeof USUAL_WORDS>>> = {
  minutes: { better: 'sooner', worse: 'later' },
  per_ticket: { better: 'fewer', worse: 'more' },
};

function signedWords(figure: Figure, value: number): string {
  return `${value < 0 ? '−' : ''}${changed(figure, Math.abs(value))}`;
}

function changed({ unit }: Figure, amount: number): string {
  return unit === 'share' ? `${(amount * 100).toFixed(0)} points` : unitWords(unit, amount);
}

/** `412 tickets from 1 Mar to 31 May 2026, Zendesk export`. */
export function sourceWords({ source, from, until, tickets }: BaselineSource): string {
  const dayWords = (day: Temporal.PlainDate) =>
    day.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const days = from === null || until === null ? null : `from ${dayWords(from)} to ${dayWords(until)}`;
  const parts = [tickets === null ? null : counted(tickets, 'ticket'), days].filter((part) => part !== null);
  return [parts.join(' '), source ?? ''].filter((part) => part !== '').join(', ');
}

/** `41 of 50 the same (82 %)`. */
export function agreementWords({ both, same }: Agreement): string {
  return both === 0 ? 'nothing to compare' : `${same} of ${both} the same (${unitWords('share', same / both)})`;
}

/** A figure of one side, with how many tickets it rests on. */
export function sideWords(figure: Figure, side: { value: number; tickets: number | null } | null): string {
  if (side === null) return 'not known';
  const value = figureWords(figure, side.value);
  return side.tickets === null ? value : `${value}, ${counted(side.tickets, 'ticket')}`;
}
