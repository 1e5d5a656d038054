import type { Policy } from '../decide/policy.ts';
import { guessesFor, type ShownGuess } from '../decide/opinions/guesses.ts';
import { isAdviceAwaited } from '../decide/opinions/advice.ts';
import { percent, readingOf } from '../domain/opinion.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { nearMoment, priorityBadge } from './badges.ts';
import { quotesIn } from './conversation.ts';
import { hiddenFields } from './form-parts.ts';
import { highlighted, type Quoted } from './highlight.ts';
import { hotkeysFor } from './hotkeys.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import { proposalForms } from './proposal-forms.ts';
import type { ListedTicket } from './queue-rows.ts';
import type { Reviewed, ReviewList, ReviewRecord } from './review-rows.ts';
import { countWords, titled } from './words.ts';

/** What the page of the review queue shows. */
export interface ReviewView {
  list: ReviewList;
  /** The ticket that is looked at; null when none waits. */
  reviewed: Reviewed | null;
  /** The ticket after it, by its number; null when it is the last. */
  next: number | null;
  /** What the same person decided just now, and may take back. */
  last: Ticket | null;
  record: ReviewRecord;
  policy: Policy;
  csrfToken: string;
  now: Temporal.Instant;
}

/** One ticket at a time: its words with what speaks for which category, the guesses, and a key for each answer. */
export function reviewMain(view: ReviewView): Html {
  const { list, reviewed } = view;
  return html`<div class="td-review">
    <div class="td-review-head">
      <div>
        <h1>Review</h1>
        <p class="td-list-count">
          ${list.waiting === 0 ? 'Nothing waits' : `${countWords(list.waiting, 'ticket')} to look at, urgent first`}
        </p>
      </div>
      ${recordWords(view.record)}
    </div>
    ${undoBar(view)}
    <div class="td-review-grid">
      ${reviewed === null ? nothingLeft() : [ticketCard(view, reviewed), waitingList(view, reviewed.ticket)]}
    </div>
  </div>`;
}

function recordWords({ today, yours, guessed, right }: ReviewRecord): Html {
  const done = today === 0 ? 'Nothing reviewed today' : `${countWords(today, 'review')} today, ${yours} by you`;
  return html`<p class="td-review-record">
    ${done}${guessed === 0 ? null : html`<br />The first guess was right in ${right} of ${guessed} (${percent(right / guessed)}), over 30 days`}
  </p>`;
}

/** What was decided last, while the mistake is still fresh. */
function undoBar({ last, policy, csrfToken }: ReviewView): Html | null {
  if (last === null || last.category === null) return null;
  return html`<form class="td-review-undo" method="post" action="/review/${last.number}/undo">
    ${hiddenFields({ _csrf: csrfToken })}
    <p>
      <a href="/tickets/${last.number}">${ticketName(policy.desk.prefix, last.number)}</a> is
      <strong><bdi>${titled(last.category)}</bdi></strong> now.
    </p>
    <button class="btn btn-sm" type="submit" data-hotkey="u" aria-keyshortcuts="u">
      ${icon('undo')}Undo<kbd>u</kbd>
    </button>
  </form>`;
}

function nothingLeft(): Html {
  return html`<section class="td-empty card">
    ${icon('check')}
    <h2>All looked at</h2>
    <p>Tickets come here when nothing says surely enough what they are about.</p>
    <p><a class="btn" href="/">To the queue</a></p>
  </section>`;
}

function ticketCard(view: ReviewView, reviewed: Reviewed): Html {
  const { ticket } = reviewed;
  const { prefix, timeZone } = view.policy.desk;
  return html`<article class="card td-review-ticket" aria-labelledby="review-subject">
    <p class="td-review-meta">
      <a href="/tickets/${ticket.number}" data-hotkey="o" aria-keyshortcuts="o" title="Open the ticket (o)"
        >${ticketName(prefix, ticket.number)}</a
      >
      <bdi>${ticket.requester.name || ticket.requester.email || 'No name'}</bdi>
      <span>${ticket.channel}</span> ${nearMoment(ticket.openedAt, { now: view.now, timeZone })}
      ${priorityBadge(ticket.priority)}
    </p>
    <h2 id="review-subject" dir="auto">${highlighted(ticket.subject || 'No subject', evidenceOf(reviewed))}</h2>
    ${textOf(reviewed)} ${whyHere(ticket)} ${answers(view, ticket)} ${proposalForms(ticket, { ...view, on: 'review' })}
  </article>`;
}

function textOf(reviewed: Reviewed): Html {
  const { description } = reviewed.ticket;
  if (description.trim() === '') return html`<p class="td-text text-secondary">No text</p>`;
  const marked = highlighted(description, evidenceOf(reviewed));
  return verbatim('pre', html`class="td-text td-review-text" dir="auto" tabindex="0"`, marked);
}

