import { z } from 'zod';
import { units } from '../parsed.ts';
import { failed, invalid } from '../refusal.ts';
import type { Option, Property, StatusGroup, World } from '../world.ts';

/** The arrays of section 2. */
const MOST_OPTIONS = 100;
const NAME_UNITS = 100;

const COLORS = ['default', 'gray', 'brown', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'red'] as const;
const GROUPS = ['To-do', 'In progress', 'Complete'] as const satisfies readonly StatusGroup[];

const common = { color: z.enum(COLORS).optional(), description: z.string().nullish() };
const id = z.string().optional();
const name = units(NAME_UNITS).min(1);

/** An option in a schema: a name, or the id of one that is there. */
const SchemaOption = z
  .strictObject({ ...common, id, name: name.optional() })
  .refine((option) => option.id !== undefined || option.name !== undefined, { message: 'an option with a name' });
const StatusOption = z
  .strictObject({ ...common, id, name: name.optional(), group: z.enum(GROUPS).optional() })
  .refine((option) => option.id !== undefined || option.name !== undefined, { message: 'an option with a name' });
type GivenOption = z.output<typeof StatusOption>;

export const SelectConfig = z.strictObject({ options: z.array(SchemaOption).max(MOST_OPTIONS).optional() });
export const StatusConfig = z.strictObject({ options: z.array(StatusOption).max(MOST_OPTIONS).optional() });

/** What a status has where nothing is said (section 4). */
const STATUS_DEFAULTS: readonly GivenOption[] = [
  { name: 'Not started', color: 'default', group: 'To-do' },
  { name: 'In progress', color: 'blue', group: 'In progress' },
  { name: 'Done', color: 'green', group: 'Complete' },
];

/** An option in a page, by name or by id; the rest of it may come along. */
export const OptionValue = z
  .strictObject({ ...common, id, name: name.optional() })
  .refine((option) => option.id !== undefined || option.name !== undefined, { message: 'an option with a name' });
export type OptionValue = z.output<typeof OptionValue>;

/** @throws Refusal 400 for a comma, and for a name twice, whatever its case (section 4) */
export function newOptions(
  world: World,
  type: 'select' | 'multi_select' | 'status',
  given: readonly GivenOption[] | undefined,
): Option[] {
  const wanted = type === 'status' && (given === undefined || given.length === 0) ? STATUS_DEFAULTS : (given ?? []);
  return changedOptions(world, { type, options: [] }, wanted);
}

/**
 * The options of a property after an update: all that are to stay are named, and those that are not are gone.
 * None can be renamed or recoloured (section 4).
 *
 * @throws Refusal 400
 */
export function changedOptions(
  world: World,
  property: Pick<Property, 'type' | 'options'>,
  given: readonly GivenOption[],
): Option[] {
  const options = given.map((option) => {
    const known = property.options.find((one) => one.id === option.id || (!option.id && one.name === option.name));
    return known === undefined ? madeOption(world, property.type, option) : kept(known, option);
  });
  const names = options.map((option) => option.name.toLowerCase());
  const twice = options.find((option, index) => names.indexOf(option.name.toLowerCase()) !== index);
  if (twice !== undefined) throw invalid(`Cannot have two options with the same name: ${twice.name}.`);
  return options;
}

/** A new option. Its color is one of the usual ones. */
export function madeOption(world: World, type: Property['type'], given: GivenOption): Option {
  const { name: called, color, description = null, group = 'To-do' } = given;
  if (called === undefined) throw invalid(`There is no option with the id ${given.id ?? ''}.`);
  expectNoComma(called);
  return {
    id: world.ids.uuid(),
    name: called,
    color: color ?? COLORS[Math.floor(world.ids.chance() * COLORS.length)] ?? 'default',
    description,
    ...(type === 'status' && { group }),
  };
}

/** @throws Refusal 400 */
export function expectNoComma(text: string): void {
  if (text.includes(',')) throw invalid(`Invalid select option, commas not allowed: ${text}`);
}

/** The options of a status belong to groups; answers tell which by the groups alone. */
export function statusGroups({ id: propertyId, options }: Property): object[] {
  const colors = { 'To-do': 'gray', 'In progress': 'blue', Complete: 'green' };
  return GROUPS.map((group) => ({
    id: `${propertyId}-${group.toLowerCase().replaceAll(' ', '-')}`,
    name: group,
    color: colors[group],
    option_ids: options.filter((option) => option.group === group).map((option) => option.id),
  }));
}

/** The one of a page that says nothing: the first to do (section 4). */
export function defaultStatus({ options }: Property): Option | undefined {
  return options.find(({ group }) => group === 'To-do') ?? options[0];
}

function kept(known: Option, { name: called, color, description, group }: GivenOption): Option {
  if (called !== undefined && called !== known.name)
    throw invalid(`Cannot update name of select with name: ${known.name}.`);
  if (color !== undefined && color !== known.color) {
    throw failed('body', `color of option "${known.name}" should be \`"${known.color}"\`, instead was \`"${color}"\``);
  }
  return {
    ...known,
    ...(description !== undefined && { description }),
    ...(group !== undefined && known.group !== undefined && { group }),
  };
}
