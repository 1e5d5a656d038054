import { isEnough } from '../kit/access.ts';
import { hiddenFields } from './form-parts.ts';
import { isVip } from '../domain/requester.ts';
import { ticketName } from '../domain/ticket.ts';
import { countdown, escalationFlag, moment, ownerBadge, priorityBadge, statusBadge } from './badges.ts';
import { articlesCard } from './articles-card.ts';
import { channelTitle } from './channel-title.ts';
import { clarificationCard } from './clarification-card.ts';
import { selfServiceCard } from './self-service-card.ts';
import { clocksCard } from './clocks-card.ts';
import { composer } from './composer.ts';
import { conversation } from './conversation.ts';
import { decisionLog } from './decision-log.ts';
import { escalationCard } from './escalation-card.ts';
import { fieldsCard } from './fields-card.ts';
import { followUpCard } from './follow-up-card.ts';
import { handoffCard } from './handoff-card.ts';
import { handoffForm } from './handoff-form.ts';

import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { incidentCard } from './incident-card.ts';
import { opinionsCard } from './opinions-card.ts';
import { outgoingCard } from './outgoing.ts';
import { relatedCard } from './related-card.ts';
import { requesterCard, rowCard } from './requester-card.ts';
import { stepsCard } from './steps-card.ts';
import type { TicketView } from './ticket-view.ts';

/**
 * A ticket: the request and the conversation in the middle, what is known and promised at the side. There comes first
 * what waits for somebody's word, then what presses, the work, who asks, and what may help; last what we did by ourselves.
 */
export function ticketMain(view: TicketView): Html {
  const { ticket } = view.file;
  return html`<article class="td-ticket" aria-labelledby="ticket-title">
    ${head(view)}
    <div class="td-ticket-body">
      <div class="td-ticket-talk">
        ${ticket.why === '' ? null : html`<p class="td-ticket-why">${icon('spark')}<span>${ticket.why}</span></p>`}
        ${conversation(view)} ${composer(view)}
      </div>
      <aside class="td-ticket-side" aria-label="About this ticket">
        ${handoffCard(view)} ${clarificationCard(view)} ${fieldsCard(view)} ${opinionsCard(view)}
        ${escalationCard(view)} ${clocksCard(view)} ${followUpCard(view)} ${stepsCard(view)} ${selfServiceCard(view)}
        ${incidentCard(view)} ${requesterCard(view)} ${articlesCard(view)} ${relatedCard(view)} ${outgoingCard(view)}
        ${rowCard(view)}
      </aside>
      ${decisionLog(view)}
    </div>
  </article>`;
}

function head(view: TicketView): Html {
  const { file, config, now } = view;
  const { ticket } = file;
  const { prefix, timeZone, statuses } = config.policy.desk;
  return html`<header class="td-ticket-head">
    <nav class="td-crumbs" aria-label="Way back">
      <a href="/">Queue</a><span aria-hidden="true">/</span
      ><a href="/?queue=${encodeURIComponent(ticket.queue)}"><bdi>${ticket.queue}</bdi></a
      ><span aria-hidden="true">/</span><span>${ticketName(prefix, ticket.number)}</span>
    </nav>
    <div class="td-ticket-title">
      <h1 id="ticket-title" dir="auto">${ticket.subject || 'No subject'}</h1>
      ${actions(view)}
    </div>
    <ul class="td-ticket-facts" aria-label="At a glance">
      <li>${statusBadge(ticket.status, statuses)}</li>
      <li>${priorityBadge(ticket.priority)}</li>
      <li>${ownerBadge(ticket.assignee)}</li>
      <li>${countdown({ ...dueOf(view), slaState: ticket.slaState }, { now, timeZone })}</li>
      ${isVip(ticket.requester) ? html`<li><span class="td-vip">VIP</span></li>` : null}
      ${ticket.escalationLevel === 0 ? null : html`<li>${escalationFlag(ticket.escalationLevel)}</li>`}
      ${ticket.needsReview ? html`<li><span class="td-flag">${icon('eye')}Needs review</span></li>` : null}
      ${ticket.isLight ? html`<li><span class="td-flag" title="A quick exchange: no clocks run until it becomes more">Light</span></li>` : null}
      <li class="td-ticket-came">
        Came in over <bdi>${channelTitle(ticket.channel, config)}</bdi>, ${moment(ticket.openedAt, timeZone)}
      </li>
    </ul>
  </header>`;
}

function dueOf({ file: { ticket } }: TicketView): { dueAt: Temporal.Instant | null; label: string | null } {
  const isDone = ticket.status === 'resolved' || ticket.status === 'closed';
  if (isDone) return { dueAt: null, label: null };
  const first = ticket.firstRespondedAt === null ? ticket.firstResponseDueAt : null;
  const last = ticket.resolutionDueAt;
  const isFirst = first !== null && (last === null || Temporal.Instant.compare(first, last) <= 0);
  return isFirst ? { dueAt: first, label: 'First reply' } : { dueAt: last, label: last === null ? null : 'Resolution' };
}

/** What is done most: take the ticket, or let it go, to whoever has room or to another queue. */
function actions(view: TicketView): Html | null {
  const { file, person, access, config, csrfToken } = view;
  if (!isEnough(access, 'agent')) return null;
  const { ticket } = file;
  const address = `/tickets/${ticket.number}`;
  const isNamed = config.policy.agents.some((agent) => agent.name === person);
  const carried = hiddenFields({ _csrf: csrfToken, was: ticket.assignee ?? '' });
  return html`<div class="td-actions">
    ${isNamed && ticket.assignee !== person ? html`<form method="post" action="${address}/take">${carried}<button class="btn" type="submit" data-key="a">${icon('person')}Assign to me</button></form>` : null}
    ${ticket.assignee === null ? null : html`<form method="post" action="${address}/give-back">${carried}<button class="btn" type="submit">${icon('undo')}Give back</button></form>`}
    ${handoffForm(view)}
  </div>`;
}
