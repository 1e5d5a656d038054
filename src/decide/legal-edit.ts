import type { FieldChange } from '../domain/occasion.ts';
import { HIGHEST_LEVEL } from '../domain/escalation.ts';
import { statedLanguage } from '../domain/language.ts';
import { type FieldValue, PRIORITIES, SEVERITIES, STATUSES, type TicketField } from '../domain/ticket.ts';
import type { Policy } from './policy.ts';

/** Why an edit can't stand, and what could. */
export interface Refusal {
  why:
    | 'ours'
    | 'empty'
    | 'unknown'
    | 'nothing_to_accept'
    | 'no_ticket'
    | 'itself'
    | 'circle'
    | 'reports_another'
    | 'message_first'
    | 'answered';
  allowed: readonly string[];
}

/** What a field can hold when a person fills it; a field without an entry is worked out by us. */
interface Rules {
  mayBeEmpty: boolean;
  /** The names to choose from; null where any text will do. */
  names(policy: Policy): readonly string[] | null;
}

const CHOICES: Readonly<Partial<Record<TicketField, Rules>>> = {
  subject: { mayBeEmpty: false, names: () => null },
  status: { mayBeEmpty: false, names: () => STATUSES },
  category: { mayBeEmpty: true, names: ({ categories }) => categories },
  severity: { mayBeEmpty: true, names: () => SEVERITIES },
  priority: { mayBeEmpty: false, names: () => PRIORITIES },
  queue: { mayBeEmpty: false, names: ({ queues }) => Object.keys(queues) },
  assignee: { mayBeEmpty: true, names: ({ agents }) => agents.map(({ name }) => name) },
  resolution: { mayBeEmpty: true, names: () => null },
};

/** Why a person's edit can't stand as it is; null when it can. */
export function refusalOf({ field, from, to }: FieldChange, policy: Policy): Refusal | null {
  if (policy.incidents !== null && isOfIncidents(field)) return refusalOfShape(field, to);
  if (field === 'needsReview') return typeof to === 'boolean' ? null : { why: 'unknown', allowed: ['yes', 'no'] };
  if (field === 'tags') return refusalOfTags({ from, to }, policy.triage.tags);
  if (field === 'collaborators') return refusalOfQueues(to, Object.keys(policy.queues));
  if (field === 'language') return isLanguage(to) ? null : { why: 'unknown', allowed: [] };
  if (field === 'escalationLevel') return isLevel(to) ? null : { why: 'unknown', allowed: LEVELS };
  if (field === 'stepsDone') return refusalOfSteps(to, policy);
  if (field === 'accountable') return refusalOfName(to, policy);
  const rules = CHOICES[field];
  if (rules === undefined) return { why: 'ours', allowed: [] };
  const names = rules.names(policy);
  const shown = field === 'status' ? Object.values(policy.desk.statuses).flat() : (names ?? []);
  if (to === null || to === '') return to === null && rules.mayBeEmpty ? null : { why: 'empty', allowed: shown };
  if (typeof to !== 'string') return { why: 'unknown', allowed: shown };
  if (names === null) return to.trim() === '' ? { why: 'empty', allowed: [] } : null;
  return names.includes(to) ? null : { why: 'unknown', allowed: shown };
}

/** As two letters; by its name it was read already. */
function isLanguage(value: FieldValue): boolean {
  return value === null || (typeof value === 'string' && statedLanguage(value) === value);
}

function refusalOfQueues(value: FieldValue, queues: readonly string[]): Refusal | null {
  const isLegal = Array.isArray(value) && value.every((name) => queues.includes(name));
  return isLegal ? null : { why: 'unknown', allowed: queues };
}

/** As people read and choose them. */
const LEVELS = Array.from({ length: HIGHEST_LEVEL }, (_, index) => `Level ${index + 1}`);

function isLevel(value: FieldValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= HIGHEST_LEVEL;
}

/** Of any category: a ticket may have been ticked before its category was corrected. */
function refusalOfSteps(to: FieldValue, { triage: { steps } }: Policy): Refusal | null {
  const allowed = [...new Set(Object.values(steps).flat())];
  const isKnown = Array.isArray(to) && to.every((step: string) => allowed.includes(step));
  return isKnown ? null : { why: 'unknown', allowed };
}

/** Somebody answers for an escalation who has an address, or a place in the desk. */
function refusalOfName(to: FieldValue, { agents, queues }: Policy): Refusal | null {
  const allowed = [...agents.map(({ name }) => name), ...Object.keys(queues)];
  if (to === null || (typeof to === 'string' && (to.includes('@') || allowed.includes(to)))) return null;
  return { why: 'unknown', allowed };
}

/** Where the list of tags is closed, others can only go; those of a ticket from before it was closed may stay. */
function refusalOfTags({ from, to }: Pick<FieldChange, 'from' | 'to'>, tags: readonly string[] | null): Refusal | null {
  if (!isTags(to)) return { why: 'unknown', allowed: tags ?? [] };
  const had = isTags(from) ? from : [];
  const isKnown = (tag: string) => tags === null || tags.includes(tag) || had.includes(tag);
  return to.every(isKnown) ? null : { why: 'unknown', allowed: tags ?? [] };
}

const OF_INCIDENTS: ReadonlySet<TicketField> = new Set(['incident', 'knownIncident', 'incidentMessage']);

function isOfIncidents(field: TicketField): boolean {
  return OF_INCIDENTS.has(field);
}

/** A number that could be a ticket's, a tick, a text; whether they can stand is seen by what there is. */
function refusalOfShape(field: TicketField, to: FieldValue): Refusal | null {
  if (field === 'incident') return to === null || typeof to === 'number' ? null : { why: 'no_ticket', allowed: [] };
  if (field === 'knownIncident') return typeof to === 'boolean' ? null : { why: 'unknown', allowed: ['yes', 'no'] };
  return to === null || typeof to === 'string' ? null : { why: 'unknown', allowed: [] };
}

function isTags(value: FieldValue): value is readonly string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string' && tag.trim() !== '');
}
