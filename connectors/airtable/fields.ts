import type { Column, ColumnType } from '../../src/ports/ticket-store.ts';
import type { Field } from './wire.ts';

/** A field as Airtable is told to make it. */
export interface NewField {
  name: string;
  type: string;
  description: string;
  options?: unknown;
}

const TEXT = ['singleLineText', 'multilineText', 'email', 'phoneNumber', 'url'];

/** The types of field in which a column can be kept. The first is what we make. */
const ACCEPTED: Readonly<Record<ColumnType['kind'], readonly string[]>> = {
  line: TEXT,
  text: ['multilineText'],
  email: ['email', ...TEXT],
  checkbox: ['checkbox'],
  instant: ['dateTime'],
  number: ['number'],
  choice: ['singleSelect'],
  choices: ['multipleSelects'],
  files: ['multipleAttachments'],
  person: ['singleCollaborator', 'singleSelect', 'singleLineText'],
  // Of the team's own: it is never made, and team-columns.ts says what of it can be read.
  any: [],
};

/** By these alone Airtable finds the row to update; see "performUpsert" in developers/web/api. */
const ACCEPTED_FOR_KEY = ['singleLineText', 'multilineText'];

/** The types of field in which this column can be kept. The first is what we make. */
export function acceptedTypes({ name, type, edits }: Column): readonly string[] {
  if (name === 'key') return ACCEPTED_FOR_KEY;
  // Formatted text comes back other than it went, so that what we keep in it would be put back for ever.
  return type.kind === 'text' && edits !== 'undone' ? [...ACCEPTED.text, 'richText'] : ACCEPTED[type.kind];
}

/** What the field of a column is to be. Agents are a plain list of names unless the base knows them all. */
export function fieldFor(column: Column, isOfPeople: boolean): NewField {
  const [usual = 'singleLineText'] = acceptedTypes(column);
  const type = column.type.kind === 'person' && !isOfPeople ? 'singleSelect' : usual;
  const options = optionsFor(column, type);
  const named = { name: column.title, type, description: column.description };
  return options === null ? named : { ...named, options };
}

/** Section by section as developers/web/api/field-model has it. */
function optionsFor(column: Column, type: string): unknown {
  if (type === 'singleSelect' || type === 'multipleSelects') {
    return { choices: offeredOptions(column).map((name) => ({ name })) };
  }
  if (type === 'number') return { precision: column.type.kind === 'number' ? column.type.decimals : 0 };
  // The only look that every plan may make.
  if (type === 'checkbox') return { icon: 'check', color: 'greenBright' };
  if (type === 'dateTime') {
    return { timeZone: 'utc', dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' } };
  }
  return null;
}

/** The options that a column should offer. */
function offeredOptions({ type }: Column): readonly string[] {
  if (type.kind === 'choice' || type.kind === 'choices') return type.options;
  return type.kind === 'person' ? type.agents.map(({ name }) => name) : [];
}

/** The options that a field lacks for a column. */
export function lackingOptions(column: Column, { type, options }: Field): string[] {
  if (!hasOptions(type)) return [];
  const there = new Set(options?.choices?.map(({ name }) => name));
  return offeredOptions(column).filter((option) => !there.has(option));
}

/**
 * The options of a select with some more. Airtable takes the list for the whole, so those that are there are named
 * with their ids.
 */
export function choicesWith({ options }: Field, more: Iterable<string>): unknown[] {
  return [...(options?.choices ?? []), ...Array.from(more, (name) => ({ name }))];
}

/** Whether we may add an option that the column does not have. One that would be a mistake stays out. */
export function mayOffer(column: Column, option: string): boolean {
  const { type } = column;
  if (option.trim() === '') return false;
  return type.kind === 'choices' || (type.kind === 'choice' && !type.closed) || offeredOptions(column).includes(option);
}

/** Whether the values of this type of field are options. */
export function hasOptions(type: string): boolean {
  return type === 'singleSelect' || type === 'multipleSelects';
}
