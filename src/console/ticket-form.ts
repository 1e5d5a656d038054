import { languageName, statedLanguage } from '../domain/language.ts';
import type { FieldChange } from '../domain/occasion.ts';
import type { FieldValue, Ticket } from '../domain/ticket.ts';
import type { Form } from './wire.ts';

/** The fields of the form, in its order. */
export const EDITABLE = [
  'status',
  'priority',
  'category',
  'severity',
  'queue',
  'assignee',
  'tags',
  'language',
  'resolution',
  'needsReview',
  'escalationLevel',
  'accountable',
] as const;
export type EditableField = (typeof EDITABLE)[number];

/** A field that somebody else changed while the form was open. */
export interface Clash {
  field: EditableField;
  /** As the form showed it, as it is now, as the form wants it; each as the form writes it. */
  was: string;
  is: string;
  wanted: string;
}

/** What a form asks for, held against the ticket as it is now. */
export interface FormEdit {
  changes: readonly FieldChange[];
  clashes: readonly Clash[];
}

/** A ticket's fields as the form writes them. */
export function formValues(ticket: Ticket): Readonly<Record<EditableField, string>> {
  return {
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category ?? '',
    severity: ticket.severity ?? '',
    queue: ticket.queue,
    assignee: ticket.assignee ?? '',
    tags: ticket.tags.join(', '),
    language: ticket.language === null ? '' : languageName(ticket.language),
    resolution: ticket.resolution ?? '',
    needsReview: ticket.needsReview ? 'yes' : 'no',
    escalationLevel: String(ticket.escalationLevel),
    accountable: ticket.accountable ?? '',
  };
}

/**
 * Compares what the form wants with what it showed, and only where these differ with what is now: a field
 * that nobody touched in the form is nobody's change. Both having chosen the same is no clash.
 */
export function readEdit(form: Form, ticket: Ticket): FormEdit {
  const now = formValues(ticket);
  const touched = EDITABLE.filter(
    (field) => form.has(field) && !same(field, form.get(field), form.get(`was.${field}`)),
  );
  const open = touched.filter((field) => !same(field, form.get(field), now[field]));
  return {
    changes: open.map((field) => ({ field, from: ticket[field], to: valueOf(field, form.get(field)) })),
    clashes: open
      .filter((field) => form.has(`was.${field}`) && !same(field, form.get(`was.${field}`), now[field]))
      .map((field) => ({ field, was: form.get(`was.${field}`), is: now[field], wanted: form.get(field) })),
  };
}

function same(field: EditableField, one: string, other: string): boolean {
  if (field !== 'tags') return one === other;
  return tagsOf(one).toSorted().join('\n') === tagsOf(other).toSorted().join('\n');
}

/** What the form wrote, as the ticket holds it. Names are checked by the judgement, which knows the config. */
function valueOf(field: EditableField, written: string): FieldValue {
  if (field === 'tags') return tagsOf(written);
  if (field === 'needsReview') return written === 'yes';
  if (field === 'escalationLevel') return Number(written);
  if (field === 'language' && written.trim() !== '') return statedLanguage(written) ?? written;
  return written.trim() === '' ? null : written;
}

function tagsOf(written: string): string[] {
  return [...new Set(written.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
