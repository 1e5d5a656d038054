import { ticketName } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { channelTitle } from './channel-title.ts';
import { itWorks } from './dead-addresses-card.ts';
import { answerBox, draftChoice } from './drafts.ts';
import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** The boxes to write in: one goes to the customer, the other never leaves the house, and they look it. */
export function composer(view: TicketView): Html | null {
  if (!isEnough(view.access, 'agent')) return null;
  return html`<section class="td-composer" aria-label="Write">${replyBox(view)} ${noteBox(view)}</section>`;
}

function replyBox(view: TicketView): Html {
  const { file, csrfToken, formKey } = view;
  const { ticket } = file;
  const { name, email } = ticket.requester;
  const to = name || email || 'the customer';
  return html`<details name="composer" class="td-write td-write-reply" id="write-reply" open>
    <summary>
      ${icon('reply')}<span>Reply to <bdi>${to}</bdi></span>
    </summary>
    ${comesBack(view)} ${draftChoice(view)}
    <form method="post" action="/tickets/${ticket.number}/reply">
      ${hiddenFields({ _csrf: csrfToken, key: formKey })}
      <label class="visually-hidden" for="reply-text">Your answer to ${to}</label>
      ${answerBox(view)}
      <div class="td-write-foot">
        <p class="form-hint">${whereTo(view)}</p>
        ${statusAfter()}
        <button class="btn btn-primary" type="submit">${icon('mail')}Send reply</button>
      </div>
    </form>
  </details>`;
}

/** A person may try all the same: servers err, and addresses come back to life. */
function comesBack({ file: { ticket, deadAddress }, access, csrfToken, config }: TicketView): Html | null {
  if (deadAddress === null || ticket.conversation !== null) return null;
  const { address, since, reason } = deadAddress;
  return html`<div class="td-comes-back" role="note">
    <p>
      ${icon('alert')}Nothing arrives at <bdi>${address}</bdi> since ${moment(since, config.policy.desk.timeZone)}:
      ${reason}. Your answer goes there all the same.
    </p>
    ${itWorks(address, { access, csrfToken, next: `/tickets/${ticket.number}` })}
  </div>`;
}

/** The requester is answered where they wrote last. */
function whereTo({ file: { ticket }, config }: TicketView): Html | string {
  const { conversation, requester } = ticket;
  if (conversation !== null) return html`Goes to ${channelTitle(conversation.channel, config)}, where they wrote last.`;
  if (requester.email === null)
    return 'There is no address to send to: your answer is recorded, and nobody is sent it.';
  const answered = ticketName(config.policy.desk.prefix, ticket.number);
  return html`Goes to <bdi>${requester.email}</bdi> as an answer to ${answered}.`;
}

/** What is to become of the ticket after the answer. */
function statusAfter(): Html {
  return html`<label class="td-then" for="then"
    >Then
    <select class="form-select form-select-sm" id="then" name="then">
      ${option('', 'keep the status', true)} ${option('pending', 'wait for the customer', false)}
      ${option('resolved', 'resolve', false)}
    </select></label
  >`;
}

function noteBox({ file: { ticket }, csrfToken, formKey }: TicketView): Html {
  return html`<details name="composer" class="td-write td-write-note" id="write-note">
    <summary>${icon('note')}Internal note</summary>
    <form method="post" action="/tickets/${ticket.number}/note">
      ${hiddenFields({ _csrf: csrfToken, key: formKey })}
      <label class="visually-hidden" for="note-text">Your note to the team</label>
      <textarea
        class="form-control"
        id="note-text"
        name="text"
        rows="4"
        required
        dir="auto"
        placeholder="Only the team sees this"
      ></textarea>
      <div class="td-write-foot">
        <p class="form-hint">Never leaves the house, and stops no clock.</p>
        <button class="btn" type="submit">Add note</button>
      </div>
    </form>
  </details>`;
}
