import { hiddenFields, option } from './form-parts.ts';
import type { Policy } from '../decide/policy.ts';
import { statusName } from '../domain/status-names.ts';
import { STATUSES, ticketName } from '../domain/ticket.ts';
import { countdown, escalationFlag, nearMoment, ownerBadge, priorityBadge, statusBadge } from './badges.ts';

import { icon, type Icon } from './icons.ts';
import { flag, html, type Html } from './markup.ts';
import { addressOfList, EVERYTHING_OPEN, filterFields } from './queue-filter.ts';
import type { ListedTicket, ListFilter, ListPage, OpenCount } from './queue-rows.ts';
import { countWords } from './words.ts';

/** What the queue page shows. */
export interface QueueView {
  filter: ListFilter;
  list: ListPage;
  counts: readonly OpenCount[];
  policy: Policy;
  person: string;
  now: Temporal.Instant;
  /** Whether this is a later page of the list. */
  isLater: boolean;
  /** What to show instead of an empty list. */
  empty: Html;
}

function listWords(status: ListFilter['status'], { desk }: Policy): string {
  if (status === 'open') return 'Open tickets';
  return status === 'all' ? 'All tickets' : statusName(desk.statuses, status);
}

/** Beyond critical: the account says that whoever asks goes first. */
const VIP_URGENCY = 4;

/** The queue: views and queues at the side, the tickets in the middle. */
export function queueMain(view: QueueView): Html {
  const { list } = view;
  return html`<div class="td-queue">
    <aside class="td-rail" aria-label="Views">${views(view)}${queues(view)}</aside>
    <section class="td-list" aria-labelledby="list-title">
      <div class="td-list-head">
        <div>
          <h1 id="list-title">${titleOf(view)}</h1>
          <p class="td-list-count">${countOf(view)}</p>
        </div>
        ${refine(view)}
      </div>
      ${chips(view)}
      ${list.tooMany ? html`<p class="td-hint" role="status">${icon('search')}More than 500 tickets have these words; not all of them are shown. Add another word.</p>` : null}
      <div id="live">${list.rows.length === 0 ? view.empty : table(view)}</div>
      ${pages(view)}
    </section>
  </div>`;
}

function titleOf({ filter, person, policy }: QueueView): string {
  if (filter.search !== '') return `Search: ${filter.search.slice(0, 60)}`;
  if (filter.owner === 'nobody') return 'Unassigned';
  if (filter.owner !== null) return filter.owner.agent === person ? 'Your tickets' : filter.owner.agent;
  if (filter.atRisk) return 'At risk';
  if (filter.needsReview) return 'Needs review';
  if (filter.isAsked) return 'Waiting for acceptance';
  if (filter.incidents) return 'Incidents';
  if (filter.escalated) return 'Escalated';
  return listWords(filter.status, policy);
}

/** How many open tickets a filter leaves; null where that was not counted: of words, and of finished tickets. */
function counted(counts: readonly OpenCount[], filter: ListFilter): number | null {
  if (filter.search !== '' || ['closed', 'resolved', 'all'].includes(filter.status)) return null;
  const { owner } = filter;
  return counts
    .filter((each) => filter.status === 'open' || each.status === filter.status)
    .filter((each) => filter.queue === null || sidesOf(each, filter).includes(filter.queue))
    .filter((each) => owner === null || each.assignee === (owner === 'nobody' ? null : owner.agent))
    .filter((each) => (!filter.atRisk || each.atRisk) && (!filter.needsReview || each.needsReview))
    .filter((each) => !filter.isAsked || each.askedQueue !== null)
    .filter((each) => !filter.incidents || each.isIncident)
    .filter((each) => !filter.escalated || each.escalated)
    .reduce((sum, each) => sum + each.count, 0);
}

/** Whose list it is on: its queue's, that of each that helps, and where an answer is waited for, of who is asked. */
function sidesOf({ queue, askedQueue, helpers }: OpenCount, { isAsked }: ListFilter): readonly (string | null)[] {
  return [queue, ...(helpers ?? []), ...(isAsked ? [askedQueue] : [])];
}

function countOf({ counts, filter, list }: QueueView): string {
  const count = counted(counts, filter);
  const order = ['closed', 'resolved', 'all'].includes(filter.status) ? 'newest first' : 'urgent first';
  if (count === 0) return 'Nothing here';
  if (count !== null) return `${countWords(count, 'ticket')}, ${order}`;
  if (list.rows.length === 0) return '';
  return `${list.next === null ? countWords(list.rows.length, 'ticket') : `The first ${list.rows.length}`}, ${order}`;
}