/** Words on which decisions rest, those of opinions, and those that tell of lost patience. */
function evidenceOf({ ticket, decisions }: Reviewed): readonly Quoted[] {
  const ofOpinions = ticket.opinions.flatMap(({ words, categories: [first] }) =>
    first === undefined ? [] : words.map((quote): Quoted => ({ quote, because: `Speaks for ${titled(first.value)}` })),
  );
  const ofTemper = (ticket.temper?.quotes ?? []).map((quote): Quoted => ({
    quote,
    because: `Sounds ${ticket.temper?.level ?? 'annoyed'}`,
  }));
  return [...ofOpinions, ...quotesIn(decisions), ...ofTemper];
}

/** Why a person must look, and what a language model reads. */
function whyHere(ticket: Ticket): Html {
  const reason = readingOf(ticket)?.reason ?? '';
  return html`<p class="td-review-why">${icon('eye')}<span>${ticket.why}</span></p>
    ${isAdviceAwaited(ticket) ? html`<p class="td-review-why">${icon('spark')}<span>A language model is asked just now.</span></p>` : null}
    ${reason === '' ? null : html`<p class="td-review-why">${icon('spark')}<span dir="auto">${reason}</span></p>`}`;
}

/** One button for each answer: the guesses by figures, all other categories by letters. */
function answers(view: ReviewView, ticket: Ticket): Html {
  const { policy, next, csrfToken } = view;
  const guesses = guessesFor(ticket, policy.categories);
  const keys = hotkeysFor(policy.categories);
  const others = policy.categories.filter((name) => guesses.every(({ value }) => value !== name));
  return html`<form class="td-review-answers" method="post" action="/review/${ticket.number}">
    ${hiddenFields({ _csrf: csrfToken, was: ticket.category ?? '', next: next === null ? '' : String(next) })}
    ${
      guesses.length === 0
        ? null
        : html`<fieldset>
            <legend>${ticket.category === null ? 'Likeliest' : 'It is shown as the first'}</legend>
            <div class="td-answer-grid">
              ${guesses.map((guess, index) => guessButton(guess, index, keys.get(guess.value) ?? ''))}
            </div>
          </fieldset>`
    }
    ${
      others.length === 0
        ? null
        : html`<fieldset>
            <legend>${guesses.length === 0 ? 'What is it about?' : 'Or'}</legend>
            <div class="td-answer-grid">${others.map((name) => otherButton(name, keys.get(name) ?? null))}</div>
          </fieldset>`
    }
    ${policy.categories.length === 0 ? html`<p>triage.yaml has no categories yet; until it has some, there is nothing to choose.</p>` : null}
    <p class="td-review-acts">
      ${next === null ? null : html`<a class="btn" href="/review?at=${next}" data-hotkey="s" aria-keyshortcuts="s">Skip<kbd>s</kbd></a>`}
      <a class="btn" href="/tickets/${ticket.number}">Open the ticket<kbd>o</kbd></a>
    </p>
  </form>`;
}

/** Beside its figure a guess has the letter that its category has on every ticket. */
function guessButton({ value, confidence }: ShownGuess, index: number, letter: string): Html {
  const isFirst = index === 0;
  const key = String(index + 1);
  return html`<button
    class="btn td-answer ${isFirst ? 'btn-primary' : null}"
    type="submit"
    name="category"
    value="${value}"
    data-hotkey="${`${key} ${letter}`.trim()}"
    aria-keyshortcuts="${`${key} ${letter}${isFirst ? ' Enter' : ''}`}"
    ${isFirst ? html` data-accept` : null}
  >
    <kbd>${key}</kbd
    ><bdi>${titled(value)}</bdi
    >${confidence === null ? null : html`<span class="td-answer-share">${percent(confidence)}</span>`}${isFirst ? html`<kbd class="td-answer-enter" aria-hidden="true">↵</kbd>` : null}
  </button>`;
}

function otherButton(name: string, key: string | null): Html {
  return html`<button
    class="btn td-answer"
    type="submit"
    name="category"
    value="${name}"
    ${key === null ? null : html` data-hotkey="${key}" aria-keyshortcuts="${key}"`}
  >
    ${key === null ? null : html`<kbd>${key}</kbd>`}<bdi>${titled(name)}</bdi>
  </button>`;
}

function waitingList({ list, policy, now }: ReviewView, { number }: Ticket): Html {
  return html`<nav class="td-review-list" aria-label="Tickets that wait for a review">
    <h2 class="td-rail-title">Waiting</h2>
    <ol>
      ${list.rows.map((row) => waitingItem(row, { isHere: row.number === number, policy, now }))}
    </ol>
    ${list.waiting > list.rows.length ? html`<p class="text-secondary">and ${(list.waiting - list.rows.length).toLocaleString('en-GB')} more</p>` : null}
  </nav>`;
}

function waitingItem(
  row: ListedTicket,
  { isHere, policy, now }: { isHere: boolean; policy: Policy; now: Temporal.Instant },
): Html {
  const { prefix, timeZone } = policy.desk;
  return html`<li>
    <a class="td-subject" href="/review?at=${row.number}" ${isHere ? html` aria-current="page"` : null}
      ><bdi>${row.subject || 'No subject'}</bdi
      ><small
        >${ticketName(prefix, row.number)} · <bdi>${row.requesterName || 'No name'}</bdi> ·
        ${nearMoment(row.openedAt, { now, timeZone })}</small
      ></a
    >
  </li>`;
}
