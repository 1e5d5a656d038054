import { html, type Html, verbatim } from '../console/markup.ts';
import type { StoredFile, StoredMessage } from '../db/ticket-queries.ts';
import type { Policy } from '../decide/policy.ts';
import { isOpen, type Ticket, ticketName } from '../domain/ticket.ts';
import type { PlainPage } from './plain-page.ts';
import { type PortalWords, portalWords, statusOnPage } from './portal-words.ts';
import { articlesBeside, type Suggesting } from './request-form.ts';

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
  /** Articles beside the box; null where the desk suggests none. */
  suggesting: Suggesting | null;
}

/** What is shown, and the words for it. */
interface Shown extends PortalGiven {
  words: PortalWords;
}

/** What became of a request, for whoever asked: where it stands, what was said, and a box to go on. In their language. */
export function portalPage(given: PortalGiven): PlainPage {
  const { desk, ticket, messages, isSent } = given;
  const words = portalWords({ ticket, desk });
  const shown = { ...given, words };
  const number = ticketName(desk.prefix, ticket.number);
  const main = html`<p class="desk">${desk.name}</p>
    <h1><bdi>${ticket.subject}</bdi></h1>
    <p class="intro">${number} · <strong>${statusOnPage(words, desk, ticket.status)}</strong></p>
    ${isSent ? html`<p class="sent" role="status">${words.sent}</p>` : null}
    <ol class="talk" aria-label="${words.talk}">
      ${messages.map((message) => html`<li class="said said-${message.author}">${entry(message, shown)}</li>`)}
    </ol>
    ${forms(shown)}`;
  const title = `${number} · ${desk.name}`;
  return { title, main, locale: words.locale, isSuggesting: given.suggesting !== null };
}

function entry(message: StoredMessage, { desk, files, words }: Shown): Html {
  const at = when(message.at, { timeZone: desk.timeZone, locale: words.locale });
  return html`<p class="who"><bdi>${message.authorName || words.you}</bdi> · ${at}</p>
    ${verbatim('pre', html`class="words" dir="auto"`, message.text)} ${attached(message, files, words)}`;
}

function when(at: Temporal.Instant, { timeZone, locale }: { timeZone: string; locale: string }): Html {
  const words = at.toLocaleString(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return html`<time datetime="${at.toString()}">${words}</time>`;
}

/** Files have addresses of their own, which nobody guesses. */
function attached({ id, attachments }: StoredMessage, files: readonly StoredFile[], words: PortalWords): Html | null {
  const here = files.filter((file) => file.messageId === id && file.isHere);
  if (here.length === 0) return null;
  return html`<ul class="files">
    ${here.map((file) => {
      const name = attachments[file.position]?.name ?? '';
      return html`<li>
        <a href="/files/${file.id}/${file.token}"><bdi>${name === '' ? words.file : name}</bdi></a>
      </li>`;
    })}
  </ul>`;
}

function forms(given: Shown): Html {
  const { ticket, words } = given;
  const { suggesting } = given;
  return html`<form
      method="post"
      action="/hooks/${given.channel}"
      enctype="multipart/form-data"
      ${suggesting === null ? null : html`data-suggest="${suggesting.address}"`}
    >
      ${proofs(given)} ${suggesting === null ? null : articlesBeside(suggesting)}
      <div class="field">
        <label for="message">${isOpen(ticket.status) ? words.answer : words.again}</label>
        <textarea id="message" name="message" rows="5" maxlength="100000"></textarea>
      </div>
      <div class="field">
        <label for="files">${words.files} <span class="hint">${words.filesHint}</span></label>
        <input id="files" name="files" type="file" multiple />
      </div>
      <button type="submit">${words.send}</button>
      ${ticket.status === 'closed' ? html`<p class="hint">${words.closed}</p>` : null}
    </form>
    ${isOpen(ticket.status) ? solvedForm(given) : null}`;
}

function solvedForm(given: Shown): Html {
  return html`<form class="solved" method="post" action="/hooks/${given.channel}" enctype="multipart/form-data">
    ${proofs({ ...given, formKey: `${given.formKey}s` })}
    <button class="plain" name="solved" value="yes" type="submit">${given.words.solved}</button>
  </form>`;
}

function proofs({ token, formKey }: PortalGiven): Html {
  return html`<input type="hidden" name="page" value="${token}" /><input
      type="hidden"
      name="key"
      value="${formKey}"
    />`;
}
