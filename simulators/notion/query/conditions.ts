import { z } from 'zod';
import { invalid } from '../refusal.ts';
import { parsed, units, type Where } from '../parsed.ts';
import { isDate, spanOf } from '../properties/dates.ts';
import { defaultStatus } from '../properties/options.ts';
import { plainOf } from '../properties/texts.ts';
import type { Cell, Connection, Page, PageState, Property, World } from '../world.ts';
import { toldMoment } from '../world.ts';

/** A row as queries see it. */
export interface Seen {
  page: Page;
  state: PageState;
}

export type Test = (row: Seen) => boolean;

/** What a condition is asked in. */
export interface Asking {
  world: World;
  /** Null where a view asks, which has no "me". */
  connection: Connection | null;
}

/** Where a condition stands, and on what. */
export interface OnProperty extends Asking {
  property: Property;
  where: Where;
}

const Existence = { is_empty: z.literal(true), is_not_empty: z.literal(true) };
const OneOrMore = z.union([z.string(), z.array(z.string()).max(100)]);
const TEXT_UNITS = 2000;
const Words = units(TEXT_UNITS);
const Nothing = z.strictObject({});

const RELATIVE = {
  today: { days: 0 },
  tomorrow: { days: 1 },
  yesterday: { days: -1 },
  one_week_ago: { weeks: -1 },
  one_week_from_now: { weeks: 1 },
  one_month_ago: { months: -1 },
  one_month_from_now: { months: 1 },
} as const;

const Moment = z.string().refine((given) => given in RELATIVE || isDate(given), { message: 'a valid ISO 8601 date' });

/** One condition each (section 3). */
const Text = condition({
  equals: Words,
  does_not_equal: Words,
  contains: Words,
  does_not_contain: Words,
  starts_with: Words,
  ends_with: Words,
  ...Existence,
});
const Amount = condition({
  equals: z.number(),
  does_not_equal: z.number(),
  greater_than: z.number(),
  less_than: z.number(),
  greater_than_or_equal_to: z.number(),
  less_than_or_equal_to: z.number(),
  ...Existence,
});
const Ticked = condition({ equals: z.boolean(), does_not_equal: z.boolean() });
const Chosen = condition({ equals: OneOrMore, does_not_equal: OneOrMore, ...Existence });
const Several = condition({ contains: OneOrMore, does_not_contain: OneOrMore, ...Existence });
const Referring = condition({ contains: z.string(), does_not_contain: z.string(), ...Existence });
const Being = condition(Existence);
const Worked = condition({ string: z.unknown(), number: z.unknown(), checkbox: z.unknown(), date: z.unknown() });
const FormulaKind = z.enum(['string', 'number', 'checkbox', 'date']);
const FORMULA_TYPES = { string: 'rich_text', number: 'number', checkbox: 'checkbox', date: 'date' } as const;
export const When = condition({
  equals: Moment,
  before: Moment,
  after: Moment,
  on_or_before: Moment,
  on_or_after: Moment,
  past_week: Nothing,
  past_month: Nothing,
  past_year: Nothing,
  this_week: Nothing,
  next_week: Nothing,
  next_month: Nothing,
  next_year: Nothing,
  ...Existence,
});

/** @throws Refusal 400 for a condition that the property's type does not have */
export function testOf(on: OnProperty, given: unknown): Test {
  const { world, property, where } = on;
  switch (property.type) {
    case 'title':
    case 'rich_text':
    case 'url':
    case 'email':
    case 'phone_number':
      return textTest(property, parsed(Text, given, where));
    case 'number':
    case 'unique_id':
      return numberTest(property, parsed(Amount, given, where));
    case 'checkbox': {
      const { equals, does_not_equal } = parsed(Ticked, given, where);
      return (row) => (cellIn(row, property) !== undefined) === (equals ?? does_not_equal === false);
    }
    case 'select':
    case 'status':
      return chosenTest(property, parsed(Chosen, given, where));
    case 'multi_select':
      return severalTest(property, parsed(Several, given, where));
    case 'people':
    case 'relation':
    case 'created_by':
    case 'last_edited_by':
      return referringTest(on, parsed(Referring, given, where));
    case 'date':
    case 'created_time':
    case 'last_edited_time':
      return whenTest(world, parsed(When, given, where), momentIn(world, property));
    case 'files':
      return existenceTest(parsed(Being, given, where), (row) => cellIn(row, property) === undefined);
    case 'formula':
      return formulaTest(on, given);
    // No part of this simulator.
    case 'rollup':
    case 'button':
    case 'verification':
      throw invalid(`Filters on ${property.type} properties are no part of this simulator.`);
  }
}

