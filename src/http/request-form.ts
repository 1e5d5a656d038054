import { html, type Html } from '../console/markup.ts';
import { ticketName } from '../domain/ticket.ts';
import type { RequestForm } from '../ports/channel.ts';
import type { PlainPage } from './plain-page.ts';

/** Seconds between two looks for the number; long enough to read what the page says. */
const REFRESH_SECONDS = 3;

/** The form with which anybody can ask for help. It works without a script, and on a phone. */
export function requestForm(given: {
  channel: string;
  deskName: string;
  form: RequestForm;
  now: Temporal.Instant;
}): PlainPage {
  const { channel, deskName, form, now } = given;
  const main = html`<p class="desk">${deskName}</p>
    <h1>${form.heading}</h1>
    <p class="intro">${form.intro}</p>
    <form method="post" action="/hooks/${encodeURIComponent(channel)}">
      <div class="pair">
        ${field({ name: 'name', label: 'Your name', autocomplete: 'name' })}
        ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'email' })}
      </div>
      ${field({ name: 'subject', label: 'What is it about?' })}
      <div class="field">
        <label for="message">How can we help? <span class="hint">The more we know, the faster it goes.</span></label>
        <textarea id="message" name="message" rows="8" required maxlength="100000"></textarea>
      </div>
      <div class="aside" aria-hidden="true">
        <label for="leave-empty">Leave this empty</label>
        <input id="leave-empty" name="${form.honeypot}" tabindex="-1" autocomplete="off" />
      </div>
      <input type="hidden" name="${form.shownAt}" value="${now.toString()}" />
      <button type="submit">Send request</button>
    </form>`;
  return { title: `${form.heading} · ${deskName}`, main };
}

/** What is shown after sending: the number of the ticket, as soon as there is one. */
export function receivedPage(given: {
  /** Of the form, to send another. */
  address: string;
  desk: { name: string; prefix: string };
  number: number | null;
  /** Where to look again; null when looking again is of no use. */
  next: string | null;
}): PlainPage {
  const { address, desk, number, next } = given;
  const main = html`<p class="desk">${desk.name}</p>
    <div class="tick" aria-hidden="true">${tick()}</div>
    <h1>Thank you, we have your request</h1>
    <div role="status">${number === null ? waiting(next !== null) : numbered(ticketName(desk.prefix, number))}</div>
    <p><a href="${address}">Send another request</a></p>`;
  const title = `Request received · ${desk.name}`;
  return next === null ? { title, main } : { title, main, refresh: { seconds: REFRESH_SECONDS, address: next } };
}

function field(given: { name: string; label: string; type?: 'text' | 'email'; autocomplete?: string }): Html {
  const { name, label, type = 'text', autocomplete = 'off' } = given;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required maxlength="250" />
  </div>`;
}

function numbered(name: string): Html {
  return html`<p>Somebody will look at it and answer by email.</p>
    <p class="number"><span>Your ticket number</span><strong>${name}</strong></p>
    <p class="quiet">Keep the number: with it we find your request at once.</p>`;
}

function waiting(isLookingAgain: boolean): Html {
  return isLookingAgain
    ? html`<p>It is stored safely, and its number is on the way. This page shows it in a moment.</p>`
    : html`<p>It is stored safely. You will learn its number with our first answer.</p>`;
}

/** A sign that all is well. */
export function tick(): Html {
  return html`<svg viewBox="0 0 24 24" width="26" height="26" fill="none" focusable="false">
    <path d="M5 12.5l4.5 4.5L19 7.5" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
  </svg>`;
}
