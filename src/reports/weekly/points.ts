import { capital, counted, plain, quote } from '../../domain/sentences/words.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { Figure } from '../figures/figure.ts';
import { changeWords, figureWords, isGoodNews, lengthWords } from '../words.ts';
import type { Compared } from '../figures/compare.ts';
import type { CategoryVolume } from './category-volume.ts';
import type { OverdueTicket } from './overdue.ts';

/** Something that is worth a look this week, and what it rests on. */
export type Point =
  | { kind: 'worse'; figure: Figure; now: number; before: number }
  | { kind: 'nobody'; tickets: number; of: number }
  | { kind: 'oldest'; ticket: OverdueTicket }
  | { kind: 'category'; category: string; now: number; before: number };

/** Of fewer tickets, a change says nothing: it may be one of them alone. */
const FEWEST_TICKETS = 10;

/** A change that people notice: a tenth of what was, or five points of a share. */
const NOTICED = { ratio: 0.1, points: 0.05 };

const MOST_WORSE = 3;

/** A category has grown that has half as many again, and so many more that it is no accident. */
const GROWN = { ratio: 1.5, tickets: 5 };

interface Known {
  compared: readonly Compared[];
  categories: readonly CategoryVolume[];
  /** The oldest first. */
  overdue: readonly OverdueTicket[];
  overdueCount: number;
  /** Of these, those that only a queue owns. */
  aloneCount: number;
}

/** What to look at, the figures that became worse first, the most changed of them before the others. */
export function pointsOf({ compared, categories, overdue, overdueCount, aloneCount }: Known): readonly Point[] {
  const [oldest] = overdue;
  return [
    ...worseOf(compared),
    ...categories.filter(hasGrown).map(({ category, opened, before }): Point => {
      return { kind: 'category', category, now: opened, before };
    }),
    ...(aloneCount === 0 ? [] : [{ kind: 'nobody', tickets: aloneCount, of: overdueCount } as const]),
    ...(oldest === undefined ? [] : [{ kind: 'oldest', ticket: oldest } as const]),
  ];
}

/** A point as a sentence. */
export function pointWords(point: Point, { prefix, at }: { prefix: string; at: Temporal.Instant }): string {
  switch (point.kind) {
    case 'worse': {
      const { figure, now, before } = point;
      const [is, was] = [figureWords(figure, now), figureWords(figure, before)];
      return `${figure.title}: ${is}, after ${was} the week before (${changeWords(figure, now, before) ?? ''}).`;
    }
    case 'nobody':
      return `${counted(point.tickets, 'ticket')} of ${point.of} open over 24 hours ${point.tickets === 1 ? 'has' : 'have'} no person.`;
    case 'oldest': {
      const { number, subject, owner, openedAt } = point.ticket;
      const age = lengthWords(openedAt.until(at).total('minutes'));
      return `The oldest open ticket is ${ticketName(prefix, number)} ${quote(subject)}: ${age}, with ${owner}.`;
    }
    case 'category':
      return `${categoryWords(point.category)}: ${counted(point.now, 'new ticket')}, after ${point.before} the week before.`;
  }
}

/** A category as a heading: `account_access` → `Account access`. */
export function categoryWords(category: string): string {
  return category === '' ? 'No category' : capital(plain(category).replaceAll('-', ' '));
}

function worseOf(compared: readonly Compared[]): readonly Point[] {
  return compared
    .flatMap(({ figure, now, before }) => {
      if (before === null || now.value === null || before.value === null) return [];
      if (Math.min(now.tickets, before.tickets) < FEWEST_TICKETS) return [];
      if (isGoodNews(figure, now.value, before.value) !== false) return [];
      const weight = weightOf(figure, now.value, before.value);
      return weight < 1 ? [] : [{ weight, point: { kind: 'worse', figure, now: now.value, before: before.value } }];
    })
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MOST_WORSE)
    .map(({ point }) => point as Point);
}

/** How much a change is, so that 1 is just noticed. */
function weightOf({ unit }: Figure, now: number, before: number): number {
  if (unit === 'share') return Math.abs(now - before) / NOTICED.points;
  return before === 0 ? 0 : Math.abs(now / before - 1) / NOTICED.ratio;
}

function hasGrown({ opened, before }: CategoryVolume): boolean {
  return opened >= before * GROWN.ratio && opened - before >= GROWN.tickets;
}
