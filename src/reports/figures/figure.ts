import type { SQL } from 'drizzle-orm';
import type { FigureId } from '../../domain/figure.ts';

/** What a figure is counted in. Minutes are minutes of every clock on the wall, unless its title says open hours. */
export type Unit = 'tickets' | 'customers' | 'minutes' | 'share' | 'score' | 'per_day' | 'per_month' | 'per_ticket';

/** The moment of a ticket that puts it into a period: a column of `outcomes`. */
export type Moment =
  | 'opened_at'
  | 'first_responded_at'
  | 'resolved_at'
  | 'first_reply_settled_at'
  | 'resolution_settled_at'
  | 'breached_at'
  | 'surveyed_at';

/**
 * One figure, defined once. A page, a mail, an export and the list of tickets behind it all read this, so that they
 * cannot differ. In its SQL `o` is a row of `outcomes`, and `asked.now` is the moment of asking; whatever else it reads is
 * in the schema `bi`, so that tools that see nothing else can measure it, too.
 */
export interface Figure {
  id: FigureId;
  title: string;
  unit: Unit;
  /** In two or three sentences: what is counted, from when to when, and what is left out. */
  definition: string;
  /** Null for what stands at the moment of asking, whatever period is looked at. */
  moment: Moment | null;
  /** Which tickets it rests on. */
  of: SQL;
  /** Of a share: which of these make it up. */
  part: SQL | null;
  /** What is shown of each ticket behind it; null where being there says it all. */
  each: SQL | null;
  /** The figure of those tickets for which a condition holds, among them `of`. */
  value(counted: SQL): SQL;
  /** For how many days it is said, where it is a rate: it is divided by the days of its period, times these. */
  perDays?: number;
  /** Which way is good news; null where neither is. */
  better: 'more' | 'less' | null;
}

/** What every kind of figure says of itself. */
export type Told = Pick<Figure, 'id' | 'title' | 'definition' | 'moment' | 'better'> & { of?: SQL };