function views(view: QueueView): Html {
  const { counts, filter, person, policy } = view;
  const base = { ...EVERYTHING_OPEN, queue: filter.queue };
  const links: readonly { name: string; icon: Icon; filter: ListFilter; tone?: string }[] = [
    { name: 'Open', icon: 'inbox', filter: base },
    { name: 'Yours', icon: 'person', filter: { ...base, owner: { agent: person } } },
    { name: 'Unassigned', icon: 'nobody', filter: { ...base, owner: 'nobody' } },
    { name: 'At risk', icon: 'alert', filter: { ...base, atRisk: true }, tone: 'td-count-risk' },
    ...(isEscalating(view)
      ? [{ name: 'Escalated', icon: 'raised' as const, filter: { ...base, escalated: true }, tone: 'td-count-risk' }]
      : []),
    { name: 'Needs review', icon: 'eye', filter: { ...base, needsReview: true } },
    ...(isAnybodyAsked(view)
      ? [{ name: 'Waiting for acceptance', icon: 'handoff' as const, filter: { ...base, isAsked: true } }]
      : []),
    ...(policy.incidents === null
      ? []
      : [{ name: 'Incidents', icon: 'link' as const, filter: { ...base, incidents: true } }]),
    { name: 'Resolved', icon: 'check', filter: { ...base, status: 'resolved' } },
    { name: 'Closed', icon: 'check', filter: { ...base, status: 'closed' } },
    { name: 'All', icon: 'table', filter: { ...base, status: 'all' } },
  ];
  const here = addressOfList({ ...filter, search: '' });
  return html`<nav class="td-views" aria-label="Views">
    <h2 class="td-rail-title">Views</h2>
    ${links.map((link) => {
      const address = addressOfList(link.filter);
      const count = counted(counts, link.filter);
      return html`<a href="${address}" ${current(address === here && filter.search === '')}
        >${icon(link.icon)}<span>${link.name}</span>${count === null ? null : html`<span class="td-count ${count > 0 ? link.tone : null}">${count.toLocaleString('en-GB')}</span>`}</a
      >`;
    })}
  </nav>`;
}

/** A desk without contracts needs no view for them. */
function isAnybodyAsked({ policy, counts }: QueueView): boolean {
  const isAgreed = policy.routing.handoffs.some(({ transfer }) => transfer === 'accept');
  return isAgreed || counts.some(({ askedQueue }) => askedQueue !== null);
}

/** A desk that never escalates is spared the view. */
function isEscalating({ counts, policy }: QueueView): boolean {
  return policy.escalation.definitions.length > 0 || counts.some(({ escalated }) => escalated);
}

function queues({ counts, filter, policy }: QueueView): Html {
  const names = [...new Set([...Object.keys(policy.queues), ...counts.map((each) => each.queue)])].sort();
  return html`<nav class="td-views td-queues" aria-label="Queues">
    <h2 class="td-rail-title">Queues</h2>
    ${names.map((name) => {
      const isHere = filter.queue === name;
      const address = addressOfList({ ...filter, search: '', queue: isHere ? null : name });
      const count = counted(counts, { ...EVERYTHING_OPEN, queue: name });
      return html`<a href="${address}" ${current(isHere)}
        >${icon('queue')}<bdi>${name}</bdi><span class="td-count">${count}</span></a
      >`;
    })}
  </nav>`;
}

function current(isHere: boolean): Html | null {
  return isHere ? html` aria-current="page"` : null;
}

/** Any filter at all, for those combinations that the views do not offer. */
function refine({ filter, policy, counts }: QueueView): Html {
  const { status: _status, queue: _queue, owner: _owner, nobody: _nobody, ...rest } = filterFields(filter);
  const agents = new Set([
    ...policy.agents.map((agent) => agent.name),
    ...counts.flatMap((each) => each.assignee ?? []),
    ...(filter.owner !== null && filter.owner !== 'nobody' ? [filter.owner.agent] : []),
  ]);
  const queueNames = [...new Set([...Object.keys(policy.queues), ...counts.map((each) => each.queue)])].sort();
  const owner = filter.owner === null || filter.owner === 'nobody' ? '' : filter.owner.agent;
  return html`<details class="td-refine">
    <summary class="btn btn-sm">${icon('filter')}Filter</summary>
    <form method="get" action="/" class="td-refine-sheet">
      ${hiddenFields(rest)}
      <div>
        <label class="form-label" for="f-status">Status</label
        ><select class="form-select" id="f-status" name="status">
          ${option('', 'Everything open', filter.status === 'open')}${STATUSES.filter((status) => status !== 'open').map((status) => option(status, statusName(policy.desk.statuses, status), filter.status === status))}${option('all', 'All', filter.status === 'all')}
        </select>
      </div>
      <div>
        <label class="form-label" for="f-queue">Queue</label
        ><select class="form-select" id="f-queue" name="queue">
          ${option('', 'Any queue', filter.queue === null)}${queueNames.map((name) => option(name, name, filter.queue === name))}
        </select>
      </div>
      <div>
        <label class="form-label" for="f-owner">Owner</label
        ><select class="form-select" id="f-owner" name="owner">
          ${option('', 'Anybody', owner === '')}${[...agents].sort().map((name) => option(name, name, owner === name))}
        </select>
      </div>
      <label class="form-check"
        ><input
          class="form-check-input"
          type="checkbox"
          name="nobody"
          value="1"
          ${flag('checked', filter.owner === 'nobody')}
        /><span class="form-check-label">Only unassigned</span></label
      >
      <button class="btn btn-primary" type="submit">Show</button>
    </form>
  </details>`;
}

