import { z } from 'zod';
import { invalid, restricted } from '../refusal.ts';
import { parsed, units, type Where } from '../parsed.ts';
import type { Cell, DataSource, FileCell, Option, Property, Upload, WritableType, World } from '../world.ts';
import { COMPUTED_TYPES, propertyOf } from '../world.ts';
import type { Writes } from '../write.ts';
import { DateValue, shownDate } from './dates.ts';
import { defaultStatus, expectNoComma, madeOption, OptionValue } from './options.ts';
import { shownTexts, Texts } from './texts.ts';

/** All of section 2. */
const MOST_ITEMS = 100;
const URL_UNITS = 2000;
const EMAIL_UNITS = 200;
const PHONE_UNITS = 200;

const Reference = z.strictObject({ id: z.string(), object: z.string().optional(), name: z.string().nullish() });
const named = { name: z.string().optional() };
const FileValue = z.union([
  z.strictObject({
    ...named,
    type: z.literal('external').optional(),
    external: z.strictObject({ url: units(URL_UNITS) }),
  }),
  z.strictObject({
    ...named,
    type: z.literal('file_upload').optional(),
    file_upload: z.strictObject({ id: z.string() }),
  }),
  // What was read, to keep it.
  z.strictObject({
    ...named,
    type: z.literal('file').optional(),
    file: z.strictObject({ url: z.string(), expiry_time: z.string().optional() }),
  }),
]);

const VALUES = {
  title: Texts,
  rich_text: Texts,
  number: z.number().nullable(),
  checkbox: z.boolean(),
  url: units(URL_UNITS).min(1).nullable(),
  email: units(EMAIL_UNITS).min(1).nullable(),
  phone_number: units(PHONE_UNITS).min(1).nullable(),
  date: DateValue.nullable(),
  select: OptionValue.nullable(),
  status: OptionValue.nullable(),
  multi_select: z.array(OptionValue).max(MOST_ITEMS),
  people: z.array(Reference).max(MOST_ITEMS),
  relation: z.array(Reference).max(MOST_ITEMS),
  files: z.array(FileValue).max(MOST_ITEMS),
} as const satisfies Record<WritableType, z.ZodType>;

/** One request's writing. Options and files are taken once everything was found right. */
export interface Writing {
  world: World;
  source: DataSource;
  /** Whether an unknown name of a select becomes an option: who may write the data source (section 4). */
  mayAddOptions: boolean;
  newOptions: { property: Property; option: Option }[];
  uploads: Upload[];
}

/** Where a value goes. */
interface Place {
  writing: Writing;
  property: Property;
  where: Where;
}

/**
 * What a request writes into the properties of a page, by their ids. Nothing has changed before `take`.
 *
 * @throws Refusal 400 for an unknown property, a computed one, and a value that it does not take
 */
export function writesOf(writing: Writing, properties: Readonly<Record<string, unknown>>): Writes {
  return new Map(
    Object.entries(properties).map(([key, value]) => {
      const property = propertyOf(writing.source, key);
      if (property === undefined) throw invalid(`${key} is not a property that exists.`);
      return [property.id, writeProperty(writing, { property, key, value })] as const;
    }),
  );
}

/** Makes the options that were asked for, and keeps the files. Returns the properties that got options. */
export function take({ newOptions, uploads }: Writing): Property[] {
  for (const { property, option } of newOptions) property.options.push(option);
  for (const upload of uploads) upload.isAttached = true;
  return [...new Set(newOptions.map(({ property }) => property))];
}

function writeProperty(
  writing: Writing,
  { property, key, value }: { property: Property; key: string; value: unknown },
): Cell | null {
  const { type, name } = property;
  const computed = COMPUTED_TYPES.some((one) => one === type);
  if (computed) throw invalid(`${name} is a ${type} property, and cannot be written.`);
  const where: Where = { part: 'body', at: ['properties', key] };
  const shape = parsed(z.record(z.string(), z.unknown()), value, where);
  const other = Object.keys(shape).find((one) => one !== type && one !== 'type' && one !== 'id');
  if (other !== undefined || (shape['type'] ?? type) !== type) throw invalid(`${name} is expected to be ${type}.`);
  return cellOf({ writing, property, where: { part: 'body', at: ['properties', key, type] } }, shape[type]);
}

