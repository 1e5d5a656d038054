import { ownPart } from '../decide/conditions/quoted.ts';
import { selfServiceKey } from '../decide/self-service.ts';
import { moment } from './badges.ts';
import { filesOf } from './message-files.ts';

import { highlighted, type Quoted } from './highlight.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';

import type { TicketView } from './ticket-view.ts';
import type { DecisionRow, MessageRow, TicketFile } from './ticket-rows.ts';
import { initialsOf } from './words.ts';

/** The request as it was written, and everything that was said after it. */
export function conversation(view: TicketView): Html {
  const { ticket } = view.file;
  const messages = withSelfService(view);
  const [first, ...rest] = messages;
  const isRequest = first !== undefined && first.author === 'customer';
  const quotes = quotesIn(view.file.decisions);
  return html`<section class="td-talk" aria-labelledby="talk-title">
    <h2 class="visually-hidden" id="talk-title">Conversation</h2>
    ${request(view, { message: isRequest ? first : null, text: isRequest ? first.text : ticket.description, quotes })}
    <ol class="td-messages">
      ${(isRequest ? rest : messages).map((message) => entry(message, view, quotes))}
    </ol>
  </section>`;
}

/** The answer with which the requester was to help themselves stands where it was said: who takes over reads on there. */
function withSelfService({ file: { ticket, messages, outgoing }, config }: TicketView): readonly MessageRow[] {
  const letter = outgoing.find(({ key, state }) => key === selfServiceKey(ticket) && state !== 'left_out');
  if (letter === undefined) return messages;
  const { key: id, text, createdAt: at } = letter;
  const by = { author: 'system', authorName: config.policy.desk.name, visibility: 'public' } as const;
  const answer: MessageRow = { id, ticketKey: ticket.key, ...by, text, at, attachments: [], inboxId: null };
  const before = messages.filter((message) => Temporal.Instant.compare(message.at, at) <= 0);
  return [...before, answer, ...messages.slice(before.length)];
}

/** The words on which decisions rest, newest first, with the newest sentence about each. */
export function quotesIn(decisions: readonly Pick<DecisionRow, 'evidence' | 'sentence'>[]): Quoted[] {
  const byQuote = new Map<string, string>();
  for (const { evidence, sentence } of decisions) {
    for (const each of evidence) {
      if (each.kind === 'text' && !byQuote.has(each.quote)) byQuote.set(each.quote, sentence);
    }
  }
  return [...byQuote].map(([quote, because]) => ({ quote, because }));
}

function request(
  { file: { ticket, files, decisions }, config }: TicketView,
  { message, text, quotes }: { message: MessageRow | null; text: string; quotes: readonly Quoted[] },
): Html {
  const { timeZone } = config.policy.desk;
  const name = message?.authorName || ticket.requester.name || 'No name';
  return html`<div class="td-request card">
    <div class="td-message-head">
      <span class="avatar" aria-hidden="true">${initialsOf(name)}</span>
      <p>
        <strong><bdi>${name}</bdi></strong
        >${ticket.requester.email === null ? null : html` <bdi class="td-address">${ticket.requester.email}</bdi>`}<br /><span
          class="text-secondary"
          >The request, as it was written</span
        >
      </p>
      <span class="td-message-when">${moment(message?.at ?? ticket.openedAt, timeZone)}</span>
    </div>
    ${textBlock(text, quotes)} ${filesOf(message, files)}${knownFields({ ticket, decisions })}
  </div>`;
}

/** A text as it was written, with its lines and gaps, and with the evidence marked. */
function textBlock(text: string, quotes: readonly Quoted[]): Html {
  if (text.trim() === '') return html`<p class="td-text text-secondary">No text</p>`;
  return verbatim('pre', html`class="td-text" dir="auto"`, highlighted(text, quotes));
}

/** Reasons by which something that nobody put into a form became known. */
const FOUND: ReadonlySet<string> = new Set(['intake.drawn', 'clarify.read', 'clarify.known']);

/** What the form asked besides, and what was found elsewhere, with how. */
function knownFields({ ticket: { fields }, decisions }: Pick<TicketFile, 'ticket' | 'decisions'>): Html | null {
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  const how = (name: string) => decisions.find(({ code, params }) => FOUND.has(code) && params['field'] === name);
  return html`<details class="td-form-fields" open>
    <summary>What else is known</summary>
    <dl>
      ${entries.map(
        ([name, value]) =>
          html`<div>
            <dt><bdi>${name}</bdi></dt>
            <dd dir="auto">${value}${foundHow(how(name)?.sentence)}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

function foundHow(sentence: string | undefined): Html | null {
  return sentence === undefined ? null : html`<br /><small class="text-secondary">${sentence}</small>`;
}

function entry(message: MessageRow, { file, config }: TicketView, quotes: readonly Quoted[]): Html {
  const { timeZone } = config.policy.desk;
  const isNote = message.visibility === 'internal';
  const kind = isNote ? 'note' : message.author;
  return html`<li class="td-message td-message-${kind}" id="message-${message.id}">
    <div class="td-message-head">
      <span class="avatar avatar-sm" aria-hidden="true">${initialsOf(message.authorName)}</span>
      <p>
        <strong><bdi>${message.authorName || 'No name'}</bdi></strong>
        <span class="text-secondary">${manner(message)}</span>
      </p>
      <span class="td-message-when">${moment(message.at, timeZone)}</span>
    </div>
    ${message.author === 'customer' ? answerBlock(message.text, quotes) : textBlock(message.text, [])}
    ${filesOf(message, file.files)}
  </li>`;
}

/** An answer ends, in mail, with the letter that it answers and a signature; both are a click away. */
function answerBlock(text: string, quotes: readonly Quoted[]): Html {
  const own = ownPart(text);
  const rest = text.slice(own.length);
  if (own === '' || rest.trim() === '') return textBlock(text, quotes);
  return html`${textBlock(own, quotes)}
    <details class="td-quoted">
      <summary>What is quoted below</summary>
      ${textBlock(rest.replace(/^\s*\n/, ''), quotes)}
    </details>`;
}

function manner({ visibility, author }: MessageRow): Html | string {
  if (author === 'system' && visibility === 'internal') return 'answered by a machine';
  if (visibility === 'internal') return html`<span class="td-note-sign">${icon('note')}Internal note</span>`;
  return author === 'customer' ? 'wrote' : author === 'system' ? 'sent by the desk' : 'answered';
}
