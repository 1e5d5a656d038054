import { z } from 'zod';
import type { Ids } from './ids.ts';
import { refused, type Refusal } from './refusal.ts';
import type { Base, Choice, FieldOptions, FieldType, WritableType } from './world.ts';

const COLORS = ['blue', 'cyan', 'teal', 'green', 'yellow', 'orange', 'red', 'pink', 'purple', 'gray'];
const ICONS = ['check', 'xCheckbox', 'star', 'heart', 'thumbsUp', 'flag', 'dot'];

const ChoiceColor = z.string().regex(new RegExp(`^(?:${COLORS.join('|')})(?:Light1|Light2|Bright|Dark1)$`));
const IconColor = z.string().regex(new RegExp(`^(?:${COLORS.join('|')})Bright$`));
const Choices = z.strictObject({
  choices: z.array(
    z.strictObject({ id: z.string().optional(), name: z.string().min(1), color: ChoiceColor.optional() }),
  ),
});
const DateFormat = z.strictObject({
  name: z.enum(['local', 'friendly', 'us', 'european', 'iso']),
  format: z.string().optional(),
});
const TimeFormat = z.strictObject({ name: z.enum(['12hour', '24hour']), format: z.string().optional() });
const None = z.undefined();

/** What each type takes, no more and no less (section 4). */
const OPTIONS: Readonly<Record<WritableType, z.ZodType>> = {
  singleLineText: None,
  multilineText: None,
  richText: None,
  email: None,
  phoneNumber: None,
  url: None,
  singleSelect: Choices,
  multipleSelects: Choices,
  singleCollaborator: None,
  multipleCollaborators: None,
  number: z.strictObject({ precision: z.int().min(0).max(8) }),
  rating: z.strictObject({
    icon: z.enum(['star', 'heart', 'thumbsUp', 'flag', 'dot']),
    max: z.int().min(1).max(10),
    color: IconColor,
  }),
  checkbox: z.strictObject({ icon: z.enum(ICONS), color: IconColor }),
  date: z.strictObject({ dateFormat: DateFormat }),
  dateTime: z.strictObject({ dateFormat: DateFormat, timeFormat: TimeFormat, timeZone: z.string().min(1) }),
  multipleRecordLinks: z.strictObject({
    linkedTableId: z.string(),
    viewIdForRecordSelection: z.string().optional(),
    prefersSingleRecordLink: z.boolean().optional(),
  }),
  multipleAttachments: None,
};

/** How dates look, as the schema tells it beside their names. */
const FORMATS: Readonly<Record<string, string>> = {
  local: 'l',
  friendly: 'LL',
  us: 'M/D/YYYY',
  european: 'D/M/YYYY',
  iso: 'YYYY-MM-DD',
  '12hour': 'h:mma',
  '24hour': 'HH:mm',
};

const NamedFormat = z.object({ name: z.string() });

/**
 * The options of a new field.
 *
 * @throws Refusal 422 `INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE`
 */
export function newOptions(world: { ids: Ids; base: Base }, type: WritableType, given: unknown): FieldOptions | null {
  const result = OPTIONS[type].safeParse(given);
  if (!result.success) throw badOptions(type);
  const select = Choices.safeParse(given);
  if (select.success) {
    if (select.data.choices.some(({ id }) => id !== undefined)) throw badOptions(type);
    return { choices: choicesOf(world.ids, [], select.data.choices) ?? fail(badOptions(type)) };
  }
  const link = z.object({ linkedTableId: z.string() }).safeParse(given);
  if (link.success && !world.base.tables.some(({ id }) => id === link.data.linkedTableId)) throw badOptions(type);
  return given === undefined ? null : withFormats(z.record(z.string(), z.unknown()).parse(given));
}

/**
 * The options of a field that is updated. Choices are the whole list: one that is left out is gone [U, section 7].
 *
 * @throws Refusal 422 `INVALID_FIELD_TYPE_OPTIONS_FOR_UPDATE` [U the type's exact name]
 */
export function changedOptions(
  ids: Ids,
  field: { type: FieldType; options: FieldOptions | null },
  given: unknown,
): FieldOptions {
  const refusal = refused(422, 'INVALID_FIELD_TYPE_OPTIONS_FOR_UPDATE', `Invalid options for ${field.type}`);
  const select = Choices.safeParse(given);
  if (field.type === 'singleSelect' || field.type === 'multipleSelects') {
    if (!select.success) throw refusal;
    return { choices: choicesOf(ids, field.options?.choices ?? [], select.data.choices) ?? fail(refusal) };
  }
  // What a link leads to stays as it is (section 4).
  const schema = isWritable(field.type) && field.type !== 'multipleRecordLinks' ? OPTIONS[field.type] : z.never();
  if (given === undefined || !schema.safeParse(given).success) throw refusal;
  return withFormats(z.record(z.string(), z.unknown()).parse(given));
}

export function isWritable(type: string): type is WritableType {
  return Object.hasOwn(OPTIONS, type);
}

function badOptions(type: string): Refusal {
  return refused(422, 'INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE', `Invalid options for ${type}`);
}

function fail(refusal: Refusal): never {
  throw refusal;
}

/** With ids for new ones; null where an id is not known or a name comes twice. */
function choicesOf(
  ids: Ids,
  known: readonly Choice[],
  given: readonly { id?: string | undefined; name: string; color?: string | undefined }[],
): Choice[] | null {
  const names = given.map(({ name }) => name);
  const ofIds = given.flatMap(({ id }) => id ?? []);
  if (new Set(names).size < names.length || new Set(ofIds).size < ofIds.length) return null;
  if (!ofIds.every((id) => known.some((choice) => choice.id === id))) return null;
  return given.map(({ id, name, color }, index) => ({
    id: id ?? ids.next('sel'),
    name,
    color:
      color ?? known.find((choice) => choice.id === id)?.color ?? `${COLORS[index % COLORS.length] ?? 'gray'}Light2`,
  }));
}

function withFormats(options: Readonly<Record<string, unknown>>): FieldOptions {
  const shown = Object.entries(options).map(([key, value]) => {
    const named = NamedFormat.safeParse(value);
    return [key, named.success ? { ...named.data, format: FORMATS[named.data.name] ?? '' } : value];
  });
  return Object.fromEntries(shown);
}
