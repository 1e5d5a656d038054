import type { Ask, Choice } from '../../src/kit/connect.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import { hasOptions, offeredOptions } from './fields.ts';
import { schemaLocked } from './problems.ts';
import type { Proposal } from './propose.ts';
import { isNeeded } from './schema.ts';
import type { Field } from './wire.ts';

/** Where our columns are to be kept in a table that there is. */
export interface Mapping {
  /** By our names for the columns. */
  mapped: ReadonlyMap<string, { column: Column; field: Field }>;
  toMake: readonly Column[];
  /** Options that a field lacks, by its id. */
  toOffer: ReadonlyMap<string, { field: Field; options: readonly string[] }>;
}

/** What becomes of a column: an id of a field, or one of these. */
const MAKE = 'make';
const LEAVE = 'leave';

interface MappingGiven {
  ask: Ask;
  say: (text: string) => void;
  proposals: readonly Proposal[];
  /** Whether columns and options can be added. */
  canMake: boolean;
}

/**
 * Shows what fits, and asks about each column where that is not right.
 *
 * @throws Problem `airtable.schema-locked` when something is needed that can neither be found nor made
 */
export async function askForMapping(given: MappingGiven): Promise<Mapping> {
  const proposed = mappingOf(given, (proposal) => usualOf(proposal, given.canMake));
  given.say(summary(proposed));
  const how = await given.ask.choose('mapping', 'Take it like this?', [
    { name: 'Yes', value: 'all', isUsual: true },
    { name: 'No, column by column', value: 'one by one' },
  ]);
  if (how === 'all') return insistedOn(proposed, given);
  const chosen = new Map<string, string>();
  for (const proposal of given.proposals) {
    const answer = await askForColumn(given, proposal, new Set(chosen.values()));
    chosen.set(proposal.column.name, answer);
  }
  const mapping = mappingOf(given, ({ column }) => chosen.get(column.name) ?? LEAVE);
  given.say(summary(mapping));
  return insistedOn(mapping, given);
}

function usualOf({ field }: Pick<Proposal, 'field'>, canMake: boolean): string {
  return field?.id ?? (canMake ? MAKE : LEAVE);
}

async function askForColumn(
  { ask, canMake }: MappingGiven,
  { column, fitting, field }: Proposal,
  taken: ReadonlySet<string>,
): Promise<string> {
  const free = fitting.filter(({ id }) => !taken.has(id));
  const usual = usualOf({ field: free.find((each) => each === field) ?? null }, canMake);
  const choices: Choice<string>[] = [
    ...free.map(({ id, name, type }) => ({ name, value: id, hint: `a field of the type ${type}` })),
    ...(canMake ? [{ name: 'Make it', value: MAKE, hint: `a new column "${column.title}"` }] : []),
    ...(isNeeded(column) ? [] : [{ name: 'Leave it out', value: LEAVE, hint: 'Tabledesk works without it' }]),
  ];
  if (choices.length === 0) throw schemaLocked(`add the column "${column.title}"`);
  return ask.choose(
    `column.${column.name}`,
    `${column.title}: which column? (${column.description})`,
    choices.map((choice) => (choice.value === usual ? { ...choice, isUsual: true } : choice)),
  );
}

function mappingOf({ proposals, canMake }: MappingGiven, answerOf: (proposal: Proposal) => string): Mapping {
  const mapped = new Map<string, { column: Column; field: Field }>();
  const toMake: Column[] = [];
  for (const proposal of proposals) {
    const answer = answerOf(proposal);
    const field = proposal.fitting.find(({ id }) => id === answer);
    if (field !== undefined) mapped.set(proposal.column.name, { column: proposal.column, field });
    else if (answer === MAKE) toMake.push(proposal.column);
  }
  const lacking = canMake
    ? [...mapped.values()].map(({ column, field }) => ({ field, options: lackingOf(column, field) }))
    : [];
  const toOffer = lacking.filter(({ options }) => options.length > 0).map((each) => [each.field.id, each] as const);
  return { mapped, toMake, toOffer: new Map(toOffer) };
}

function lackingOf(column: Column, { type, options }: Field): readonly string[] {
  if (!hasOptions(type)) return [];
  const there = new Set(options?.choices?.map(({ name }) => name));
  return offeredOptions(column).filter((option) => !there.has(option));
}

/** Without these columns a missing cell would be taken for a person's edit. */
function insistedOn(mapping: Mapping, { proposals }: MappingGiven): Mapping {
  const has = ({ name }: Column) => mapping.mapped.has(name) || mapping.toMake.some((column) => column.name === name);
  const missing = proposals.map(({ column }) => column).filter((column) => isNeeded(column) && !has(column));
  if (missing.length === 0) return mapping;
  throw schemaLocked(`add the columns ${missing.map(({ title }) => `"${title}"`).join(', ')}`);
}

/** What is where, what will be made, and what will be written over. */
function summary({ mapped, toMake, toOffer }: Mapping): string {
  const found = [...mapped.values()];
  const renamed = found.filter(({ column, field }) => column.title !== field.name);
  const width = Math.max(0, ...renamed.map(({ column }) => column.title.length)) + 2;
  const overwritten = found.filter(({ column }) => column.edits === 'undone').map(({ field }) => field.name);
  return [
    `Of ours it has ${found.length} of ${found.length + toMake.length}${renamed.length > 0 ? ', some under another title:' : '.'}`,
    ...renamed.map(({ column, field }) => `  ${column.title.padEnd(width)}${field.name}`),
    ...(toMake.length === 0 ? [] : [`To be made: ${toMake.map(({ title }) => title).join(', ')}.`]),
    ...[...toOffer.values()].map(
      ({ field, options }) => `Options to be added to ${field.name}: ${options.join(', ')}.`,
    ),
    ...(overwritten.length === 0
      ? []
      : [`Tabledesk works these out itself, and overwrites what stands there: ${overwritten.join(', ')}.`]),
    '',
  ].join('\n');
}
