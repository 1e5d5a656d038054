import { isIncident } from '../domain/incident.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { statusBadge } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { OtherTicket } from './related-rows.ts';
import type { TicketView } from './ticket-view.ts';
import { countWords } from './words.ts';

/** Which incident a ticket reports, or who reports it, and what people do about it; where the desk looks for incidents. */
export function incidentCard(view: TicketView): Html | null {
  const { file, config } = view;
  if (config.policy.incidents === null || (isAlone(file.ticket) && !isEnough(view.access, 'agent'))) return null;
  return html`<section class="card td-incident" aria-labelledby="incident-title">
    <h2 class="td-card-title" id="incident-title">Incident</h2>
    ${isAlone(file.ticket) ? alone(view) : file.ticket.incident === null ? leading(view) : reported(view)}
  </section>`;
}

function isAlone(ticket: Ticket): boolean {
  return ticket.incident === null && !isIncident(ticket);
}

function reported(view: TicketView): Html {
  const { file, config } = view;
  const name = ticketName(config.policy.desk.prefix, file.ticket.incident ?? 0);
  const { incident } = file;
  return html`<p>Reports ${incident === null ? name : null}</p>
    ${incident === null ? null : list(view, [incident])} ${isEnough(view.access, 'agent') ? unlinkForm(view) : null}`;
}

function unlinkForm({ file, csrfToken }: TicketView): Html {
  return html`<form method="post" action="/tickets/${file.ticket.number}/link">
    ${hiddenFields({ _csrf: csrfToken, to: '' })}
    <button class="btn btn-sm" type="submit">${icon('undo')}Unlink</button>
    <p class="form-hint">It stands for itself then, and is never linked again by itself.</p>
  </form>`;
}

function leading(view: TicketView): Html {
  const { ticket, linked } = view.file;
  const more = ticket.linkedCount - linked.length;
  return html`<p>
      ${ticket.knownIncident ? html`<span class="td-flag">${icon('alert')}Known incident</span> ` : null}${countWords(ticket.linkedCount, 'other ticket')}
      linked
    </p>
    ${list(view, linked)} ${more > 0 ? html`<p class="form-hint">and ${more} more</p>` : null}
    ${isEnough(view.access, 'agent') ? declaration(view) : null}`;
}

function alone(view: TicketView): Html {
  return html`<form method="post" action="/tickets/${view.file.ticket.number}/link" class="td-link-form">
      ${hiddenFields({ _csrf: view.csrfToken })}
      <label class="form-label" for="link-to">It reports the same as</label>
      <div class="td-inline">
        <input
          class="form-control form-control-sm"
          id="link-to"
          name="to"
          placeholder="${ticketName(view.config.policy.desk.prefix, 1042)}"
          maxlength="20"
          required
          autocomplete="off"
        />
        <button class="btn btn-sm" type="submit">Link</button>
      </div>
    </form>
    <details class="td-correct">
      <summary>Declare a known incident</summary>
      ${declaration(view)}
    </details>`;
}

/** The message comes with the word that sends it, so that one form does both. */
function declaration({ file: { ticket }, config, csrfToken }: TicketView): Html {
  const { knownIncident, incidentMessage, number } = ticket;
  const hasLetter = config.policy.incidents?.template !== null;
  const hint = !hasLetter
    ? 'No letter goes out: triage.yaml names none.'
    : knownIncident
      ? 'Who reports it from now on gets a letter with it; who has one gets no other before the end.'
      : 'Each requester gets a letter with it, once, as soon as the incident is declared.';
  return html`<form method="post" action="/tickets/${number}/incident">
    ${hiddenFields({ _csrf: csrfToken })}
    <label class="form-label" for="incident-message">What is known, for those who report it</label>
    <textarea
      class="form-control form-control-sm"
      id="incident-message"
      name="message"
      rows="3"
      maxlength="2000"
      dir="auto"
    >
${incidentMessage ?? ''}</textarea>
    <p class="form-hint">${hint}</p>
    <div class="td-inline">
      ${knownIncident ? html`<button class="btn btn-sm" type="submit" name="do" value="save">Save message</button>` : null}
      ${knownIncident ? html`<button class="btn btn-sm" type="submit" name="do" value="withdraw">Withdraw</button>` : html`<button class="btn btn-sm btn-primary" type="submit" name="do" value="declare">Declare</button>`}
      ${!knownIncident && ticket.linkedCount > 0 ? html`<button class="btn btn-sm" type="submit" name="do" value="withdraw">Not an incident</button>` : null}
    </div>
  </form>`;
}

function list({ config }: TicketView, others: readonly OtherTicket[]): Html | null {
  if (others.length === 0) return null;
  const { prefix, statuses } = config.policy.desk;
  return html`<ul class="td-others">
    ${others.map(
      ({ number, subject, status }) =>
        html`<li>
          <a href="/tickets/${number}"
            ><span class="td-number">${ticketName(prefix, number)}</span> <bdi>${subject || 'No subject'}</bdi></a
          ><small>${statusBadge(status, statuses)}</small>
        </li>`,
    )}
  </ul>`;
}