/** A formula is asked as what it gives. Nothing is worked out here, so it is empty whatever it is asked as. */
function formulaTest(on: OnProperty, given: unknown): Test {
  const asked = parsed(Worked, given, on.where);
  const [kind] = theOne(asked);
  const type = FORMULA_TYPES[parsed(FormulaKind, kind, on.where)];
  const where: Where = { ...on.where, at: [...(on.where.at ?? []), kind] };
  return testOf({ ...on, property: { ...on.property, type }, where }, theOne(asked)[1]);
}

/** When something happened, for a date, a time of the page, or a timestamp. */
export function momentIn(
  world: World,
  { type, id }: { type: Property['type']; id: string },
): (row: Seen) => number | null {
  if (type === 'created_time') return ({ page }) => toldMoment(world, page.createdAt);
  if (type === 'last_edited_time') return ({ state }) => toldMoment(world, state.editedAt);
  return ({ state }) => {
    const cell = state.cells.get(id);
    return cell?.is === 'date' ? spanOf(cell.date.start).start : null;
  };
}

/** A named day counts as a whole, a moment as itself. */
export function whenTest(world: World, asked: z.output<typeof When>, momentOf: (row: Seen) => number | null): Test {
  const [operator, operand] = theOne(asked);
  if (operator === 'is_empty' || operator === 'is_not_empty')
    return existenceTest(asked, (row) => momentOf(row) === null);
  const { start, end } = typeof operand === 'string' ? spanNamed(world, operand) : periodNamed(world, operator);
  const isMet: Readonly<Record<string, (at: number) => boolean>> = {
    equals: (at) => at === start || (at >= start && at < end),
    before: (at) => at < start,
    after: (at) => (end > start ? at >= end : at > end),
    on_or_before: (at) => (end > start ? at < end : at <= end),
    on_or_after: (at) => at >= start,
  };
  const test = isMet[operator] ?? ((at: number) => at >= start && at < end);
  return (row) => {
    const at = momentOf(row);
    return at !== null && test(at);
  };
}

function condition<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  return z
    .strictObject(shape)
    .partial()
    .refine((given) => Object.keys(given).length === 1, { message: 'an object with one condition' });
}

/** The one condition that was given, and what it was given. */
function theOne(asked: Readonly<Record<string, unknown>>): [string, unknown] {
  return Object.entries(asked)[0] ?? ['', undefined];
}

function cellIn({ state }: Seen, { id }: Property): Cell | undefined {
  return state.cells.get(id);
}

function existenceTest(asked: Readonly<Record<string, unknown>>, isEmpty: Test): Test {
  return 'is_empty' in asked ? isEmpty : (row) => !isEmpty(row);
}

/** Whether case counts is not said [U]: it does for `equals`, and not for what looks inside. */
function textTest(property: Property, asked: z.output<typeof Text>): Test {
  const read = (row: Seen): string => {
    const cell = cellIn(row, property);
    if (cell?.is === 'text') return plainOf(cell.text);
    return cell?.is === 'string' ? cell.value : '';
  };
  const [operator, operand] = theOne(asked);
  if (typeof operand !== 'string') return existenceTest(asked, (row) => read(row) === '');
  const small = operand.toLowerCase();
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    equals: (value) => value === operand,
    does_not_equal: (value) => value !== operand,
    contains: (value) => value.toLowerCase().includes(small),
    does_not_contain: (value) => !value.toLowerCase().includes(small),
    starts_with: (value) => value.toLowerCase().startsWith(small),
    ends_with: (value) => value.toLowerCase().endsWith(small),
  };
  return (row) => tests[operator]?.(read(row)) === true;
}

