import { rowColumnsRead } from '../decide/conditions/row-columns.ts';
import { isEnough } from '../kit/access.ts';
import { accountPairs } from './account-pairs.ts';
import { hiddenFields } from './form-parts.ts';
import { isVip } from '../domain/requester.ts';
import { STATUSES, ticketName } from '../domain/ticket.ts';
import { moment, statusBadge } from './badges.ts';

import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';
import { problemWords, valueWords } from './words.ts';

/** Who asks, what is known of them, and what else they asked. */
export function requesterCard(view: TicketView): Html {
  const { ticket, others, requesterId } = view.file;
  const { name, email, account } = ticket.requester;
  return html`<section class="card" aria-labelledby="requester-title">
    <h2 class="td-card-title" id="requester-title">Requester</h2>
    <p class="td-person">
      ${
        requesterId === null
          ? html`<strong><bdi>${name || 'No name'}</bdi></strong>`
          : html`<a href="/requesters/${requesterId}"
              ><strong><bdi>${name || 'No name'}</bdi></strong></a
            >`
      }${isVip(ticket.requester) ? html` <span class="td-vip">VIP</span>` : null}<br /><bdi class="td-address"
        >${email ?? 'No address'}</bdi
      >
    </p>
    ${accountPairs(account)} ${isEnough(view.access, 'agent') ? correction(view) : null}
    ${others.length === 0 ? null : otherTickets(view)}
  </section>`;
}

function correction({ file: { ticket }, csrfToken }: TicketView): Html {
  const { name, email } = ticket.requester;
  return html`<details class="td-correct">
    <summary>Correct name or address</summary>
    <form method="post" action="/tickets/${ticket.number}/requester">
      ${hiddenFields({ _csrf: csrfToken })} <label class="form-label" for="requester-name">Name</label
      ><input
        class="form-control form-control-sm"
        id="requester-name"
        name="name"
        value="${name}"
        maxlength="200"
        autocomplete="off"
      />
      <label class="form-label" for="requester-email">Address</label
      ><input
        class="form-control form-control-sm"
        id="requester-email"
        name="email"
        type="email"
        value="${email}"
        maxlength="254"
        autocomplete="off"
      />
      <button class="btn btn-sm" type="submit">Save</button>
    </form>
  </details>`;
}

function otherTickets({ file: { others }, config }: TicketView): Html {
  const { prefix, timeZone, statuses } = config.policy.desk;
  return html`<h3 class="td-card-sub">Other tickets</h3>
    <ul class="td-others">
      ${others.map(({ number, subject, status, openedAt }) => {
        const known = STATUSES.find((each) => each === status);
        return html`<li>
          <a href="/tickets/${number}"
            ><span class="td-number">${ticketName(prefix, number)}</span>
            <bdi>${subject.slice(0, 200) || 'No subject'}</bdi></a
          ><small>${known === undefined ? null : statusBadge(known, statuses)} ${moment(openedAt, timeZone)}</small>
        </li>`;
      })}
    </ul>`;
}

/** Where the ticket stands in the base, and what rules read in the team's own columns there. */
export function rowCard(view: TicketView): Html {
  const { file, rowAddress, storeTitle, config } = view;
  const { rowId, rowProblem, detachedAt } = file;
  return html`<section class="card" aria-labelledby="row-title">
    <h2 class="td-card-title" id="row-title">Row in the base</h2>
    ${detachedAt === null ? null : html`<p class="td-trouble">${icon('alert')}Somebody deleted the row, ${moment(detachedAt, config.policy.desk.timeZone)}. The ticket lives on here.</p>`}
    ${rowProblem === null ? null : html`<p class="td-trouble">${icon('alert')}<span>${problemWords(rowProblem)}</span></p>`}
    ${rowAddress === null ? html`<p class="text-secondary">${rowId === null ? 'Not written yet; it follows within seconds.' : `Kept in the ${storeTitle} base.`}</p>` : html`<p><a href="${rowAddress}" target="_blank" rel="noopener noreferrer">Open in ${storeTitle}${icon('outside')}</a></p>`}
    ${rowPairs(view)}
  </section>`;
}

function rowPairs({ file: { ticket }, config: { policy } }: TicketView): Html | null {
  const said = rowColumnsRead(policy).filter(({ key }) => ticket.row[key] !== undefined);
  if (said.length === 0) return null;
  return html`<dl class="td-pairs">
    ${said.map(
      ({ key, title }) =>
        html`<div>
          <dt><bdi>${title}</bdi></dt>
          <dd><bdi>${valueWords('', ticket.row[key], policy.desk)}</bdi></dd>
        </div>`,
    )}
  </dl>`;
}
