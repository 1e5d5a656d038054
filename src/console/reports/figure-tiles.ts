import type { Compared } from '../../reports/figures/compare.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { changeWords, figureWords, isGoodNews } from '../../reports/words.ts';
import { html, type Html } from '../markup.ts';
import { countWords } from '../words.ts';
import { type Asked, behind } from './asked.ts';

/** Figures side by side, each leading to its tickets, with how it changed against the stretch before. */
export function figureTiles(compared: readonly Compared[], asked: Asked): Html {
  return html`<ul class="td-tiles td-figure-tiles">
    ${compared.map((each) => html`<li class="td-tile td-figure-tile">${tile(each, asked)}</li>`)}
  </ul>`;
}

function tile({ figure, now, before }: Compared, asked: Asked): Html {
  const { value, tickets } = now;
  return html`<a href="${behind(figure.id, asked)}">
    <span class="td-tile-name">${figure.title}</span>
    <strong>${figureWords(figure, value)}</strong>
    <span class="td-figure-rest"
      >${changeMark(figure, value, before?.value ?? null)}
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
