import { keptFromModels } from '../decide/kept-from-models.ts';
import { languageName } from '../domain/language.ts';
import { failureWords, keptWords } from '../domain/sentences/opinions.ts';
import { isOpen } from '../domain/ticket.ts';
import { type Guess, type Opinion, percent, type Reading } from '../domain/opinion.ts';
import { isEnough } from '../kit/access.ts';
import { html, type Html } from './markup.ts';
import { proposalForms } from './proposal-forms.ts';
import { nearestWords, spokenWords } from './spoken-for.ts';
import type { TicketView } from './ticket-view.ts';
import { titled } from './words.ts';

/** What models make of the ticket, whether or not it counted; nothing where none was heard. */
export function opinionsCard(view: TicketView): Html | null {
  const { opinions } = view.file.ticket;
  const asked = adviceLine(view);
  const { policy } = view.config;
  const proposals = isEnough(view.access, 'agent')
    ? proposalForms(view.file.ticket, { policy, csrfToken: view.csrfToken, on: 'ticket' })
    : [];
  if (opinions.length + proposals.length === 0 && asked === null) return null;
  return html`<section class="card td-opinions" aria-labelledby="opinions-title">
    <h2 class="td-card-title" id="opinions-title">What it may be about</h2>
    ${summary(view)} ${opinions.map((opinion) => opinionPart(view, opinion))} ${asked} ${proposals}
  </section>`;
}

/** Beside what was written, never in its place. */
function summary({ file: { ticket } }: TicketView): Html | null {
  if (ticket.summary === null) return null;
  return html`<p class="td-opinion-summary" dir="auto">${ticket.summary}</p>
    <p class="td-opinion-note">A machine summed this up. What was written counts.</p>`;
}

function opinionPart(view: TicketView, opinion: Opinion): Html {
  const { from, name, categories, threshold, reading } = opinion;
  return html`<h3 class="td-card-sub">
      <bdi>${from === 'classifier' ? titled(name) : name}</bdi>${countedFlag(view, opinion)}
    </h3>
    ${categories.length === 0 ? html`<p class="td-opinion-note">Says that no category fits.</p>` : null}
    <ul class="td-guesses">
      ${categories.map((guess) => guessItem(guess, threshold))}
    </ul>
    <p class="td-opinion-note">
      From ${percent(threshold)} on the first counts.${spokenWords(opinion)}${nearestWords(opinion, view.config.policy)}
    </p>
    ${reading === null ? null : readingPart(reading)}`;
}

function countedFlag({ file: { ticket } }: TicketView, { from }: Opinion): Html | null {
  return ticket.categoryFrom?.by === from ? html` <span class="td-flag">Gave the category</span>` : null;
}

function guessItem({ value, confidence }: Guess, threshold: number): Html {
  return html`<li>
    <span class="td-guess-name"><bdi>${titled(value)}</bdi></span>
    <meter min="0" max="1" low="${threshold}" optimum="1" value="${confidence}" aria-hidden="true"></meter>
    <span class="td-guess-share">${percent(confidence)}</span>
  </li>`;
}

function readingPart(reading: Reading): Html {
  const said = [
    ['Wants', reading.intent],
    ['Product', reading.product],
    ['Severity', reading.severity],
    ['Mood', reading.sentiment],
    ['Patience lost', reading.frustration],
    ['Language', reading.language === null ? null : languageName(reading.language)],
  ] as const;
  return html`${reading.reason === '' ? null : html`<blockquote class="td-opinion-reason" dir="auto">${reading.reason}</blockquote>`}
    <dl class="td-pairs">
      ${said.map(([what, value]) =>
        value === null
          ? null
          : html`<div>
              <dt>${what}</dt>
              <dd><bdi>${value}</bdi></dd>
            </div>`,
      )}
    </dl>`;
}

/** Whether somebody is being asked, or could not be, or must not. */
function adviceLine({ file: { ticket }, config }: TicketView): Html | null {
  const { advice } = ticket;
  const { model, keptFromModels: which } = config.policy.triage;
  const name = model?.name ?? 'A language model';
  const kept = model === null || !isOpen(ticket.status) ? null : keptFromModels(ticket, which);
  if (kept !== null) {
    const why = keptWords(kept.by, kept.name);
    return html`<p class="td-opinion-note"><bdi>${name}</bdi> is not asked, because ${why}.</p>`;
  }
  if (advice === null) return null;
  if (advice.endedAt === null) return html`<p class="td-opinion-note"><bdi>${name}</bdi> is being asked.</p>`;
  if (advice.failure === null) return null;
  return html`<p class="td-opinion-note"><bdi>${name}</bdi> was asked, and ${failureWords(advice.failure)}.</p>`;
}
