import type { Bound } from './bind-columns.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Column } from '../../ports/ticket-store.ts';
import type { Ask, Choice } from '../connect.ts';
import { type BaseField, isNeeded, type Proposal } from './propose-fields.ts';

/** Where our columns are to be kept in a table that there is. */
export interface Mapping<Field extends BaseField> {
  /** By our names for the columns. */
  mapped: ReadonlyMap<string, Bound<Field>>;
  toMake: readonly Column[];
  /** Options that a field lacks, by its id. */
  toOffer: ReadonlyMap<string, { column: Column; field: Field; options: readonly string[] }>;
}

interface MappingGiven<Field extends BaseField> {
  ask: Ask;
  say: (text: string) => void;
  proposals: readonly Proposal<Field>[];
  /** Whether columns and options can be added. */
  canMake: boolean;
  /** The options that a field lacks for a column. */
  lacking: (column: Column, field: Field) => readonly string[];
  /** What is said when something that is needed cannot be made. */
  locked: (wanted: string) => Problem;
}

/** What becomes of a column: an id of a field, or one of these. */
const MAKE = 'make';
const LEAVE = 'leave';

/**
 * Shows what fits, and asks about each column where that is not right.
 *
 * @throws Problem that `locked` gives, when something is needed that can neither be found nor made
 */
export async function askForMapping<Field extends BaseField>(given: MappingGiven<Field>): Promise<Mapping<Field>> {
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

function usualOf({ field }: { field: BaseField | null }, canMake: boolean): string {
  return field?.id ?? (canMake ? MAKE : LEAVE);
}

async function askForColumn<Field extends BaseField>(
  { ask, canMake, locked }: MappingGiven<Field>,
  { column, fitting, field }: Proposal<Field>,
  taken: ReadonlySet<string>,
): Promise<string> {
  const free = fitting.filter(({ id }) => !taken.has(id));
  const usual = usualOf({ field: free.find((each) => each === field) ?? null }, canMake);
  const choices: Choice<string>[] = [
    ...free.map(({ id, name, type }) => ({ name, value: id, hint: `of the type ${type}` })),
    ...(canMake ? [{ name: 'Make it', value: MAKE, hint: `a new column "${column.title}"` }] : []),
    ...(isNeeded(column) ? [] : [{ name: 'Leave it out', value: LEAVE, hint: 'Tabledesk works without it' }]),
  ];
  if (choices.length === 0) throw locked(`add the column "${column.title}"`);
  return ask.choose(
    `column.${column.name}`,
    `${column.title}: which column? (${column.description})`,
    choices.map((choice) => (choice.value === usual ? { ...choice, isUsual: true } : choice)),
  );
}

function mappingOf<Field extends BaseField>(
  { proposals, canMake, lacking: lackingOf }: MappingGiven<Field>,
  answerOf: (proposal: Proposal<Field>) => string,
): Mapping<Field> {
  const mapped = new Map<string, Bound<Field>>();
  const toMake: Column[] = [];
  for (const proposal of proposals) {
    const answer = answerOf(proposal);
    const field = proposal.fitting.find(({ id }) => id === answer);
    if (field !== undefined) mapped.set(proposal.column.name, { column: proposal.column, field });
    else if (answer === MAKE) toMake.push(proposal.column);
  }
  const lacking = canMake
    ? [...mapped.values()].map(({ column, field }) => ({ column, field, options: lackingOf(column, field) }))
    : [];
  const toOffer = lacking.filter(({ options }) => options.length > 0).map((each) => [each.field.id, each] as const);
  return { mapped, toMake, toOffer: new Map(toOffer) };
}

/** Without these columns a missing cell would be taken for a person's edit. */
function insistedOn<Field extends BaseField>(
  mapping: Mapping<Field>,
  { proposals, locked }: MappingGiven<Field>,
): Mapping<Field> {
  const has = ({ name }: Column) => mapping.mapped.has(name) || mapping.toMake.some((column) => column.name === name);
  const missing = proposals.map(({ column }) => column).filter((column) => isNeeded(column) && !has(column));
  if (missing.length === 0) return mapping;
  throw locked(`add the columns ${missing.map(({ title }) => `"${title}"`).join(', ')}`);
}

/** What is where, what will be made, and what will be written over. */
function summary({ mapped, toMake, toOffer }: Mapping<BaseField>): string {
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
