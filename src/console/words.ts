import type { Stage, Source } from '../domain/decision.ts';
import { percent } from '../domain/opinion.ts';
import type { Policy } from '../decide/policy.ts';
import { languageName } from '../domain/language.ts';
import { statusName } from '../domain/status-names.ts';
import { momentWriter } from '../kit/date-words.ts';
import { type Priority, type Severity, type SlaState, STATUSES, type TicketField } from '../domain/ticket.ts';

/** How the console names what the domain knows. */

export const PRIORITY_WORDS: Readonly<Record<Priority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export const SLA_WORDS: Readonly<Record<SlaState, string>> = {
  none: 'No promise',
  on_track: 'On track',
  warning: 'At risk',
  breached: 'Breached',
  paused: 'Paused',
  met: 'Met',
};

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  intake: 'Intake',
  clarify: 'Clarification',
  triage: 'Triage',
  escalate: 'Escalation',
  link: 'Incident',
  route: 'Routing',
  sla: 'Clocks',
  edit: 'Edit',
  handoff: 'Hand-off',
  follow_up: 'Follow-up',
  respond: 'Answer',
};

export const FIELD_WORDS: Readonly<Record<TicketField, string>> = {
  subject: 'Subject',
  language: 'Language',
  status: 'Status',
  category: 'Category',
  severity: 'Severity',
  priority: 'Priority',
  tags: 'Tags',
  queue: 'Queue',
  assignee: 'Assignee',
  collaborators: 'Helping',
  needsReview: 'Needs review',
  stepsDone: 'Steps done',
  escalationLevel: 'Escalation',
  accountable: 'Accountable',
  confidence: 'Confidence',
  summary: 'Summary',
  firstResponseDueAt: 'First reply due',
  resolutionDueAt: 'Resolution due',
  slaState: 'SLA state',
  firstRespondedAt: 'First answered',
  resolvedAt: 'Resolved',
  closedAt: 'Closed',
  reopenCount: 'Reopened',
  contactCount: 'Contacts',
  incident: 'Incident',
  knownIncident: 'Known incident',
  incidentMessage: 'Incident message',
  linkedCount: 'Linked tickets',
  resolution: 'Resolution',
  satisfaction: 'Satisfaction',
  surveyComment: 'Survey comment',
};

/** A name from the config or the code, as a heading: `account_access` → `Account access`. */
export function titled(name: string): string {
  const spaced = name.replaceAll(/[_-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Who decided, in words. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'rule':
      return `Rule “${source.name}”, kept by ${source.owner}`;
    case 'model':
      return `Model ${source.name}`;
    case 'person':
      return source.name;
    case 'policy':
      return `Policy “${source.name}”`;
    case 'default':
      return 'Default';
  }
}

/** What the words of a value depend on. */
export type DeskWords = Pick<Policy['desk'], 'timeZone' | 'statuses'>;

/** A field's value in words; instants in the desk's time zone. */
export function valueWords(field: string, value: unknown, desk: DeskWords): string {
  const { timeZone } = desk;
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (value instanceof Temporal.Instant) return momentWords(value, timeZone);
  if (typeof value === 'string' && field.endsWith('At')) return momentWords(Temporal.Instant.from(value), timeZone);
  if (field === 'confidence' && typeof value === 'number') return percent(value);
  if (field === 'escalationLevel') return levelWords(Number(value));
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? namedValue(field, value, desk) : JSON.stringify(value);
}

function namedValue(field: string, value: string, { statuses }: DeskWords): string {
  const status = field === 'status' ? STATUSES.find((each) => each === value) : undefined;
  if (status !== undefined) return statusName(statuses, status);
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    priority: PRIORITY_WORDS,
    severity: SEVERITY_WORDS,
    slaState: SLA_WORDS,
  };
  const named = words[field];
  if (named !== undefined) return Object.hasOwn(named, value) ? (named[value] ?? value) : value;
  if (field === 'language') return languageName(value);
  return field === 'category' ? titled(value) : value;
}

/** How far up a ticket was taken. */
export function levelWords(level: number): string {
  return level === 0 ? 'not escalated' : `Level ${level}`;
}

/** A moment for people: `Fri 20 Nov, 11:05`. */
export const momentWords = momentWriter({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment in full, for a tooltip: `Friday 20 November 2026 at 11:05:09 CET`. */
export const fullMomentWords = momentWriter({ dateStyle: 'full', timeStyle: 'long' });

/** A span as exact as anybody cares: `2 d 4 h`, `3 h 5 min`, `14 h`, `40 s`. */
function spanWords(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours < 10 ? withRest(`${hours} h`, `${minutes % 60} min`) : `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 10 ? withRest(`${days} d`, `${hours % 24} h`) : `${days} d`;
}

function withRest(whole: string, rest: string): string {
  return rest.startsWith('0 ') ? whole : `${whole} ${rest}`;
}

/** How long ago, or how long until: `in 2 h`, `5 min ago`, `now`. What was due is late instead: `5 min late`. */
export function distanceWords(at: Temporal.Instant, now: Temporal.Instant, past: 'ago' | 'late' = 'ago'): string {
  const milliseconds = at.epochMilliseconds - now.epochMilliseconds;
  if (Math.abs(milliseconds) < 1000) return 'now';
  return milliseconds > 0 ? `in ${spanWords(milliseconds)}` : `${spanWords(milliseconds)} ${past}`;
}

const WHOLE = new Intl.NumberFormat('en-GB');

/** `1 ticket`, `2 tickets`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${WHOLE.format(count)} ${count === 1 ? one : many}`;
}

/** One or two letters for a face. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}

/** A problem in sentences: what happened, and what to do. */
export function problemWords({ message, fix }: { message: string; fix: string }): string {
  return `${sentence(message.charAt(0).toUpperCase() + message.slice(1))} ${fix}`;
}

/** With a full stop at its end, as something follows. */
export function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}
