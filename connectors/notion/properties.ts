import type { Column, ColumnType } from '../../src/ports/ticket-store.ts';
import type { Option, Property } from './wire.ts';

const TEXT = ['rich_text', 'title', 'email', 'phone_number', 'url'];

/** The types of property in which a column can be kept. The first is what we make. */
const ACCEPTED: Readonly<Record<ColumnType['kind'], readonly string[]>> = {
  line: TEXT,
  text: ['rich_text'],
  email: ['email', ...TEXT],
  checkbox: ['checkbox'],
  instant: ['date'],
  number: ['number'],
  choice: ['select', 'status'],
  choices: ['multi_select'],
  files: ['files'],
  person: ['people', 'select', 'rich_text'],
  // Of the team's own: it is never made, and team-columns.ts says what of it can be read.
  any: [],
};

/** Notion finds a row by these whatever is in them; see "Filter data source entries" in developers.notion.com. */
const ACCEPTED_FOR_KEY = ['rich_text', 'title'];

/** The column that is a status of Notion's own, by which its boards are grouped. */
const STATUS = 'status';

/** The longest name of an option, and the most options (developers.notion.com, "Request limits"). */
const LONGEST_OPTION = 100;
const MOST_OPTIONS = 100;

/** The types of property in which this column can be kept. The first is what we make. */
export function acceptedTypes({ name, type }: Column): readonly string[] {
  if (name === 'key') return ACCEPTED_FOR_KEY;
  return name === STATUS ? ACCEPTED.choice.toReversed() : ACCEPTED[type.kind];
}

/** A property as Notion is told to make it. Agents are a plain list of names unless the workspace knows them all. */
export function propertyFor(column: Column, isOfPeople: boolean): Record<string, unknown> {
  const [usual = 'rich_text'] = acceptedTypes(column);
  const type = column.type.kind === 'person' && !isOfPeople ? 'select' : usual;
  return { description: column.description, [type]: configFor(column, type) };
}

function configFor(column: Column, type: string): unknown {
  if (type === 'number') return { format: 'number' };
  if (!hasOptions(type)) return {};
  return { options: offeredOptions(column).map((name) => newOption(column, name, type)) };
}

/** The options that a column should offer, as Notion can keep them. */
export function offeredOptions({ type }: Column): readonly string[] {
  if (type.kind === 'choice' || type.kind === 'choices') return uniqueNames(type.options.map(optionName));
  return type.kind === 'person' ? uniqueNames(type.agents.map(({ name }) => optionName(name))) : [];
}

/** The options that a property lacks for a column. */
export function lackingOptions(column: Column, property: Pick<Property, 'type' | 'options'>): string[] {
  if (!hasOptions(property.type)) return [];
  return offeredOptions(column).filter((option) => optionCalled(property, option) === undefined);
}

/** Names of options hold no commas, and differ in more than their case. */
export function optionName(name: string): string {
  const words = name.replaceAll(/\s*,\s*/g, ' ').trim();
  return words.length <= LONGEST_OPTION ? words : words.slice(0, LONGEST_OPTION).replace(/[\uD800-\uDBFF]$/, '');
}

/** The option that Notion would take this name for. */
export function optionCalled({ options }: Pick<Property, 'options'>, name: string): Option | undefined {
  const wanted = name.toLowerCase();
  return options.find((option) => option.name === name) ?? options.find((each) => each.name.toLowerCase() === wanted);
}

/** Names that differ in their case alone are one, as the first is written. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].toReversed();
}

/**
 * The options of a property with some more. Notion takes the list for the whole and drops the rest, so those that
 * are there are named with their ids.
 */
export function optionsWith(column: Column, { options, type }: Property, more: Iterable<string>): unknown[] {
  return [
    ...options.map(({ id, name }) => ({ id, name })),
    ...uniqueNames([...more]).map((name) => newOption(column, name, type)),
  ];
}

function newOption(column: Column, name: string, type: string): object {
  return type === 'status' ? { name, group: groupOf(column, name) } : { name };
}

/** The group in which Notion counts a row with this option. A status has these three, and no more. */
export function groupOf({ type }: Column, option: string): 'To-do' | 'In progress' | 'Complete' {
  const { todo = [], done = [] } = type.kind === 'choice' ? (type.stages ?? {}) : {};
  if (todo.map(optionName).includes(option)) return 'To-do';
  return done.map(optionName).includes(option) ? 'Complete' : 'In progress';
}

/** Whether we may add an option that the column does not have. One that would be a mistake stays out. */
export function mayOffer(column: Column, { options }: Pick<Property, 'options'>, option: string): boolean {
  const { type } = column;
  if (option.trim() === '' || options.length >= MOST_OPTIONS) return false;
  return type.kind === 'choices' || (type.kind === 'choice' && !type.closed) || offeredOptions(column).includes(option);
}

/** Whether the values of this type of property are options. */
export function hasOptions(type: string): boolean {
  return type === 'select' || type === 'multi_select' || type === 'status';
}
