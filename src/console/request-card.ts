import type { Policy } from '../decide/policy.ts';
import type { InboundMessage } from '../domain/message.ts';
import { identityName } from '../domain/requester.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Answer } from '../kit/answers.ts';
import { sizeWords } from '../kit/size-words.ts';
import { TEST_HEADER } from '../kit/test-marks.ts';
import { moment } from './badges.ts';
import type { ChannelRequest } from './channel-rows.ts';
import { icon } from './icons.ts';
import { type Fill, html, type Html, verbatim } from './markup.ts';
import type { Reading } from './request-reading.ts';
import { problemWords } from './words.ts';

/** So much of a value that was left aside tells what it is. */
const LONGEST_ASIDE = 200;

/** What a channel's page shows of what came. */
export interface RequestsView {
  channel: string;
  /** The latest, the newest first. */
  requests: readonly ChannelRequest[];
  /** The one that is shown in full, and its headers that are kept; null where nothing came. */
  shown: { request: ChannelRequest; reading: Reading; headers: Readonly<Record<string, string>> } | null;
  desk: Policy['desk'];
}

/** What came last: of one request what was understood and what was not, of the others what became of them. */
export function requestsCard(view: RequestsView): Html {
  const { requests, shown } = view;
  const others = requests.filter(({ id }) => id !== shown?.request.id);
  return html`<section class="card" id="requests" aria-labelledby="requests-title">
    <h2 class="td-card-title" id="requests-title">What came last</h2>
    ${
      shown === null
        ? html`<p class="td-waits" role="status">
            ${icon('clock')}<span>Waiting for the first request… This page shows it by itself.</span>
          </p>`
        : requestInFull(shown, view)
    }
    ${
      others.length === 0
        ? null
        : html`<h3 class="form-label td-before">Before that</h3>
            <ul class="td-channels">
              ${others.map((request) => html`<li>${becameOf(request, view)} · ${closer(request, view)}</li>`)}
            </ul>`
    }
  </section>`;
}

function closer({ id }: ChannelRequest, { channel }: RequestsView): Html {
  return html`<a href="/channels/${channel}?request=${id}#requests">Look closer</a>`;
}

function requestInFull(shown: NonNullable<RequestsView['shown']>, view: RequestsView): Html {
  const { request, reading, headers } = shown;
  return html`<p>${becameOf(request, view)}</p>
    ${understood(reading)} ${notUnderstood(request, reading)}
    <details>
      <summary>What came in</summary>
      ${verbatim('pre', html`class="td-code" dir="auto" tabindex="0"`, reading.body)}
      <p class="form-hint">
        ${Object.entries(headers)
          .filter(([name]) => name !== TEST_HEADER)
          .map(([name, value]) => html`<code>${name}: ${value}</code><br />`)}
      </p>
      <p><a href="/inbox/${request.id}/raw">Save all of it, byte for byte</a></p>
    </details>`;
}

/** One line: when, and what it is now. */
function becameOf(request: ChannelRequest, { desk }: RequestsView): Html {
  const { receivedAt, state, ticket, isTest } = request;
  const at = html`${moment(receivedAt, desk.timeZone)}${isTest ? ', a test' : null}:`;
  if (ticket !== null) {
    const { number, subject } = ticket;
    return html`${at}
      <a href="/tickets/${number}">${ticketName(desk.prefix, number)} <bdi>${subject || 'without a subject'}</bdi></a>`;
  }
  if (state === 'waiting') return html`${at} it waits to be read.`;
  return html`${at} no ticket. <a href="/health#lost">Lost and found</a> has it.`;
}

function understood({ parsed }: Reading): Html | null {
  const messages = parsed === null || parsed.kind === 'unreadable' ? [] : parsed.messages;
  if (messages.length === 0) return null;
  return html`<h3 class="form-label">Understood${messages.length > 1 ? html`: ${messages.length} messages` : null}</h3>
    ${messages.map(messageRead)}`;
}

function messageRead({ from, subject, text, fields, attachments, thread }: InboundMessage): Html {
  const ids = (from.identities ?? []).map(identityName);
  const who = [from.name, from.email, ...ids].filter(Boolean).join(', ');
  return html`<dl class="td-pairs">
    ${pair('Requester', who === '' ? 'nobody: no name and no address' : who)} ${pair('Subject', subject)}
    ${pair('Message', verbatim('pre', html`class="td-read"`, text.length > 2000 ? `${text.slice(0, 2000)}…` : text))}
    ${thread.ticketNumber === null ? null : pair('Belongs to', `ticket ${thread.ticketNumber}, as it says`)}
    ${attachments.map((file) => pair('File', `${file.name}, ${file.contentType}${file.size > 0 ? `, ${sizeWords(file.size)}` : ''}`))}
    ${Object.entries(fields).map(([name, value]) => pair(html`Field <bdi>${name}</bdi>`, value))}
  </dl>`;
}

function pair(name: Fill, value: Fill): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : value}</dd>
  </div>`;
}

/** Why there is no ticket, in full, and what of the body is in nothing of the above. */
function notUnderstood({ problem }: ChannelRequest, { parsed, leftAside }: Reading): Html {
  const found = parsed?.kind === 'unreadable' ? parsed.problem : problem;
  return html`${
    found === null ? null : html`<p class="td-trouble">${icon('alert')}<span>${problemWords(found)}</span></p>`
  }
  ${parsed?.kind === 'ignored' && found === null ? html`<p>${parsed.reason}</p>` : null}
  ${parsed === null ? html`<p class="form-hint">It is too large to be taken apart here.</p>` : null}
  ${
    leftAside.length === 0
      ? null
      : html`<details>
          <summary>Not used: ${leftAside.length} ${leftAside.length === 1 ? 'value' : 'values'}</summary>
          <dl class="td-pairs">
            ${leftAside.map(({ path, value }: Answer) => pair(html`<code>${path}</code>`, cut(value)))}
          </dl>
        </details>`
  }`;
}

function cut(value: string): string {
  return value.length > LONGEST_ASIDE ? `${value.slice(0, LONGEST_ASIDE)}…` : value;
}
