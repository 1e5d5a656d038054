import type { Figure } from '../../reports/figures/figure.ts';
import type { Measured } from '../../reports/figures/measure.ts';
import { changeWords, figureWords, isGoodNews } from '../../reports/words.ts';
import { html, type Html } from '../markup.ts';
import { countWords } from '../words.ts';
import { type Asked, behind } from './asked.ts';

/** Figures of a stretch, and of the one before. */
export interface Compared {
  now: Readonly<Record<string, Measured>>;
  before: Readonly<Record<string, Measured>>;
}

/** Figures side by side, each leading to its tickets, with how it changed against the stretch before. */
export function figureTiles(figures: readonly Figure[], compared: Compared, asked: Asked): Html {
  return html`<ul class="td-tiles td-figure-tiles">
    ${figures.map((figure) => html`<li class="td-tile td-figure-tile">${tile(figure, compared, asked)}</li>`)}
  </ul>`;
}

function tile(figure: Figure, { now, before }: Compared, asked: Asked): Html {
  const { value = null, tickets = 0 } = now[figure.id] ?? {};
  return html`<a href="${behind(figure.id, asked)}">
    <span class="td-tile-name">${figure.title}</span>
    <strong>${figureWords(figure, value)}</strong>
    <span class="td-figure-rest"
      >${figure.moment === null ? null : changeMark(figure, value, before[figure.id]?.value ?? null)}
      ${figure.unit === 'tickets' ? null : countWords(tickets, 'ticket')}</span
    >
  </a>`;
}

/** How a figure changed, and whether that is good, which no colour says alone. */
export function changeMark(figure: Figure, now: number | null, before: number | null): Html | null {
  const words = changeWords(figure, now, before);
  if (words === null) return null;
  const isGood = isGoodNews(figure, now, before);
  const [tone, verdict] = isGood === null ? ['', ''] : isGood ? ['td-good', ', better'] : ['td-bad', ', worse'];
  return html`<span class="td-change ${tone}" title="Against the period before: ${figureWords(figure, before)}"
    >${words}<span class="visually-hidden">${verdict} than the period before</span></span
  >`;
}
