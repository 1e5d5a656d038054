import type { Compared } from '../../reports/figures/compare.ts';
import { figureWords } from '../../reports/words.ts';
import { html, type Fill, type Html } from '../markup.ts';
import { type Asked, behind } from './asked.ts';
import { changeMark } from './figure-tiles.ts';

/** The figure that the team wants to make better now, large. */
export function leadingCard({ figure, now, before }: Compared, asked: Asked, hint: Fill): Html {
  return html`<section class="card td-leading" aria-labelledby="leading-figure">
    <h2 class="td-card-title" id="leading-figure">What we make better now: ${figure.title}</h2>
    <p class="td-leading-value">
      <a href="${behind(figure.id, asked)}"><strong>${figureWords(figure, now.value)}</strong></a>
      ${changeMark(figure, now.value, before?.value ?? null)}
    </p>
    <p class="form-hint">${hint}</p>
  </section>`;
}
