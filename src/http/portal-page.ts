import { html, type Html, verbatim } from '../console/markup.ts';
import type { StoredFile, StoredMessage } from '../db/ticket-queries.ts';
import type { Policy } from '../decide/policy.ts';
import { statusName } from '../domain/status-names.ts';
import { isOpen, type Ticket, ticketName } from '../domain/ticket.ts';
import type { PlainPage } from './plain-page.ts';

export interface PortalGiven {
  token: string;
  /** The same for each time that a form is sent, so that pressing twice sends once. */
  formKey: string;
  desk: Policy['desk'];
  ticket: Ticket;
  /** The public ones, oldest first. */
  messages: readonly StoredMessage[];
  files: readonly StoredFile[];
  /** Whether something was just sent from this page. */
  isSent: boolean;
  /** The channel to which the page posts. */
  channel: string;
}

/** What became of a request, for whoever asked: where it stands, what was said, and a box to go on. */
export function portalPage(given: PortalGiven): PlainPage {
  const { desk, ticket, messages, isSent } = given;
  const number = ticketName(desk.prefix, ticket.number);
  const main = html`<p class="desk">${desk.name}</p>
    <h1><bdi>${ticket.subject}</bdi></h1>
    <p class="intro">${number} · <strong>${statusName(desk.statuses, ticket.status)}</strong></p>
    ${isSent ? html`<p class="sent" role="status">Thank you, we have it. It stands here in a moment.</p>` : null}
    <ol class="talk" aria-label="What was said">
      ${messages.map((message) => html`<li class="said said-${message.author}">${entry(message, given)}</li>`)}
    </ol>
    ${forms(given)}`;
  return { title: `${number} · ${desk.name}`, main };
}

function entry(message: StoredMessage, { desk, files }: PortalGiven): Html {
  return html`<p class="who"><bdi>${message.authorName || 'You'}</bdi> · ${when(message.at, desk.timeZone)}</p>
    ${verbatim('pre', html`class="words" dir="auto"`, message.text)} ${attached(message, files)}`;
}

function when(at: Temporal.Instant, timeZone: string): Html {
  const words = at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return html`<time datetime="${at.toString()}">${words}</time>`;
}

/** Files have addresses of their own, which nobody guesses. */
function attached({ id, attachments }: StoredMessage, files: readonly StoredFile[]): Html | null {
  const here = files.filter((file) => file.messageId === id && file.isHere);
  if (here.length === 0) return null;
  return html`<ul class="files">
    ${here.map((file) => {
      const name = attachments[file.position]?.name ?? '';
      return html`<li>
        <a href="/files/${file.id}/${file.token}"><bdi>${name === '' ? 'File' : name}</bdi></a>
      </li>`;
    })}
  </ul>`;
}

function forms(given: PortalGiven): Html {
  const { ticket } = given;
  return html`<form method="post" action="/hooks/${given.channel}" enctype="multipart/form-data">
      ${proofs(given)}
      <div class="field">
        <label for="message">${isOpen(ticket.status) ? 'Your answer' : 'Not solved, or something new?'}</label>
        <textarea id="message" name="message" rows="5" maxlength="100000"></textarea>
      </div>
      <div class="field">
        <label for="files">Files <span class="hint">Only if they help.</span></label>
        <input id="files" name="files" type="file" multiple />
      </div>
      <button type="submit">Send</button>
      ${ticket.status === 'closed' ? html`<p class="hint">This request is closed. What you write becomes a new one.</p>` : null}
    </form>
    ${isOpen(ticket.status) ? solvedForm(given) : null}`;
}

function solvedForm(given: PortalGiven): Html {
  return html`<form class="solved" method="post" action="/hooks/${given.channel}" enctype="multipart/form-data">
    ${proofs({ ...given, formKey: `${given.formKey}s` })}
    <button class="plain" name="solved" value="yes" type="submit">This is solved</button>
  </form>`;
}

function proofs({ token, formKey }: PortalGiven): Html {
  return html`<input type="hidden" name="page" value="${token}" /><input
      type="hidden"
      name="key"
      value="${formKey}"
    />`;
}
