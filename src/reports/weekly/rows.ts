import type { ReviewCell } from '../../config/review-table.ts';
import type { Compared } from '../figures/compare.ts';
import type { Unit } from '../figures/figure.ts';
import { changeWords, figureWords, isGoodNews } from '../words.ts';
import { behind, type DocumentGiven, documentOf } from './document.ts';
import { asText } from './plain-text.ts';
import type { WeeklyReview } from './review.ts';

/** A row for the table of the base, by our names for its columns. */
export type ReviewRow = Readonly<Record<ReviewCell, string | number | null>>;

/** As people write it beside a number. */
const UNITS: Readonly<Record<Unit, string>> = {
  tickets: 'tickets',
  customers: 'customers',
  minutes: 'minutes',
  share: '%',
  score: 'points',
  per_day: 'a day',
  per_month: 'a month',
  per_ticket: 'per ticket',
};

/** The review as rows: first all of it as text, then one of each figure, of which the one that leads is the first. */
export function rowsOf(review: WeeklyReview, given: DocumentGiven): readonly ReviewRow[] {
  const document = documentOf(review, given);
  const { name, span } = review.week;
  const dated = { week: name, starts: span.from.toString() };
  const whole: ReviewRow = {
    ...dated,
    key: `${name}-review`,
    figure: 'Weekly review',
    value: null,
    unit: null,
    before: null,
    sentence: sentenceOf(review.primary),
    link: document.link,
    review: asText(document),
  };
  const figures = [review.primary, ...review.figures].map((compared): ReviewRow => {
    const { figure, now, before } = compared;
    return {
      ...dated,
      key: `${name}-${figure.id}`,
      figure: figure.title,
      value: valueIn(figure.unit, now.value),
      unit: UNITS[figure.unit],
      before: valueIn(figure.unit, before?.value ?? null),
      sentence: sentenceOf(compared),
      link: behind(figure, review, given),
      review: null,
    };
  });
  return [whole, ...figures];
}

/** `New tickets: 42, after 30 the week before (+40 %).` */
function sentenceOf({ figure, now, before }: Compared): string {
  const words = (value: number | null) => (value === null ? 'not known' : figureWords(figure, value));
  const is = `${figure.title}: ${words(now.value)}`;
  if (before === null) return `${is}, when it was written.`;
  if (now.value === null && before.value === null) return `${is}, nor the week before.`;
  const change = changeWords(figure, now.value, before.value);
  const isGood = isGoodNews(figure, now.value, before.value);
  const news = isGood === null ? '' : `, ${isGood ? 'better' : 'worse'}`;
  const was = `${is}, after ${words(before.value)} the week before`;
  return change === null ? `${was}.` : `${was} (${change}${news}).`;
}

/** Shares in hundredths, as people write them; of the rest no more than anybody reads. */
function valueIn(unit: Unit, value: number | null): number | null {
  if (value === null) return null;
  return unit === 'share' ? Math.round(value * 1000) / 10 : Math.round(value * 100) / 100;
}
