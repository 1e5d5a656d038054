import type { Queries } from '../../db/connection.ts';
import { type Among, type Dimension } from '../figures/among.ts';
import { FIGURES } from '../figures/catalogue.ts';
import { measure } from '../figures/measure.ts';
import { type Span, type Step, stepOf } from '../span.ts';
import type { ExportRow } from './rows.ts';
import { type Column, columnsOf } from './table.ts';

/** By what figures are told apart, beside the whole and its steps of time. A customer's own are in the tickets. */
const CUTS: readonly Dimension[] = ['channel', 'category', 'queue', 'assignee', 'priority', 'segment', 'language'];

/** What a row of figures says. */
export const FIGURE_COLUMNS: readonly Column[] = [
  ...columnsOf('text', {
    figure: 'The id of the figure.',
    title: 'Its title.',
    unit: 'What it is counted in.',
    by: 'By what it is told apart: day, week, month, channel and so on; empty for the whole.',
    group: 'Which one: the first day of a step, or a value; empty for the whole and for tickets without one.',
  }),
  ...columnsOf('number', {
    value: 'The figure; empty where there is nothing to measure.',
    tickets: 'How many tickets it rests on.',
  }),
];

/** Every figure of a stretch: of the whole, over time, and by whatever tells tickets apart. */
export async function* figureRows(
  queries: Queries,
  { span, among, now }: { span: Span; among: Among; now: Temporal.Instant },
): AsyncGenerator<readonly ExportRow[]> {
  const moving = FIGURES.filter(({ moment }) => moment !== null);
  for (const by of [null, stepOf(span), ...CUTS] satisfies (Dimension | Step | null)[]) {
    const figures = by === stepOf(span) ? moving : FIGURES;
    const measured = await measure(queries, { figures, span, among, by, now });
    const groups = [...measured].toSorted(([one], [other]) => (one < other ? -1 : 1));
    yield figures.flatMap(({ id, title, unit }) =>
      groups.flatMap(([group, { [id]: found }]): ExportRow[] =>
        found === undefined ? [] : [[id, title, unit, by ?? '', group, found.value, found.tickets]],
      ),
    );
  }
}
