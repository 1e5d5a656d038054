import { frustrationOf } from '../../domain/frustration.ts';
import { isVip } from '../../domain/requester.ts';
import { isIncident } from '../../domain/incident.ts';
import { readingOf } from '../../domain/opinion.ts';
import { ownerOf, type FieldValue, type Ticket } from '../../domain/ticket.ts';

/** The fields of a ticket that a rule can ask about by a fixed name. */
export const TICKET_FIELDS: Readonly<Record<string, (ticket: Ticket) => FieldValue>> = {
  subject: (ticket) => ticket.subject,
  message: (ticket) => ticket.description,
  channel: (ticket) => ticket.channel,
  language: (ticket) => ticket.language,
  frustration: frustrationOf,
  status: (ticket) => ticket.status,
  category: (ticket) => ticket.category,
  severity: (ticket) => ticket.severity,
  priority: (ticket) => ticket.priority,
  tags: (ticket) => ticket.tags,
  queue: (ticket) => ticket.queue,
  assignee: (ticket) => ticket.assignee,
  owner: ownerOf,
  needsReview: (ticket) => ticket.needsReview,
  escalationLevel: (ticket) => ticket.escalationLevel,
  accountable: (ticket) => ticket.accountable,
  reopenCount: (ticket) => ticket.reopenCount,
  satisfaction: (ticket) => ticket.satisfaction,
  contactCount: (ticket) => ticket.contactCount,
  isLight: (ticket) => ticket.isLight,
  writtenByMachine: (ticket) => ticket.mute?.why === 'machine',
  'incident.number': (ticket) => ticket.incident,
  isIncident,
  knownIncident: (ticket) => ticket.knownIncident,
  linkedCount: (ticket) => ticket.linkedCount,
  openedAt: (ticket) => ticket.openedAt,
  createdAt: (ticket) => ticket.createdAt,
  lastCustomerMessageAt: (ticket) => ticket.lastCustomerMessageAt,
  lastAgentMessageAt: (ticket) => ticket.lastAgentMessageAt,
  'reading.frustration': (ticket) => readingOf(ticket)?.frustration ?? null,
  'reading.sentiment': (ticket) => readingOf(ticket)?.sentiment ?? null,
  'reading.intent': (ticket) => readingOf(ticket)?.intent ?? null,
  'requester.name': (ticket) => ticket.requester.name,
  'requester.email': (ticket) => ticket.requester.email,
  'requester.domain': (ticket) => domainOf(ticket.requester.email),
  'requester.phone': (ticket) => ticket.requester.identities?.find(({ kind }) => kind === 'phone')?.value ?? null,
  'requester.vip': (ticket) => isVip(ticket.requester),
  'requester.tier': (ticket) => byName(ticket.requester.account, 'tier'),
};

/**
 * Beginnings of field names whose rest the team chooses: what is known of the account, what the form asked,
 * and columns of the team's own in the ticket's row.
 */
export const OPEN_FIELDS = { account: 'requester.account.', form: 'fields.', row: 'row.' } as const;

/** The value of a field, by the name that rules use; null when the ticket has none of that name. */
export function readField(ticket: Ticket, path: string): FieldValue {
  const fixed = Object.hasOwn(TICKET_FIELDS, path) ? TICKET_FIELDS[path] : undefined;
  if (fixed !== undefined) return fixed(ticket);
  if (path.startsWith(OPEN_FIELDS.account)) {
    return byName(ticket.requester.account, path.slice(OPEN_FIELDS.account.length));
  }
  if (path.startsWith(OPEN_FIELDS.form)) return byName(ticket.fields, path.slice(OPEN_FIELDS.form.length));
  const column = columnOf(path);
  return column === null ? null : byName(ticket.row, rowKey(column));
}

/** The column of the team's own that a field stands for, as the rule writes it; null when it is another field. */
export function columnOf(path: string): string | null {
  return path.startsWith(OPEN_FIELDS.row) ? path.slice(OPEN_FIELDS.row.length).trim() : null;
}

/** The name by which a ticket holds what a column of its row says: bases tell no columns apart by capitals. */
export function rowKey(column: string): string {
  return column.toLowerCase();
}

/** People name form questions; a capital letter more or less makes no other question. */
export function byName<Value>(fields: Readonly<Record<string, Value>>, name: string): Value | null {
  if (Object.hasOwn(fields, name)) return fields[name] ?? null;
  const lower = name.toLowerCase();
  const found = Object.keys(fields).find((key) => key.toLowerCase() === lower);
  return found === undefined ? null : (fields[found] ?? null);
}

/** What stands behind the @ of an address. */
export function domainOf(email: string | null): string | null {
  const at = email?.lastIndexOf('@') ?? -1;
  return email === null || at < 0 ? null : email.slice(at + 1);
}

/** A value as a number, when it is one or a form's text that says one; null when it is none. */
export function numberOf(value: FieldValue): number | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value.trim());
  return Number.isNaN(number) ? null : number;
}

/**
 * What two values must have in common to be the same to a rule: capitals do not count, and neither does how a
 * number is written; a form says `12.0`, the rule 12.
 */
export function comparable(value: string): string {
  const number = numberOf(value);
  return number === null ? value.trim().toLowerCase() : String(number);
}

/** The values of a field that a rule can ask for: each of a list, and none of an empty field. */
export function valuesOf(value: FieldValue): readonly string[] {
  if (Array.isArray(value)) return value;
  return value === null ? [] : [written(value)];
}

/** A value as a moment: an instant, or a form's text that says one. A date alone is its beginning in UTC. */
export function instantOf(value: FieldValue): Temporal.Instant | null {
  if (value instanceof Temporal.Instant) return value;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null;
  try {
    return Temporal.Instant.from(value.length === 10 ? `${value}T00:00Z` : value);
  } catch {
    return null;
  }
}

/** Whether there is nothing in a field. `false` and 0 are something. */
export function isEmpty(value: FieldValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** A value as evidence shows it. */
export function written(value: FieldValue): string {
  if (Array.isArray(value)) return value.join(', ');
  return value === null ? '' : String(value);
}
