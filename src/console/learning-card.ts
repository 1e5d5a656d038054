import { percent } from '../domain/opinion.ts';
import type { LearningState } from '../knowledge/learning/index.ts';
import type { StoredModel } from '../knowledge/learning/stored-models.ts';
import { endingWords, vectorsWords } from '../knowledge/learning/words.ts';
import { type Here, moment } from './badges.ts';
import { html, type Html } from './markup.ts';
import { countWords } from './words.ts';

/** What the desk learned from its own tickets, in two lines; nothing where it is not to learn. */
export function learningCard(state: LearningState, here: Here): Html | null {
  if (!state.isOn) return null;
  return html`<section class="card" id="learning" aria-labelledby="learning-title">
    <h2 class="td-card-title" id="learning-title">What was learned</h2>
    ${learnedLines(state, here)}
    ${state.model === null ? null : html`<p><a href="/learning">By category, and what confuses it</a></p>`}
  </section>`;
}

/** When, from how much, what it is worth, and what came of the last attempt. */
export function learnedLines(state: LearningState, here: Here): Html {
  const words = endingWords(state);
  const vectors = vectorsWords(state);
  const { model } = state;
  return html`${model === null ? null : worthLine(model, here)}
  ${model === null || vectors === null ? null : html`<p class="text-secondary">${vectors}</p>`}
  ${words === null ? null : html`<p class="text-secondary">${words}</p>`}
  ${model === null && words === null ? html`<p class="text-secondary">Nothing is learned yet.</p>` : null}
  ${state.hasNews ? html`<p class="text-secondary">There is more to learn since; it follows within the hour.</p>` : null}`;
}

function worthLine({ learnedAt, tickets, promise, report }: StoredModel, { timeZone }: Here): Html {
  const { coverage, precision } = report;
  const worth =
    coverage === 0
      ? 'It is never sure enough to place a ticket by itself.'
      : `It would place ${percent(coverage)} of them by itself, of which ${percent(precision)} are right; ${percent(promise)} are promised.`;
  return html`<p>
    Learned ${moment(learnedAt, timeZone)} from ${countWords(tickets, 'ticket')} that people know. ${worth}
  </p>`;
}
