import type { GivenBaseline } from '../../config/reports.ts';
import type { Queries } from '../../db/connection.ts';
import type { FigureId } from '../../domain/figure.ts';
import { figuresOf } from '../figures/catalogue.ts';
import type { Figure } from '../figures/figure.ts';
import { type Imported, readImported } from './keep-baseline.ts';
import { readShadowWeek, shadowTickets, type ShadowWeek } from './shadow-week.ts';
import { importedTickets, type Side, sideOf, type Tickets } from './side.ts';

/** What is compared with the time before. */
export const COMPARED = ['first_reply_median', 'first_reply_kept', 'resolution_median', 'reassignments'] as const;

/** A figure of the time before, and how it is known. */
export interface Before extends Side {
  by: BaselineSource['by'];
}

/** Somewhere that figures of the time before come from, and the days that they are of. */
export interface BaselineSource {
  by: 'given' | 'imported' | 'shadow';
  /** In the words of whoever gave or imported it. */
  source: string | null;
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  tickets: number | null;
}

/** How it was before, as far as anybody knows. */
export interface Baseline {
  sources: readonly BaselineSource[];
  figures: Readonly<Partial<Record<FigureId, Before>>>;
  /** The tickets themselves, to compare what they were about; null where there are only figures. */
  tickets: Tickets | null;
}

/** For each figure: what the team says itself, or else what was imported, or else what the shadow week measured. */
export async function readBaseline(
  queries: Queries,
  { given, timeZone, now }: { given: GivenBaseline; timeZone: string; now: Temporal.Instant },
): Promise<Baseline> {
  const [imported, week] = [await readImported(queries), await readShadowWeek(queries, now)];
  const figures = new Map<FigureId, Before>();
  for (const figure of figuresOf(...COMPARED)) {
    const before = givenSide(figure, given) ?? (await measured(queries, figure, { imported, week }));
    if (before !== null) figures.set(figure.id, before);
  }
  return {
    sources: [
      ...(Object.keys(given.figures).length === 0 ? [] : [{ by: 'given' as const, ...given }]),
      ...(imported === null ? [] : [importedSource(imported, timeZone)]),
      ...(week === null ? [] : [shadowSource(week, timeZone)]),
    ],
    figures: Object.fromEntries(figures),
    tickets: imported !== null ? importedTickets(null) : week === null ? null : shadowTickets(week, null),
  };
}

/** Whoever gives a figure without its tickets is taken at their word. */
function givenSide({ id }: Figure, { figures, tickets }: GivenBaseline): Before | null {
  const value = figures[id];
  return value === undefined ? null : { by: 'given', value, low: value, high: value, tickets };
}

async function measured(
  queries: Queries,
  figure: Figure,
  { imported, week }: { imported: Imported | null; week: ShadowWeek | null },
): Promise<Before | null> {
  const old = imported === null ? null : await sideOf(queries, figure, importedTickets(figure));
  if (old !== null) return { by: 'imported', ...old };
  const side = week === null ? null : await sideOf(queries, figure, shadowTickets(week, figure));
  return side === null ? null : { by: 'shadow', ...side };
}

function importedSource({ source, from, until, tickets }: Imported, timeZone: string): BaselineSource {
  return { by: 'imported', source, ...daysOf({ from, until }, timeZone), tickets };
}

function shadowSource({ from, until, tickets }: ShadowWeek, timeZone: string): BaselineSource {
  return { by: 'shadow', source: null, ...daysOf({ from, until }, timeZone), tickets };
}

function daysOf(
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
  timeZone: string,
): Pick<BaselineSource, 'from' | 'until'> {
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate();
  return { from: dayOf(from), until: dayOf(until) };
}
