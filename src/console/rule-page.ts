import { capital } from '../domain/sentences/words.ts';
import { ticketName } from '../domain/ticket.ts';
import { type Access, isEnough } from '../kit/access.ts';
import { type AskersOfRule, dayOf, type UseOfRule, WINDOWS, type Window } from '../reports/playbook/figures.ts';
import type { PlaybookRule } from '../reports/playbook/playbook.ts';
import { REVIEW_PARTS, type Review, type ReviewPart } from '../reports/playbook/review.ts';
import { moment } from './badges.ts';
import { flag, html, type Html } from './markup.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { ruleAddress } from './playbook-address.ts';
import { ruleFacts, usesLine } from './playbook-page.ts';
import { countWords } from './words.ts';

/** So many turns stand on the page of a rule. */
export const MOST_TURNS = 100;

export interface RuleView {
  rule: PlaybookRule;
  version: string;
  asked: { what: 'fired' | 'overridden'; window: Window };
  turns: readonly UseOfRule[];
  askers: readonly AskersOfRule[];
  reviews: readonly Review[];
  prefix: string;
  timeZone: string;
  now: Temporal.Instant;
  access: Access;
  csrfToken: string;
}

/** One rule: what it says, whether somebody is to look at it, and the tickets behind its counts. */
export function ruleMain(view: RuleView): Html {
  const { rule, version } = view;
  return html`<section class="td-playbook" aria-labelledby="rule-title">
    <nav class="td-crumbs" aria-label="Way back"><a href="/playbook">Playbook</a></nav>
    <h1 id="rule-title"><bdi>${rule.name}</bdi></h1>
    ${rule.why === null ? null : html`<p>${rule.why}</p>`}
    <section class="card" aria-label="What it says">${ruleFacts(rule, version)} ${usesLine(rule, view)}</section>
    ${reviewCard(view)} ${turnsCard(view)} ${askersCard(view)}
  </section>`;
}

function reviewCard(view: RuleView): Html {
  const { rule, reviews, timeZone } = view;
  return html`<section class="card" id="review" aria-labelledby="review-title">
    <h2 class="td-card-title" id="review-title">Reviews</h2>
    ${rule.dues.map(({ part, why }) => html`<p><span class="td-flag">${capital(part)}</span> ${why}</p>`)}
    <ul class="td-others">
      ${REVIEW_PARTS.map((part) => html`<li>${nextWords(rule, part)}</li>`)}
    </ul>
    ${reviewForm(view)}
    ${
      reviews.length === 0
        ? html`<p class="text-secondary">Nobody has looked at it yet.</p>`
        : html`<ul class="td-others">
            ${reviews.map(
              ({ part, at, by, note }) =>
                html`<li>
                  ${moment(at, timeZone)}: <bdi>${by}</bdi> looked at the ${part}.
                  ${note === '' ? null : html`<small dir="auto">${note}</small>`}
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function nextWords({ next }: PlaybookRule, part: ReviewPart): Html {
  const due = next[part];
  if (part === 'logic')
    return html`Logic: ${due === null ? 'from when it is first in force' : `next by ${dayOf(due).toString()}`}.`;
  return html`Exceptions: ${due === null ? 'none since the last look' : `next by ${dayOf(due).toString()}`}.`;
}

function reviewForm({ rule, access, csrfToken }: RuleView): Html | null {
  if (!isEnough(access, 'admin')) return null;
  const first = rule.dues[0]?.part ?? 'logic';
  return html`<form method="post" action="/playbook/rule/reviewed" class="td-rule-review">
    ${hiddenFields({ _csrf: csrfToken, stage: rule.stage, name: rule.name })}
    <fieldset>
      <legend class="visually-hidden">What you looked at</legend>
      ${REVIEW_PARTS.map(
        (part) =>
          html`<label class="form-check-label"
            ><input
              class="form-check-input"
              type="radio"
              name="part"
              value="${part}"
              ${flag('checked', part === first)}
            />
            ${capital(part)}</label
          > `,
      )}
    </fieldset>
    <label class="visually-hidden" for="review-note">Note</label>
    <input class="form-control" id="review-note" name="note" maxlength="500" placeholder="A note, if you like" />
    <button class="btn" type="submit">${icon('check')}I looked at it</button>
  </form>`;
}

function turnsCard(view: RuleView): Html {
  const { rule, asked, turns, prefix, timeZone } = view;
  const count = rule.uses[asked.what][asked.window];
  const what = asked.what === 'fired' ? 'Fired' : 'Changed by people';
  return html`<section class="card" id="turns" aria-labelledby="turns-title">
    <h2 class="td-card-title" id="turns-title">${what}: ${countWords(count, 'time')} in ${asked.window} days</h2>
    <nav class="td-chapters" aria-label="Which count">
      ${(['fired', 'overridden'] as const).flatMap((each) => WINDOWS.map((window) => windowLink(view, each, window)))}
    </nav>
    ${turns.length === 0 ? html`<p class="text-secondary">No ticket.</p>` : null}
    <ul class="td-others">
      ${turns.map(
        ({ number, subject, at }) =>
          html`<li>
            <a href="/tickets/${number}"
              ><span class="td-number">${ticketName(prefix, number)}</span>
              <bdi>${subject === '' ? 'No subject' : subject}</bdi></a
            >
            <small>${moment(at, timeZone)}</small>
          </li>`,
      )}
    </ul>
    ${count > turns.length && turns.length === MOST_TURNS ? html`<p class="text-secondary">The latest ${MOST_TURNS} are shown.</p>` : null}
  </section>`;
}

function windowLink({ rule, asked }: RuleView, what: 'fired' | 'overridden', window: Window): Html {
  const isHere = asked.what === what && asked.window === window;
  return html`<a
    href="${ruleAddress(rule, { what, days: String(window) })}#turns"
    ${isHere ? html` aria-current="true"` : null}
    >${what === 'fired' ? 'Fired' : 'Changed'}, ${window} days
    <small>${rule.uses[what][window].toLocaleString('en-GB')}</small></a
  >`;
}

function askersCard({ askers }: RuleView): Html | null {
  if (askers.length === 0) return null;
  return html`<section class="card" aria-labelledby="askers-title">
    <h2 class="td-card-title" id="askers-title">Whom it meets</h2>
    <ul class="td-others">
      ${askers.map(
        ({ kind, value, firstAt, fired }) =>
          html`<li>
            ${kind === 'channel' ? 'Channel' : 'Tier'} <bdi>${value}</bdi>
            <small>${countWords(fired, 'time')} since ${dayOf(firstAt).toString()}</small>
          </li>`,
      )}
    </ul>
  </section>`;
}
