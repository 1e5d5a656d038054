import { percent } from '../domain/opinion.ts';
import { ticketName } from '../domain/ticket.ts';
import { type Access, isEnough } from '../kit/access.ts';
import type { CategoryReport, Confusing, LearningReport } from '../knowledge/classifier/index.ts';
import type { LearningState } from '../knowledge/learning/index.ts';
import { proposalWords } from '../knowledge/learning/words.ts';
import type { Here } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { learnedLines } from './learning-card.ts';
import { html, type Html } from './markup.ts';
import { titled } from './words.ts';

export interface LearningView {
  state: LearningState;
  prefix: string;
  here: Here;
  access: Access;
  csrfToken: string;
}

/** What was learned from solved tickets and corrections, what it is worth, and what to put right. */
export function learningMain(view: LearningView): Html {
  const { state, access, csrfToken } = view;
  return html`<section class="td-channel" aria-labelledby="learning-page-title">
    <h1 id="learning-page-title">What was learned</h1>
    <p class="text-secondary">
      Categories are learned from solved tickets and from what people correct, on this machine.
      <a href="/docs/learning.md">The guide</a> tells how.
    </p>
    <section class="card" aria-label="How it stands">
      ${state.isOn ? learnedLines(state, view.here) : html`<p>This desk does not learn, as <code>triage.yaml</code> says.</p>`}
      ${
        state.isOn && isEnough(access, 'admin')
          ? html`<form method="post" action="/learning">
              ${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">
                ${icon('retry')}Learn now
              </button>
            </form>`
          : null
      }
    </section>
    ${state.isOn ? proposalsCard(state) : null} ${state.model === null ? null : reportCards(view, state.model.report)}
  </section>`;
}

/** What is suggested beside the category, which only people take. */
function proposalsCard({ proposals }: LearningState): Html | null {
  if (proposals.length === 0) return null;
  return html`<section class="card" aria-labelledby="suggested-title">
    <h2 class="td-card-title" id="suggested-title">What it suggests</h2>
    ${proposals.map((proposal) => html`<p>${proposalWords(proposal)}</p>`)}
    <p class="form-hint">
      It sets neither: whoever looks at a ticket takes a suggestion or leaves it. It suggests what people chose by hand
      five times or more.
    </p>
  </section>`;
}

function reportCards(view: LearningView, report: LearningReport): Html {
  return html`${categoriesCard(report.categories)} ${confusingCard(view, report.confusing)} ${leftOutCard(view, report)}`;
}

function categoriesCard(categories: readonly CategoryReport[]): Html {
  const rows = categories.toSorted((one, other) => other.tickets - one.tickets);
  return html`<section class="card" aria-labelledby="learned-categories">
    <h2 class="td-card-title" id="learned-categories">By category</h2>
    <div class="td-learned-frame" role="region" aria-labelledby="learned-categories" tabindex="0">
      <table class="td-learned">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Tickets</th>
            <th scope="col">Placed by itself</th>
            <th scope="col">Right of those</th>
            <th scope="col">Taken for</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(categoryRow)}
        </tbody>
      </table>
    </div>
    <p class="form-hint">Measured on tickets that it had not seen when it answered.</p>
  </section>`;
}

function categoryRow({ category, tickets, precision, coverage, confusedWith }: CategoryReport): Html {
  return html`<tr>
    <th scope="row"><bdi>${titled(category)}</bdi></th>
    <td>${tickets.toLocaleString('en-GB')}</td>
    <td>${percent(coverage)}</td>
    <td>${precision === null ? '–' : percent(precision)}</td>
    <td>
      ${confusedWith === null ? '–' : html`<bdi>${titled(confusedWith.category)}</bdi> (${confusedWith.tickets})`}
    </td>
  </tr>`;
}

function confusingCard(view: LearningView, confusing: readonly Confusing[]): Html | null {
  if (confusing.length === 0) return null;
  return html`<section class="card" aria-labelledby="confusing-title">
    <h2 class="td-card-title" id="confusing-title">What confuses it</h2>
    <p class="text-secondary">
      The surest mistakes first. Where the ticket has the wrong category, correct it there; where two categories mean
      much the same, think about one.
    </p>
    <ul class="td-others">
      ${confusing.map((each) => html`<li>${confusingItem(view, each)}</li>`)}
    </ul>
  </section>`;
}

function confusingItem(view: LearningView, { ticket, text, category, said, confidence }: Confusing): Html {
  return html`${ticketLink(view, ticket)} is <bdi><strong>${titled(category)}</strong></bdi
    >, and it says <bdi><strong>${titled(said)}</strong></bdi> (${percent(confidence)}).
    <small dir="auto">${text}</small>`;
}

function leftOutCard(view: LearningView, { leftOut, wrongLabels }: LearningReport): Html | null {
  if (leftOut.length === 0) return null;
  return html`<section class="card" aria-labelledby="left-out-title">
    <h2 class="td-card-title" id="left-out-title">Not learned from</h2>
    <p class="text-secondary">
      About ${percent(wrongLabels)} of the categories look wrong; the plainest of them were left out. What you put right
      is learned from.
    </p>
    <p>${leftOut.map((ticket, index) => html`${index === 0 ? '' : ', '}${ticketLink(view, ticket)}`)}</p>
  </section>`;
}

function ticketLink({ prefix }: LearningView, number: number): Html {
  return html`<a class="td-number" href="/tickets/${number}">${ticketName(prefix, number)}</a>`;
}
