import { type Access, isEnough } from '../kit/access.ts';
import { hiddenFields } from './form-parts.ts';
import { moment } from './badges.ts';

import { icon, type Icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import type { TicketView } from './ticket-view.ts';
import type { OutboxRow } from './ticket-rows.ts';
import { problemWords, titled } from './words.ts';

const STATES: Readonly<Record<OutboxRow['state'], { words: string; icon: Icon }>> = {
  waiting: { words: 'Waiting', icon: 'clock' },
  sent: { words: 'Sent', icon: 'check' },
  not_sent: { words: 'Not sent', icon: 'pause' },
  dead: { words: 'Given up', icon: 'alert' },
  left_out: { words: 'Left out', icon: 'pause' },
};

/** So many stand open on a ticket's page; the older ones are a click away. */
const SHOWN = 3;

/** What left the house because of this ticket, and what did not. */
export function outgoingCard({ file, access, csrfToken, config }: TicketView): Html {
  const given = { access, csrfToken, timeZone: config.policy.desk.timeZone, next: `/tickets/${file.ticket.number}` };
  const [latest, older] = [file.outgoing.slice(0, SHOWN), file.outgoing.slice(SHOWN)];
  return html`<section class="card" aria-labelledby="outgoing-title" id="outgoing">
    <h2 class="td-card-title" id="outgoing-title">Messages out</h2>
    ${latest.length === 0 ? html`<p class="text-secondary">Nothing was sent yet.</p>` : entries(latest, given)}
    ${
      older.length === 0
        ? null
        : html`<details class="td-older">
            <summary>Earlier (${older.length})</summary>
            ${entries(older, given)}
          </details>`
    }
  </section>`;
}

function entries(list: readonly OutboxRow[], given: OutgoingGiven): Html {
  return html`<ul class="td-outgoing">
    ${list.map((entry) => html`<li>${outgoingEntry(entry, given)}</li>`)}
  </ul>`;
}

/** Who looks at messages, and where. */
export interface OutgoingGiven {
  access: Access;
  csrfToken: string;
  timeZone: string;
  next: string;
}

/** One message or notice on its way out. */
export function outgoingEntry(entry: OutboxRow, given: OutgoingGiven): Html {
  const { words, icon: sign } = STATES[entry.state];
  return html`<div class="td-out td-out-${entry.state}">
    <span class="td-out-state">${icon(sign)}${words}${hourOf(entry, given.timeZone)}</span>
    <p>
      <strong>${entry.subject || titled(entry.template)}</strong><br /><span class="text-secondary"
        >${wayOf(entry)}, ${moment(entry.finishedAt ?? entry.createdAt, given.timeZone)}</span
      >
    </p>
    ${entry.problem === null ? null : html`<p class="td-out-problem">${problemWords(entry.problem)}</p>`}
    <details>
      <summary>Text</summary>
      ${verbatim('pre', html`class="td-code" dir="auto" tabindex="0"`, entry.text)}
    </details>
    ${sendAgain(entry, given)}
  </div>`;
}

/** What is held waits for its time. */
function hourOf({ state, held, nextAt }: OutboxRow, timeZone: string): Html | null {
  return state === 'waiting' && held ? html` until ${moment(nextAt, timeZone)}` : null;
}

/** What it is, how it goes, and to whom. */
function wayOf({ kind, via, way, recipient, told }: OutboxRow): Html {
  const people = (told ?? []).map((name, index) => html`${index === 0 ? ' for ' : ', '}<bdi>${name}</bdi>`);
  if (kind === 'rows') return html`Rows for the table <bdi>${recipient}</bdi>`;
  if (way === recipient) return html`Notice over ${way}${people}`;
  const what = kind === 'notify' ? `Notice${way === null ? '' : ` over ${way}`}` : via === null ? 'Mail' : 'Message';
  return html`${what} to <bdi>${recipient}</bdi>`;
}

/** For what was given up, and for what had no way to be sent when its time came. */
function sendAgain({ state, key }: OutboxRow, { access, csrfToken, next }: OutgoingGiven): Html | null {
  if ((state !== 'dead' && state !== 'not_sent') || !isEnough(access, 'agent')) return null;
  return html`<form method="post" action="/outbox/retry">
    ${hiddenFields({ _csrf: csrfToken, key, next })}
    <button class="btn btn-sm" type="submit">${icon('retry')}${state === 'dead' ? 'Try again' : 'Send it now'}</button>
  </form>`;
}