function numberTest(property: Property, asked: z.output<typeof Amount>): Test {
  const read = (row: Seen): number | null => {
    if (property.type === 'unique_id') return row.page.number;
    const cell = cellIn(row, property);
    return cell?.is === 'number' ? cell.value : null;
  };
  const [operator, operand] = theOne(asked);
  if (typeof operand !== 'number') return existenceTest(asked, (row) => read(row) === null);
  const tests: Readonly<Record<string, (value: number) => boolean>> = {
    equals: (value) => value === operand,
    greater_than: (value) => value > operand,
    less_than: (value) => value < operand,
    greater_than_or_equal_to: (value) => value >= operand,
    less_than_or_equal_to: (value) => value <= operand,
  };
  return (row) => {
    const value = read(row);
    if (operator === 'does_not_equal') return value !== operand;
    return value !== null && tests[operator]?.(value) === true;
  };
}

function chosenTest(property: Property, asked: z.output<typeof Chosen>): Test {
  const read = (row: Seen): string | undefined => {
    const cell = cellIn(row, property);
    if (cell?.is === 'id') return cell.id;
    return property.type === 'status' ? defaultStatus(property)?.id : undefined;
  };
  const { equals, does_not_equal } = asked;
  const names = equals ?? does_not_equal;
  if (names === undefined) return existenceTest(asked, (row) => read(row) === undefined);
  const ids = new Set(optionIds(property, names));
  return (row) => ids.has(read(row) ?? '') === (equals !== undefined);
}

function severalTest(property: Property, asked: z.output<typeof Several>): Test {
  const read = (row: Seen): readonly string[] => {
    const cell = cellIn(row, property);
    return cell?.is === 'ids' ? cell.ids : [];
  };
  const { contains, does_not_contain } = asked;
  const names = contains ?? does_not_contain;
  if (names === undefined) return existenceTest(asked, (row) => read(row).length === 0);
  const ids = new Set(optionIds(property, names));
  return (row) => read(row).some((id) => ids.has(id)) === (contains !== undefined);
}

/** @throws Refusal 400 for one that is not there [U]: nothing could ever have it */
function optionIds({ name: called, type, options }: Property, names: string | readonly string[]): string[] {
  return [names].flat().map((name) => {
    const option = options.find((one) => one.name === name || one.id === name);
    if (option === undefined) throw invalid(`${type} option "${name}" not found for property "${called}".`);
    return option.id;
  });
}

function referringTest({ connection, property }: OnProperty, asked: z.output<typeof Referring>): Test {
  const read = ({ page, state }: Seen): readonly string[] => {
    if (property.type === 'created_by') return [page.createdBy];
    if (property.type === 'last_edited_by') return [state.editedBy];
    const cell = state.cells.get(property.id);
    return cell?.is === 'ids' ? cell.ids : [];
  };
  const { contains, does_not_contain } = asked;
  const given = contains ?? does_not_contain;
  if (given === undefined) return existenceTest(asked, (row) => read(row).length === 0);
  const id = given === 'me' && property.type !== 'relation' ? (connection?.userId ?? '') : given;
  return (row) => read(row).includes(id) === (contains !== undefined);
}

function spanNamed(world: World, text: string): { start: number; end: number } {
  const relative = Object.entries(RELATIVE).find(([name]) => name === text)?.[1];
  return spanOf(relative === undefined ? text : today(world).add(relative).toString());
}

/** Weeks begin on Monday [U], and the past and the next ones reach from now. */
function periodNamed(world: World, name: string): { start: number; end: number } {
  const day = today(world);
  const [relation, unit] = name.split('_');
  const length = unit === 'week' ? { weeks: 1 } : unit === 'month' ? { months: 1 } : { years: 1 };
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const first = relation === 'this' ? monday : relation === 'past' ? day.subtract(length) : day;
  const last = relation === 'past' ? day.add({ days: 1 }) : first.add(length);
  return { start: spanOf(first.toString()).start, end: spanOf(last.toString()).start };
}

function today({ settings }: World): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(settings.now()).toZonedDateTimeISO('UTC').toPlainDate();
}
