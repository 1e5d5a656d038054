import { type StatusNames, statusName } from '../domain/status-names.ts';
import type { Priority, SlaState, Status } from '../domain/ticket.ts';

import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import {
  initialsOf,
  distanceWords,
  levelWords,
  fullMomentWords,
  momentWords,
  PRIORITY_WORDS,
  SLA_WORDS,
} from './words.ts';

/** The small signs that lists and tickets share. Each says in words what its colour says. */

export function statusBadge(status: Status, names: StatusNames): Html {
  return html`<span class="td-status td-status-${status}"><bdi>${statusName(names, status)}</bdi></span>`;
}

/** Four bars, filled from the left: low to critical. */
export function priorityBadge(priority: Priority): Html {
  const filled = { low: 1, medium: 2, high: 3, critical: 4 }[priority];
  const bars = [1, 2, 3, 4].map(
    (bar) =>
      html`<rect
        x="${bar * 4 - 3}"
        y="${11 - bar * 2.5}"
        width="3"
        height="${bar * 2.5 + 2}"
        rx="1"
        ${bar > filled ? html` opacity=".22"` : null}
      />`,
  );
  return html`<span class="td-priority td-priority-${priority}"
    ><svg viewBox="0 0 17 14" width="15" height="12" fill="currentColor" aria-hidden="true" focusable="false">
      ${bars}</svg
    >${PRIORITY_WORDS[priority]}</span
  >`;
}

/** How far up a ticket was taken; nothing where it was not. */
export function escalationFlag(level: number): Html | null {
  if (level === 0) return null;
  return html`<span class="td-flag td-flag-raised">${icon('raised')}${levelWords(level)}</span>`;
}

/** Who answers for a ticket: a person with a face, or nobody yet. */
export function ownerBadge(assignee: string | null): Html {
  if (assignee === null) return html`<span class="td-owner td-owner-nobody">${icon('nobody')}Unassigned</span>`;
  return html`<span class="td-owner"
    ><span class="avatar avatar-xs" aria-hidden="true">${initialsOf(assignee)}</span><bdi>${assignee}</bdi></span
  >`;
}

/** The moment a page is made, and the zone that it speaks in. */
export interface Here {
  now: Temporal.Instant;
  timeZone: string;
}

/** A moment that is near: the distance, with the full moment on hover. The script keeps it counting. */
export function nearMoment(at: Temporal.Instant, { now, timeZone }: Here): Html {
  return html`<time datetime="${at.toString()}" data-near="ago" title="${fullMomentWords(at, timeZone)}"
    >${distanceWords(at, now)}</time
  >`;
}

/** A moment at which something is due: how long until then, or how late it is. */
export function dueMoment(at: Temporal.Instant, { now, timeZone }: Here): Html {
  return html`<time datetime="${at.toString()}" data-near="late" title="${fullMomentWords(at, timeZone)}"
    >${distanceWords(at, now, 'late')}</time
  >`;
}

/** A moment of the past or the future, as a date. */
export function moment(at: Temporal.Instant, timeZone: string): Html {
  return html`<time datetime="${at.toString()}" title="${fullMomentWords(at, timeZone)}"
    >${momentWords(at, timeZone)}</time
  >`;
}

/** How long until something is due, coloured by how it stands. Counts down while one looks. */
export function countdown(
  due: { dueAt: Temporal.Instant | null; slaState: SlaState; label: string | null },
  { now, timeZone }: Here,
): Html {
  const { dueAt, slaState, label } = due;
  if (dueAt === null) return standing(slaState);
  const isLate = Temporal.Instant.compare(dueAt, now) <= 0;
  const look = isLate ? 'late' : slaState === 'warning' || slaState === 'breached' ? 'soon' : 'calm';
  return html`<span class="td-due td-due-${look}"
    >${icon('clock')}<span
      >${dueMoment(dueAt, { now, timeZone })}${label === null ? null : html`<small>${label}</small>`}</span
    ></span
  >`;
}

function standing(slaState: SlaState): Html {
  if (slaState === 'paused') return html`<span class="td-due td-due-none">${icon('pause')}<span>Paused</span></span>`;
  if (slaState === 'none') return html`<span class="td-due td-due-none"><span>No promise</span></span>`;
  const sign = slaState === 'breached' ? icon('alert') : icon('check');
  return html`<span class="td-due td-due-${slaState === 'breached' ? 'late' : 'none'}"
    >${sign}<span>${SLA_WORDS[slaState]}</span></span
  >`;
}