/** What narrows the list, each with a way to let it go. */
function chips({ filter, policy }: QueueView): Html | null {
  const on: { words: string; without: ListFilter }[] = [];
  if (filter.search !== '')
    on.push({ words: `“${filter.search}”`, without: { ...filter, search: '', status: 'open' } });
  if (filter.status !== 'open' && filter.search === '') {
    on.push({ words: listWords(filter.status, policy), without: { ...filter, status: 'open' } });
  }
  if (filter.queue !== null) on.push({ words: `Queue ${filter.queue}`, without: { ...filter, queue: null } });
  if (filter.owner !== null) {
    const words = filter.owner === 'nobody' ? 'Unassigned' : `Owner ${filter.owner.agent}`;
    on.push({ words, without: { ...filter, owner: null } });
  }
  if (filter.atRisk) on.push({ words: 'At risk', without: { ...filter, atRisk: false } });
  if (filter.escalated) on.push({ words: 'Escalated', without: { ...filter, escalated: false } });
  if (filter.needsReview) on.push({ words: 'Needs review', without: { ...filter, needsReview: false } });
  if (filter.isAsked) on.push({ words: 'Waiting for acceptance', without: { ...filter, isAsked: false } });
  if (filter.incidents) on.push({ words: 'Incidents', without: { ...filter, incidents: false } });
  if (on.length === 0) return null;
  return html`<ul class="td-chips" aria-label="Filters">
    ${on.map(
      ({ words, without }) =>
        html`<li>
          <a href="${addressOfList(without)}" aria-label="Without filter ${words}"
            ><bdi>${words}</bdi><span aria-hidden="true">×</span></a
          >
        </li>`,
    )}
  </ul>`;
}

function table(view: QueueView): Html {
  return html`<table class="td-table" role="table">
    <thead role="rowgroup">
      <tr role="row">
        ${['Number', 'Request', 'Requester', 'Status', 'Priority', 'Owner', 'Next due'].map(
          (name) => html`<th scope="col" role="columnheader">${name}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${view.list.rows.map((row) => line(row, view))}
    </tbody>
  </table>`;
}

function line(row: ListedTicket, { policy, now }: QueueView): Html {
  const { prefix, timeZone } = policy.desk;
  const label = row.due === null ? null : row.due === 'first_reply' ? 'First reply' : 'Resolution';
  return html`<tr role="row" class="td-row td-row-${row.priority}">
    <td role="cell" class="td-cell-number"><span>${ticketName(prefix, row.number)}</span></td>
    <td role="cell" class="td-cell-subject">
      <a class="td-subject" href="/tickets/${row.number}" title="${row.subject}"
        ><bdi>${row.subject || 'No subject'}</bdi></a
      >${row.needsReview ? html`<span class="td-flag">${icon('eye')}Review</span>` : null}${row.askedQueue === null ? null : html`<span class="td-flag">${icon('handoff')}For <bdi>${row.askedQueue}</bdi></span>`}${row.helpers.map((queue) => html`<span class="td-flag">${icon('handoff')}<bdi>${queue}</bdi> helps</span>`)}${row.linkedCount === null ? null : html`<span class="td-flag">${icon('link')}${row.linkedCount} linked</span>`}${escalationFlag(row.escalationLevel)}
      <p class="td-why" title="${row.why}">
        ${row.why || html`Came in ${nearMoment(row.openedAt, { now, timeZone })}`}
      </p>
    </td>
    <td role="cell" class="td-cell-requester">
      <bdi
        >${row.requesterName || 'No name'}${row.urgency >= VIP_URGENCY ? html` <span class="td-vip">VIP</span>` : null}</bdi
      ><small><bdi>${row.requesterEmail ?? 'no address'}</bdi></small>
    </td>
    <td role="cell" class="td-cell-status">${statusBadge(row.status, policy.desk.statuses)}</td>
    <td role="cell" class="td-cell-priority">${priorityBadge(row.priority)}</td>
    <td role="cell" class="td-cell-owner">
      ${ownerBadge(row.assignee)}<small>${icon('queue')}<bdi>${row.queue}</bdi></small>
    </td>
    <td role="cell" class="td-cell-due">
      ${countdown({ dueAt: row.dueAt, slaState: row.slaState, label }, { now, timeZone })}
    </td>
  </tr>`;
}

function pages({ filter, list, isLater }: QueueView): Html | null {
  if (list.next === null && !isLater) return null;
  return html`<nav class="td-pages" aria-label="Pages">
    ${isLater ? html`<a class="btn" href="${addressOfList(filter)}">Back to the start</a>` : null}${list.next === null ? null : html`<a class="btn" rel="next" href="${addressOfList(filter, list.next)}">More tickets${icon('next')}</a>`}
  </nav>`;
}
