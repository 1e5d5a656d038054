import { z } from 'zod';
import { failed, invalid } from '../refusal.ts';
import { parsed, type Where } from '../parsed.ts';
import type { DataSource, Property, PropertyType, World } from '../world.ts';
import { CREATABLE_TYPES, dataSourceWith, HANDMADE_TYPES } from '../world.ts';
import { changedOptions, newOptions, SelectConfig, StatusConfig, statusGroups } from './options.ts';

const NOTHING = z.strictObject({});
const CONFIGS = {
  number: z.strictObject({ format: z.string().optional() }),
  select: SelectConfig,
  multi_select: SelectConfig,
  status: StatusConfig,
  formula: z.strictObject({ expression: z.string() }),
  unique_id: z.strictObject({ prefix: z.string().nullish() }),
  // A relation that shows on both sides is no part of this simulator.
  relation: z.strictObject({
    data_source_id: z.string(),
    type: z.literal('single_property').optional(),
    single_property: NOTHING.optional(),
  }),
} as const;

/** What every property may have besides what its type has. */
const Frame = z.looseObject({
  type: z.string().optional(),
  name: z.string().min(1).optional(),
  description: z.string().nullish(),
});

/** "Recommended" is 50 KB, and more is refused (section 2). */
const MOST_SCHEMA_BYTES = 50 * 1024;

/**
 * A property as a schema asks for it.
 *
 * @throws Refusal 400 for a type that cannot be made over the API, for options and settings that it does not take
 */
export function newProperty(world: World, name: string, given: unknown): Property {
  const where: Where = { part: 'body', at: ['properties', name] };
  const frame = parsed(Frame, given, where);
  const type = typeIn(frame, where);
  if (type === 'status' && !world.settings.createsStatus) {
    throw invalid('Creating status properties is not supported in this workspace.');
  }
  return {
    id: type === 'title' ? 'title' : world.ids.property(),
    name,
    type,
    description: frame.description ?? null,
    ...configured(world, type, { given: frame[type], where }),
  };
}

/**
 * A property after an update. A description that is left out is cleared (section 4).
 *
 * @throws Refusal 400
 */
export function changedProperty(world: World, property: Property, given: unknown): Property {
  const where: Where = { part: 'body', at: ['properties', property.name] };
  const frame = parsed(Frame, given, where);
  const named = { ...property, name: frame.name ?? property.name };
  if (Object.keys(frame).every((key) => key === 'name')) return named;
  const type = typeIn(frame, where);
  const described = { ...named, description: frame.description ?? null };
  if (type !== property.type) {
    if (type === 'title' || property.type === 'title') throw invalid('A title cannot become anything else.');
    return { ...described, type, ...configured(world, type, { given: frame[type], where }) };
  }
  if (type !== 'select' && type !== 'multi_select' && type !== 'status') {
    return { ...described, ...configured(world, type, { given: frame[type], where }) };
  }
  const { options } = parsed(CONFIGS[type], frame[type], { ...where, at: [...(where.at ?? []), type] });
  return options === undefined ? described : { ...described, options: changedOptions(world, property, options) };
}

/** @throws Refusal 400 for two of one name, for anything but one title, and for a schema that is too large */
export function expectSchema(properties: readonly Property[]): void {
  const titles = properties.filter(({ type }) => type === 'title').length;
  if (titles === 0) throw failed('body', 'body.properties should have a title property, instead had none');
  if (titles > 1) throw invalid('Cannot have more than one title property.');
  const names = properties.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Cannot have two properties with the same name: ${twice}.`);
  const bytes = Buffer.byteLength(JSON.stringify(shownSchema(properties)));
  if (bytes > MOST_SCHEMA_BYTES) {
    throw invalid(`The schema of the data source is too large: ${bytes} bytes, at most ${MOST_SCHEMA_BYTES}.`);
  }
}

/** The schema as answers tell it, by names. */
export function shownSchema(properties: readonly Property[]): Record<string, object> {
  return Object.fromEntries(properties.map((property) => [property.name, shownProperty(property)]));
}

/** The title is always called by one id, and a relation names what it leads to. */
function shownProperty(property: Property): object {
  const { id, name, type, description } = property;
  return { id, name, description, type, [type]: shownConfig(property) };
}

function shownConfig(property: Property): object {
  const { type, options, config } = property;
  if (type !== 'select' && type !== 'multi_select' && type !== 'status') return config;
  const shown = options.map(({ id, name, color, description }) => ({ id, name, color, description }));
  return type === 'status' ? { options: shown, groups: statusGroups(property) } : { options: shown };
}

/** @throws Refusal 400 where no type is named, or one that people alone make */
function typeIn(frame: z.output<typeof Frame>, { part, at = [] }: Where): (typeof CREATABLE_TYPES)[number] {
  const name = `${part}.${at.join('.')}`;
  const types = [...CREATABLE_TYPES, ...HANDMADE_TYPES].filter((type) => type in frame);
  const [type] = types;
  if (type === undefined || types.length > 1)
    throw failed(part, `${name} should have one type, instead had ${types.length}`);
  const creatable = CREATABLE_TYPES.find((one) => one === type);
  if (creatable === undefined) throw failed(part, `${name}.${type} should be not present: it cannot be created`);
  const odd = Object.keys(frame).find((key) => !['type', 'name', 'description', type].includes(key));
  if (odd !== undefined)
    throw failed(part, `${name}.${odd} should be not present, instead was \`${JSON.stringify(frame[odd])}\``);
  if (frame.type !== undefined && frame.type !== type) {
    throw failed(part, `${name}.type should be \`"${type}"\`, instead was \`"${frame.type}"\``);
  }
  return creatable;
}

/** @throws Refusal 400, or 404 where a relation leads nowhere */
function configured(
  world: World,
  type: PropertyType,
  { given, where: frame }: { given: unknown; where: Where },
): Pick<Property, 'options' | 'config'> {
  const where: Where = { ...frame, at: [...(frame.at ?? []), type] };
  switch (type) {
    case 'select':
    case 'multi_select':
    case 'status':
      return { options: newOptions(world, type, parsed(CONFIGS[type], given, where).options), config: {} };
    case 'number':
      return { options: [], config: { format: parsed(CONFIGS.number, given, where).format ?? 'number' } };
    case 'unique_id':
      return { options: [], config: { prefix: parsed(CONFIGS.unique_id, given, where).prefix ?? null } };
    case 'formula':
      return { options: [], config: parsed(CONFIGS.formula, given, where) };
    case 'relation':
      return { options: [], config: relationTo(world, parsed(CONFIGS.relation, given, where).data_source_id) };
    default:
      parsed(NOTHING, given, where);
      return { options: [], config: {} };
  }
}

function relationTo(world: World, id: string): Property['config'] {
  const source: DataSource | undefined = dataSourceWith(world, id);
  if (source === undefined) throw invalid(`Could not find data_source with ID: ${id}.`);
  return { database_id: source.databaseId, data_source_id: id, type: 'single_property', single_property: {} };
}
