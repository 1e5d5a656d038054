import { draftsFor, draftText, type ReadyAnswer } from '../config/drafts.ts';
import { greeting } from '../config/greetings.ts';
import type { Policy } from '../decide/policy.ts';
import { replyIn } from '../decide/replies.ts';
import { MODEL_REPLY, NOTHING_TO_WRITE_FROM, standingDraft } from '../decide/suggest/model-draft.ts';
import { sourceWords } from '../decide/suggest/origin.ts';
import { failureWords } from '../domain/sentences/opinions.ts';
import type { DraftSource } from '../domain/suggestion.ts';
import { ticketName } from '../domain/ticket.ts';
import { withoutGreeting } from '../kit/without-greeting.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** The answers that the team has ready: the one that is suggested, and the others behind a word. */
export function draftChoice(view: TicketView): Html | null {
  const { file, config, draft: taken } = view;
  const drafts = [...draftsFor(config.policy, file.ticket), ...earlierAnswers(view)];
  const suggested = drafts.find(({ reply }) => reply === file.ticket.suggestion?.reply && reply !== taken);
  const others = drafts.filter((draft) => draft !== suggested && draft.reply !== taken);
  const asked = modelLine(view);
  if (suggested === undefined && others.length === 0 && asked === null) return null;
  return html`<div class="td-drafts">
    ${suggested === undefined ? null : suggestion(view, suggested)} ${asked}
    ${
      others.length === 0
        ? null
        : html`<details>
            <summary>${suggested === undefined ? 'Answers that are ready' : 'Other answers that are ready'}</summary>
            <ul>
              ${others.map(
                (draft) =>
                  html`<li>
                    <a href="${addressOf(view, draft)}"><bdi>${draft.title}</bdi></a
                    >${why(draft)}
                  </li>`,
              )}
            </ul>
          </details>`
    }
  </div>`;
}

/** Stands before the number of the ticket whose answer is taken over. */
const ANSWER_TO = 'ticket:';

/** How solved tickets about the same were answered. */
function earlierAnswers({ file, config }: TicketView): readonly ReadyAnswer[] {
  const { prefix } = config.policy.desk;
  return file.related.flatMap(({ by, number, subject, answer }) => {
    if (by !== 'text' || answer === null) return [];
    const title = `As ${ticketName(prefix, number)} was answered`;
    return [{ reply: `${ANSWER_TO}${number}`, title, why: `${subject}. Look for what was theirs alone.` }];
  });
}

/** The text of an answer that is ready, whatever it is made of. */
function textOf(view: TicketView, reply: string): string | null {
  const { file, config } = view;
  const { ticket } = file;
  if (!reply.startsWith(ANSWER_TO)) return draftText(config.policy, ticket, reply);
  const related = file.related.find(({ by, number }) => by === 'text' && reply === `${ANSWER_TO}${number}`);
  if (related === undefined || related.answer === null) return null;
  const hello = greeting(ticket.language ?? config.policy.desk.language, ticket.requester.name);
  return `${hello}\n\n${withoutGreeting(related.answer)}`;
}

function suggestion(view: TicketView, draft: ReadyAnswer): Html {
  const text = textOf(view, draft.reply);
  return html`<div class="td-draft">
    <p>
      ${icon('spark')}<span
        >Suggested: <strong><bdi>${draft.title}</bdi></strong></span
      >${why(draft)}
    </p>
    ${verbatim('pre', html`dir="auto"`, text)} ${draft.reply === MODEL_REPLY ? madeOf(view) : null}
    <a class="btn btn-sm" href="${addressOf(view, draft)}">Use this draft</a>
  </div>`;
}

/** What a model wrote it from, each a click away: only so can a person tell whether it is true. */
function madeOf({ file: { ticket }, config: { policy } }: TicketView): Html | null {
  const draft = standingDraft(ticket);
  if (draft === null) return null;
  return html`<div class="td-draft-sources">
    <span>From</span>
    <ul>
      ${draft.sources.map((source) => html`<li>${sourceShown(source, policy)}</li>`)}
    </ul>
  </div>`;
}

function sourceShown(source: DraftSource, policy: Policy): Html {
  const words = html`<bdi>${sourceWords(source, policy)}</bdi>`;
  if (source.kind === 'answers') return words;
  if (source.kind === 'ticket') return html`<a href="/tickets/${source.number}">the answer to ${words}</a>`;
  const text =
    source.kind === 'article'
      ? policy.offers.articles.find(({ name }) => name === source.name)?.body
      : replyIn(policy.replies, { reply: source.name, language: null })?.body;
  if (text === undefined || text === '') return words;
  return html`<details>
    <summary>${words}</summary>
    ${verbatim('pre', html`dir="auto"`, text)}
  </details>`;
}

/** That a model is at it, or was asked in vain: the plain drafts stand. */
function modelLine({ file: { ticket }, config: { policy } }: TicketView): Html | null {
  const { draft } = ticket;
  const name = draft?.by ?? policy.triage.model?.name ?? 'A language model';
  if (draft === null || draft.text !== null || draft.failure === NOTHING_TO_WRITE_FROM) return null;
  const said =
    draft.endedAt === null
      ? 'is being asked for a draft'
      : `was asked for a draft, and ${failureWords(draft.failure ?? '')}`;
  return html`<p class="td-draft-note"><bdi>${name}</bdi> ${said}.</p>`;
}

function why({ why: said }: ReadyAnswer): Html | null {
  return said === null ? null : html`<small dir="auto">${said}</small>`;
}

/** Nothing is sent by following it: the page comes back with the text in the box. */
function addressOf({ file: { ticket } }: TicketView, { reply }: ReadyAnswer): string {
  return `/tickets/${ticket.number}?draft=${encodeURIComponent(reply)}#write-reply`;
}

/** The box for the answer, with the draft that was taken in it. */
export function answerBox(view: TicketView): Html {
  const { draft } = view;
  const text = draft === null ? null : textOf(view, draft);
  const box = html`class="form-control" id="reply-text" name="text" rows="${text === null ? 5 : 10}" required dir="auto"
  placeholder="Write your answer"`;
  return html`${draft === null || text === null ? null : hiddenFields({ draft })}${verbatim('textarea', box, text)}`;
}
