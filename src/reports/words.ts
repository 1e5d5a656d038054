import type { Figure, Unit } from './figures/figure.ts';

/** What stands where nothing can be said. */
const UNKNOWN = '–';

/** A figure as people read it: `1,204`, `3 h 5 min`, `93 %`, `4.3`. */
export function figureWords({ unit }: Pick<Figure, 'unit'>, value: number | null): string {
  return value === null ? UNKNOWN : unitWords(unit, value);
}

export function unitWords(unit: Unit, value: number): string {
  switch (unit) {
    case 'tickets':
    case 'customers':
      return wholeWords(value);
    case 'minutes':
      return lengthWords(value);
    case 'share':
      return `${decimals(value * 100, value > 0 && value < 0.1 ? 1 : 0)} %`;
    case 'score':
      return decimals(value, 1);
    case 'per_day':
    case 'per_month':
      return decimals(value, value < 100 ? 1 : 0);
    case 'per_ticket':
      return decimals(value, 2);
  }
}

/** A number of whole things, with a comma at every thousand. */
export function wholeWords(value: number): string {
  return decimals(value, 0);
}

/** A length of time, as exact as it is long: `4 min`, `3 h 5 min`, `14 h`, `2 d 4 h`, `12 d`. A day has 24 hours. */
export function lengthWords(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  if (whole < 60) return `${whole} min`;
  if (whole < 600) return withRest(Math.floor(whole / 60), 'h', `${whole % 60} min`);
  const hours = Math.round(whole / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 10 ? withRest(days, 'd', `${hours % 24} h`) : `${Math.round(hours / 24)} d`;
}

/** How a figure changed against the period before: `+12 %`, `-3 points`; null where there is nothing to compare. */
export function changeWords({ unit }: Pick<Figure, 'unit'>, now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null;
  if (unit === 'share') return points((now - before) * 100);
  if (unit === 'score') return signed(now - before, 1);
  return before === 0 ? null : `${signed((now / before - 1) * 100, 0)} %`;
}

/** Whether a change is good news; null where it is neither, or too small to speak of. */
export function isGoodNews(figure: Figure, now: number | null, before: number | null): boolean | null {
  if (now === null || before === null || figure.better === null) return null;
  const words = changeWords(figure, now, before);
  if (words === null || words.startsWith('±0')) return null;
  return figure.better === 'more' ? now > before : now < before;
}

function points(difference: number): string {
  return `${signed(difference, 0)} ${Math.abs(Math.round(difference)) === 1 ? 'point' : 'points'}`;
}

function signed(value: number, digits: 0 | 1): string {
  const written = decimals(Math.abs(value), digits);
  if (Number(written.replaceAll(',', '')) === 0) return '±0';
  return `${value < 0 ? '−' : '+'}${written}`;
}

/** With no digit after the point, with one, and with two. */
const DECIMALS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

function decimals(value: number, digits: 0 | 1 | 2): string {
  return DECIMALS[digits]?.format(value) ?? '';
}

function withRest(whole: number, unit: string, rest: string): string {
  return rest.startsWith('0 ') ? `${whole} ${unit}` : `${whole} ${unit} ${rest}`;
}
