import { draftsFor, draftText } from '../config/drafts.ts';
import type { Draft } from '../decide/policy.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** The answers that the team has ready: the one that is suggested, and the others behind a word. */
export function draftChoice(view: TicketView): Html | null {
  const { file, config, draft: taken } = view;
  const drafts = draftsFor(config.policy, file.ticket);
  const suggested = drafts.find(({ reply }) => reply === file.ticket.suggestion?.reply && reply !== taken);
  const others = drafts.filter((draft) => draft !== suggested && draft.reply !== taken);
  if (suggested === undefined && others.length === 0) return null;
  return html`<div class="td-drafts">
    ${suggested === undefined ? null : suggestion(view, suggested)}
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

function suggestion(view: TicketView, draft: Draft): Html {
  const text = draftText(view.config.policy, view.file.ticket, draft.reply);
  return html`<div class="td-draft">
    <p>
      ${icon('spark')}<span
        >Suggested: <strong><bdi>${draft.title}</bdi></strong></span
      >${why(draft)}
    </p>
    ${verbatim('pre', html`dir="auto"`, text)} <a class="btn btn-sm" href="${addressOf(view, draft)}">Use this draft</a>
  </div>`;
}

function why({ why: said }: Draft): Html | null {
  return said === null ? null : html`<small dir="auto">${said}</small>`;
}

/** Nothing is sent by following it: the page comes back with the text in the box. */
function addressOf({ file: { ticket } }: TicketView, { reply }: Draft): string {
  return `/tickets/${ticket.number}?draft=${encodeURIComponent(reply)}#write-reply`;
}

/** The box for the answer, with the draft that was taken in it. */
export function answerBox({ file: { ticket }, config, draft }: TicketView): Html {
  const text = draft === null ? null : draftText(config.policy, ticket, draft);
  const box = html`class="form-control" id="reply-text" name="text" rows="${text === null ? 5 : 10}" required dir="auto"
  placeholder="Write your answer"`;
  return html`${draft === null || text === null ? null : hiddenFields({ draft })}${verbatim('textarea', box, text)}`;
}
