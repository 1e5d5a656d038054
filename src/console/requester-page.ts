import type { LoadedConfig } from '../config/live.ts';
import { type Identity, identityName, isVip } from '../domain/requester.ts';
import { ticketName } from '../domain/ticket.ts';
import { type Access, isEnough } from '../kit/access.ts';
import { accountPairs } from './account-pairs.ts';
import { moment, ownerBadge, priorityBadge, statusBadge } from './badges.ts';
import { channelTitle } from './channel-title.ts';
import { personalDataCard } from './erasure-page.ts';
import { hiddenFields } from './form-parts.ts';
import { html, type Html } from './markup.ts';
import type { PersonFile, PersonsTicket } from './requester-rows.ts';

/** What the page of a requester shows. */
export interface PersonView {
  file: PersonFile;
  config: LoadedConfig;
  access: Access;
  csrfToken: string;
}

/** A person: everything that they asked, by whichever way, and what is known of them. */
export function requesterMain(view: PersonView): Html {
  const { requester, tickets, counts } = view.file;
  const name = requester.name || 'No name';
  return html`<article class="td-ticket" aria-labelledby="requester-name">
    <header class="td-ticket-head">
      <nav class="td-crumbs" aria-label="Way back">
        <a href="/">Queue</a><span aria-hidden="true">/</span><span>Requester</span>
      </nav>
      <div class="td-ticket-title"><h1 id="requester-name" dir="auto">${name}</h1></div>
      <ul class="td-ticket-facts" aria-label="At a glance">
        ${isVip(requester) ? html`<li><span class="td-vip">VIP</span></li>` : null} ${fact(requester.account['name'])}
        ${fact(requester.account['tier'])}
        <li>${counted(counts.tickets, 'ticket')}, ${counts.open.toLocaleString('en-GB')} open</li>
        <li>${counted(counts.messages, 'message')}</li>
        <li class="td-ticket-came">${seen(view)}</li>
      </ul>
    </header>
    <div class="td-ticket-body">
      <div class="td-ticket-talk">
        <section class="card td-history" aria-labelledby="history-title">
          <h2 class="td-card-title" id="history-title">Everything that they asked</h2>
          <ul class="td-others">
            ${tickets.map((ticket) => line(ticket, view))}
          </ul>
          ${tickets.length < counts.tickets ? html`<p class="text-secondary">The ${tickets.length} newest of ${counts.tickets.toLocaleString('en-GB')}.</p>` : null}
        </section>
      </div>
      <aside class="td-ticket-side" aria-label="About this person">
        ${knownCard(view)} ${accountCard(view)}
        ${isEnough(view.access, 'admin') ? personalDataCard(view.file.id, view.csrfToken) : null}
      </aside>
    </div>
  </article>`;
}

function fact(value: string | number | boolean | undefined): Html | null {
  return value === undefined ? null : html`<li><bdi>${String(value)}</bdi></li>`;
}

function seen({ file: { firstSeenAt, lastSeenAt }, config }: PersonView): Html {
  const { timeZone } = config.policy.desk;
  return html`First asked ${moment(firstSeenAt, timeZone)}, last wrote ${moment(lastSeenAt, timeZone)}`;
}

function line(ticket: PersonsTicket, { config }: PersonView): Html {
  const { prefix, timeZone, statuses } = config.policy.desk;
  return html`<li>
    <a href="/tickets/${ticket.number}"
      ><span class="td-number">${ticketName(prefix, ticket.number)}</span>
      <bdi>${ticket.subject.slice(0, 200) || 'No subject'}</bdi></a
    ><small
      >${statusBadge(ticket.status, statuses)} ${priorityBadge(ticket.priority)} ${ownerBadge(ticket.assignee)}
      <span>Over <bdi>${channelTitle(ticket.channel, config)}</bdi>, ${moment(ticket.openedAt, timeZone)}</span></small
    >
  </li>`;
}

/** By what the person is known, with the ways to say that it is more, or less. */
function knownCard({ file: { id, known }, access, csrfToken }: PersonView): Html {
  const isAgent = isEnough(access, 'agent');
  return html`<section class="card" aria-labelledby="known-title">
    <h2 class="td-card-title" id="known-title">Known as</h2>
    <ul class="td-others td-known">
      ${known.map(
        (each) =>
          html`<li>
            <bdi class="td-address">${identityName(each)}</bdi
            >${known.length < 2 || !isAgent ? null : partForm(id, each, csrfToken)}
          </li>`,
      )}
    </ul>
    ${isAgent ? sameForm(id, csrfToken) : null}
  </section>`;
}

function sameForm(id: string, csrfToken: string): Html {
  return html`<details class="td-correct">
    <summary>The same person as…</summary>
    <form method="post" action="/requesters/${id}/same">
      ${hiddenFields({ _csrf: csrfToken })}
      <label class="form-label" for="same-as">Address, phone:+49…, slack:U… or ticket number</label
      ><input class="form-control form-control-sm" id="same-as" name="same" maxlength="254" autocomplete="off" />
      <button class="btn btn-sm" type="submit">Make them one</button>
    </form>
  </details>`;
}

function partForm(id: string, each: Identity, csrfToken: string): Html {
  return html`<form method="post" action="/requesters/${id}/other">
    ${hiddenFields({ _csrf: csrfToken, other: identityName(each) })}<button
      class="btn btn-sm btn-ghost-secondary"
      type="submit"
      aria-label="${identityName(each)} is somebody else"
    >
      Somebody else
    </button>
  </form>`;
}

function accountCard({ file: { requester } }: PersonView): Html {
  return html`<section class="card" aria-labelledby="account-title">
    <h2 class="td-card-title" id="account-title">Account</h2>
    ${accountPairs(requester.account) ?? html`<p class="text-secondary">Nothing is known of it.</p>`}
  </section>`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}
