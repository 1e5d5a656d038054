import type { Queries } from '../../db/connection.ts';
import { dayWriter } from '../../kit/date-words.ts';
import type { Figure, Unit } from '../../reports/figures/figure.ts';
import { measure, ofNothing } from '../../reports/figures/measure.ts';
import { type Span, type Step, stepOf, stepsOf } from '../../reports/span.ts';
import { figureWords, unitWords, wholeWords } from '../../reports/words.ts';
import type { Measure } from '../charts/axes.ts';
import { chartFigure } from '../charts/chart.ts';
import { linesDrawing } from '../charts/lines.ts';
import { html, type Html } from '../markup.ts';
import { type Asked, behindStep } from './asked.ts';

/** Figures over time, which are counted in the same unit, as lines. */
export async function figureLines(
  queries: Queries,
  { id, title, figures, asked }: { id: string; title: string; figures: readonly Figure[]; asked: Asked },
): Promise<Html> {
  const { span, among, now } = asked;
  const step = stepFor(figures, span);
  const today = now.toZonedDateTimeISO(span.timeZone).toPlainDate().toString();
  const steps = stepsOf(span, step).filter((day) => day <= today);
  const measured = await measure(queries, { figures, span, among, by: step, now });
  const values = (figure: Figure) => steps.map((day) => (measured.get(day)?.[figure.id] ?? ofNothing(figure)).value);
  const lines = figures.map((figure) => ({
    title: figure.title,
    values: values(figure),
    tips: values(figure).map((value, index) => `${dayWords(steps[index] ?? '', step)}: ${figureWords(figure, value)}`),
    addresses: steps.map((day) => behindStep(figure.id, asked, { step, first: day })),
  }));
  const [unit = 'tickets'] = figures.map((figure) => figure.unit);
  return chartFigure({
    id,
    title,
    says: saysOf(
      figures,
      lines,
      steps.map((day) => dayWords(day, step)),
    ),
    drawing: linesDrawing({ names: steps.map((day) => dayWords(day, step)), lines }, measureOf(unit)),
    table: {
      columns: [{ day: 'Day', week: 'Week from', month: 'Month' }[step], ...figures.map((each) => each.title)],
      rows: steps.map((day, index) => ({
        name: dayWords(day, step),
        cells: figures.map(
          (figure, line) =>
            html`<a href="${behindStep(figure.id, asked, { step, first: day })}"
              >${figureWords(figure, lines[line]?.values[index] ?? null)}</a
            >`,
        ),
      })),
    },
  });
}

/** Whole numbers need no decimals, even of what is counted more finely. */
function measureOf(unit: Unit): Measure {
  const isNumber = unit !== 'minutes' && unit !== 'share';
  return {
    words: (value) => (isNumber && Number.isInteger(value) ? wholeWords(value) : unitWords(unit, value)),
    isTime: unit === 'minutes',
  };
}

/** What stands out in the lines, for those who do not see them: their ends and their heights. */
function saysOf(
  figures: readonly Figure[],
  lines: readonly { values: readonly (number | null)[] }[],
  names: readonly string[],
): string {
  return figures
    .map((figure, index) => {
      const known = (lines[index]?.values ?? []).flatMap((value, at) => (value === null ? [] : [{ value, at }]));
      const [first, last] = [known[0], known.at(-1)];
      if (first === undefined || last === undefined) return `${figure.title}: nothing to show.`;
      const most = known.reduce((one, other) => (other.value > one.value ? other : one));
      const words = ({ value, at }: { value: number; at: number }) =>
        `${figureWords(figure, value)} (${names[at] ?? ''})`;
      return `${figure.title} from ${words(first)} to ${words(last)}, at most ${words(most)}.`;
    })
    .join(' ');
}

const DAY = dayWriter({ day: 'numeric', month: 'short' });
const MONTH = dayWriter({ month: 'short', year: '2-digit' });

/** A step as the axis names it: `16 Nov`, `Nov 26`. */
export function dayWords(day: string, step: Step): string {
  const date = Temporal.PlainDate.from(day);
  switch (step) {
    case 'day':
    case 'week':
      return DAY(date);
    case 'month':
      return MONTH(date);
  }
}

/** What is said for a month has no shape from day to day. */
function stepFor(figures: readonly Figure[], span: Span): Step {
  const step = stepOf(span);
  return step === 'day' && figures.some(({ unit }) => unit === 'per_month') ? 'week' : step;
}