function cellOf(place: Place, value: unknown): Cell | null {
  const { writing, property, where } = place;
  switch (property.type) {
    case 'title':
    case 'rich_text': {
      const text = shownTexts(writing.world, parsed(VALUES.rich_text, value, where));
      return text.length === 0 ? null : { is: 'text', text };
    }
    case 'number': {
      const number = parsed(VALUES.number, value, where);
      return number === null ? null : { is: 'number', value: number };
    }
    case 'checkbox':
      return parsed(VALUES.checkbox, value, where) ? { is: 'checked' } : null;
    case 'url':
    case 'email':
    case 'phone_number': {
      const text = parsed(VALUES[property.type], value, where);
      return text === null ? null : { is: 'string', value: text };
    }
    case 'date': {
      const date = parsed(VALUES.date, value, where);
      return date === null ? null : { is: 'date', date: shownDate(date) };
    }
    default:
      return referringCell(place, value);
  }
}

/** What names something that is there: options, users, pages, files. */
function referringCell(place: Place, value: unknown): Cell | null {
  const { writing, property, where } = place;
  switch (property.type) {
    case 'select': {
      const option = parsed(VALUES.select, value, where);
      return option === null ? null : { is: 'id', id: optionFor(place, option).id };
    }
    case 'status': {
      const option = parsed(VALUES.status, value, where);
      const found = option === null ? defaultStatus(property) : statusFor(property, option);
      return found === undefined ? null : { is: 'id', id: found.id };
    }
    case 'multi_select':
      return idsCell(parsed(VALUES.multi_select, value, where).map((option) => optionFor(place, option).id));
    case 'people':
      return idsCell(parsed(VALUES.people, value, where).map(({ id }) => knownUser(writing.world, id)));
    case 'relation':
      return idsCell(parsed(VALUES.relation, value, where).map(({ id }) => relatedPage(place, id)));
    default: {
      const files = parsed(VALUES.files, value, where).map((file) => fileOf(writing, file));
      return files.length === 0 ? null : { is: 'files', files };
    }
  }
}

function idsCell(ids: readonly string[]): Cell | null {
  return ids.length === 0 ? null : { is: 'ids', ids: [...new Set(ids)] };
}

/** Names are one whatever their case; a new one becomes an option (section 4). */
function optionFor({ writing, property }: Place, { id, name }: OptionValue): Option {
  const options = [
    ...property.options,
    ...writing.newOptions.filter((made) => made.property === property).map(({ option }) => option),
  ];
  const wanted = name?.toLowerCase();
  const known = options.find((option) => (id === undefined ? option.name.toLowerCase() === wanted : option.id === id));
  if (known !== undefined) return known;
  if (name === undefined) throw invalid(`Invalid select option. Select option with id "${id ?? ''}" does not exist.`);
  expectNoComma(name);
  if (!writing.mayAddOptions) throw restricted();
  const option = madeOption(writing.world, property.type, { name });
  writing.newOptions.push({ property, option });
  return option;
}

/** Never made by a page (section 4). */
function statusFor({ options }: Property, { id, name }: OptionValue): Option {
  const known = options.find((option) => (id === undefined ? option.name === name : option.id === id));
  if (known === undefined) throw invalid(`Invalid status option. Status option "${name ?? id ?? ''}" does not exist.`);
  return known;
}

/** Ids only, of who is in the workspace (section 4). */
function knownUser({ users }: World, id: string): string {
  if (!users.has(id)) throw invalid(`Could not find user with ID: ${id}.`);
  return id;
}

function relatedPage({ writing, property }: Place, id: string): string {
  const page = writing.world.pages.get(id);
  if (page?.parent.type !== 'data_source' || page.parent.id !== property.config['data_source_id']) {
    throw invalid(`Could not find page with ID: ${id} in the data source of the relation "${property.name}".`);
  }
  return id;
}

function fileOf(writing: Writing, file: z.output<typeof FileValue>): FileCell {
  const { uploads, settings } = writing.world;
  if ('external' in file) return { name: file.name ?? file.external.url, url: file.external.url, uploadId: null };
  const kept = 'file' in file;
  const id = kept ? file.file.url.slice(settings.filesAddress.length + 1).split('/')[0] : file.file_upload.id;
  const upload = uploads.get(id ?? '');
  if (upload === undefined || upload.bytes === null)
    throw invalid(`Could not find file_upload with ID: ${id ?? ''}, or it was not sent.`);
  writing.uploads.push(upload);
  return { name: file.name ?? upload.filename, url: null, uploadId: upload.id };
}
