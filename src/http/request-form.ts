import { html, type Html, verbatim } from '../console/markup.ts';
import type { Article } from '../decide/policy.ts';
import { ticketName } from '../domain/ticket.ts';
import type { RequestForm } from '../ports/channel.ts';
import { suggestedArticles } from './help-page.ts';
import type { HelpWords } from './help-words.ts';
import type { PlainPage } from './plain-page.ts';

/** Seconds between two looks for the number; long enough to read what the page says. */
const REFRESH_SECONDS = 3;

/** The form with which anybody can ask for help. It works without a script, and on a phone. */
export function requestForm(given: {
  channel: string;
  deskName: string;
  form: RequestForm;
  now: Temporal.Instant;
  /** Articles beside it; null where the desk suggests none. */
  suggesting: Suggesting | null;
}): PlainPage {
  const { channel, deskName, form, now, suggesting } = given;
  const typed = suggesting?.typed ?? (() => '');
  const main = html`<p class="desk">${deskName}</p>
    <h1>${form.heading}</h1>
    <p class="intro">${form.intro}</p>
    <form
      method="post"
      action="/hooks/${encodeURIComponent(channel)}"
      ${suggesting === null ? null : html`data-suggest="${suggesting.address}"`}
    >
      <div class="pair">
        ${field({ name: 'name', label: 'Your name', autocomplete: 'name', typed })}
        ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'email', typed })}
      </div>
      ${field({ name: 'subject', label: 'What is it about?', typed })}
      <div class="field">
        <label for="message">How can we help? <span class="hint">The more we know, the faster it goes.</span></label>
        ${verbatim('textarea', html`id="message" name="message" rows="8" required maxlength="100000"`, typed('message'))}
      </div>
      <div class="aside" aria-hidden="true">
        <label for="leave-empty">Leave this empty</label>
        <input id="leave-empty" name="${form.honeypot}" tabindex="-1" autocomplete="off" />
      </div>
      <input type="hidden" name="${form.shownAt}" value="${now.toString()}" />
      ${suggesting === null ? null : articlesBeside(suggesting)}
      <button type="submit">Send request</button>
      ${suggesting === null ? null : lookFirst(`/forms/${encodeURIComponent(channel)}/articles`, suggesting)}
    </form>`;
  return { title: `${form.heading} · ${deskName}`, main, isSuggesting: suggesting !== null };
}

/** Articles that are suggested beside a form. */
export interface Suggesting {
  /** Where what is typed is looked up. */
  address: string;
  words: HelpWords;
  /** What was found in a second step, without a script; null before. */
  found: readonly Article[] | null;
  /** What was typed before that step, by the name of the field. */
  typed?: (name: string) => string;
}

/** The place of what is found, in the form itself. */
export function articlesBeside({ found, words }: Suggesting): Html {
  const none = found?.length === 0 ? html`<p class="quiet">${words.noneFits}</p>` : null;
  const isEmpty = found === null;
  return html`<div class="articles" data-articles role="status" ${isEmpty ? html`hidden` : null}>
    ${none}${suggestedArticles(found ?? [], words)}
  </div>`;
}

function lookFirst(address: string, { words }: Suggesting): Html {
  return html`<noscript>
    <button class="plain" type="submit" formaction="${address}" formnovalidate>${words.lookFirst}</button>
  </noscript>`;
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

function field(given: {
  name: string;
  label: string;
  type?: 'text' | 'email';
  autocomplete?: string;
  typed: (name: string) => string;
}): Html {
  const { name, label, type = 'text', autocomplete = 'off', typed } = given;
  const value = typed(name);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${value === '' ? null : html`value="${value}"`}
      required
      maxlength="250"
    />
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
