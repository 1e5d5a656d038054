import { type Among, type Dimension, DIMENSIONS } from '../../reports/figures/among.ts';
import type { Side } from '../../reports/figures/tickets-behind.ts';
import type { FigureId } from '../../domain/figure.ts';
import {
  isSpanName,
  type NamedSpan,
  type Span,
  spanBetween,
  spanNamed,
  type Step,
  stepWithin,
} from '../../reports/span.ts';
import type { Visit } from '../visit.ts';

/** Where a report begins. */
const USUAL_SPAN: NamedSpan = 'last_4_weeks';

/** What a page of reports was asked for, by its address. */
export interface Asked {
  span: Span;
  /** By which name the stretch goes; null for one between two days. */
  spanName: NamedSpan | null;
  among: Among;
  now: Temporal.Instant;
}

/** Reads the stretch and the kinds of tickets that a page shall show. What cannot be read is as if it were left out. */
export function askedOf({ query, now, config }: Pick<Visit, 'query' | 'now' | 'config'>): Asked {
  const { timeZone } = config.policy.desk;
  const between = spanBetween(query('from'), query('to'), timeZone);
  const named = isSpanName(query('span')) ? query('span') : USUAL_SPAN;
  const spanName = between === null ? (named as NamedSpan) : null;
  return { span: between ?? spanNamed(named as NamedSpan, now, timeZone), spanName, among: amongOf(query), now };
}

/** Which side of a share is asked for. */
export function sideOf(asked: string): Side {
  return asked === 'in' || asked === 'out' ? asked : 'all';
}

/** The address of a page for the same stretch and tickets, with some of it otherwise. */
export function addressOf(page: string, asked: Asked, more: Readonly<Record<string, string | null>> = {}): string {
  const { span, spanName, among } = asked;
  const dates = { from: span.from.toString(), to: span.until.subtract({ days: 1 }).toString() };
  const given: Record<string, string | null> = {
    ...(spanName === null ? dates : { span: spanName }),
    ...Object.fromEntries(
      Object.entries(among).map(([dimension, value]) => [dimension, value === '' ? NOTHING : value]),
    ),
    ...more,
  };
  const pairs = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== null);
  return `${page}?${new URLSearchParams(pairs).toString()}`;
}

/** The address of the tickets behind a figure, of those that are so; an empty value asks for those without any. */
export function behind(figure: FigureId, asked: Asked, among: Among = {}): string {
  return addressOf(`/reports/figures/${figure}`, { ...asked, among: { ...asked.among, ...among } });
}

/** The address of the tickets behind a figure in one step of a line, by its first day. */
export function behindStep(figure: FigureId, asked: Asked, { step, first }: { step: Step; first: string }): string {
  const span = stepWithin(asked.span, step, first);
  return addressOf(`/reports/figures/${figure}`, { ...asked, span, spanName: null });
}

/** In an address, stands for tickets of which nothing is known: an empty value says nothing at all. */
const NOTHING = '~';

function amongOf(query: Visit['query']): Among {
  const given = (Object.keys(DIMENSIONS) as Dimension[]).map((dimension) => [dimension, query(dimension)] as const);
  return Object.fromEntries(
    given.filter(([, value]) => value !== '').map(([dimension, value]) => [dimension, value === NOTHING ? '' : value]),
  );
}
