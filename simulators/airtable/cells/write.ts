import { badValue, computed, lockedField, mayNotCreate, noSuchOption, noSuchRow, type Refusal } from '../refusal.ts';
import type { Attachment, Base, Cell, Choice, Field, Row, WritableType, World } from '../world.ts';
import { isComputed, roleOf } from '../world.ts';
import { attachmentsIn } from './read.ts';
import { loosen } from './typecast.ts';

/** A text cell takes this many characters [U, section 2]. */
const TEXT_CHARACTERS = 100_000;

/** One request's writing. */
export interface Writing {
  world: World;
  base: Base;
  userId: string;
  /** Loosens every field of every record of the request (section 3). */
  typecast: boolean;
  /** Whether one may make a new choice by typecast [U, section 3]: it takes the right to change the schema. */
  mayAddChoices: boolean;
  /** Set when an attachment could not be had: the rest is written all the same. */
  attachmentsFailed: boolean;
}

/** One cell to be written. */
interface OneCell {
  writing: Writing;
  field: Field;
  /** Null for a new record. */
  row: Row | null;
  value: unknown;
}

const WRITERS: Readonly<Record<WritableType, (one: OneCell) => Cell | null>> = {
  singleLineText: text,
  multilineText: text,
  richText: text,
  // What the server checks of these three is not documented [U, section 4]: any text is taken.
  email: text,
  phoneNumber: text,
  url: text,
  singleSelect: select,
  multipleSelects: selects,
  singleCollaborator: collaborator,
  multipleCollaborators: collaborators,
  number,
  rating,
  checkbox,
  date,
  dateTime,
  multipleRecordLinks: links,
  multipleAttachments: attachments,
};

/**
 * What a cell holds after a value was written into it, null for nothing.
 *
 * @throws Refusal as Airtable refuses the value (section 4).
 */
export function writeCell(one: OneCell): Cell | null {
  const { field, writing } = one;
  if (isComputed(field.type)) throw computed(field.name);
  if (field.lockedFor.has(writing.userId)) throw refusedLock(one);
  if (one.value === null) return null;
  const value = writing.typecast ? loosen(field, one.value) : one.value;
  return value === null ? null : WRITERS[field.type]({ ...one, value });
}

function refusedLock({ writing: { world }, field, row }: OneCell): Refusal {
  return row === null ? mayNotCreate() : lockedField(field, world.settings.namesLockedFields);
}

function text({ field, value }: OneCell): string | null {
  if (typeof value !== 'string' || value.length > TEXT_CHARACTERS) throw badValue(field.name);
  return value === '' ? null : value;
}

function select({ writing, field, value }: OneCell): string {
  if (typeof value !== 'string') throw badValue(field.name);
  return choiceNamed(writing, field, value).id;
}

function selects({ writing, field, value }: OneCell): string[] | null {
  const ids = listOf(field, value).map((item) => {
    if (typeof item !== 'string') throw badValue(field.name);
    return choiceNamed(writing, field, item).id;
  });
  return ids.length === 0 ? null : [...new Set(ids)];
}

/** By its exact name, or by its id [U, section 4]. Typecast makes what is missing. */
function choiceNamed(writing: Writing, field: Field, nameOrId: string): Choice {
  const choices = field.options?.choices ?? [];
  const known = choices.find(({ id, name }) => name === nameOrId || id === nameOrId);
  if (known !== undefined) return known;
  if (!writing.typecast || !writing.mayAddChoices || nameOrId === '') throw noSuchOption(nameOrId);
  const made = { id: writing.world.ids.next('sel'), name: nameOrId };
  field.options = { ...field.options, choices: [...choices, made] };
  return made;
}

function collaborator({ writing, field, value }: OneCell): string {
  const { id, email } = keysOf(field, value, ['id', 'email']);
  const user = [...writing.world.users.values()].find((known) => known.id === id || known.email === email);
  return memberId(writing, field, user?.id);
}

function collaborators({ writing, field, value }: OneCell): string[] | null {
  const ids = listOf(field, value).map((item) =>
    memberId(writing, field, typeof item === 'string' ? item : keysOf(field, item, ['id']).id),
  );
  return ids.length === 0 ? null : ids;
}

/** Only who has access to the base can be put in a cell. */
function memberId({ base }: Writing, field: Field, id: unknown): string {
  if (typeof id !== 'string' || roleOf(base, id) === 'none') throw badValue(field.name);
  return id;
}

/** Kept with as many decimals as the field has [U]: what comes back may differ from what was sent. */
function number({ field, value }: OneCell): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badValue(field.name);
  return Number(value.toFixed(field.options?.precision ?? 8));
}

function rating({ field, value }: OneCell): number {
  const max = field.options?.max ?? 10;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > max) throw badValue(field.name);
  return value;
}

function checkbox({ field, value }: OneCell): true | null {
  if (typeof value !== 'boolean') throw badValue(field.name);
  return value ? true : null;
}

function date({ field, value }: OneCell): string {
  if (typeof value !== 'string') throw badValue(field.name);
  return orBadValue(field, () => {
    const day = Temporal.PlainDate.from(value.length > 10 ? isoInUtc(value, 'UTC').slice(0, 10) : value);
    return day.toString();
  });
}

function dateTime({ field, value }: OneCell): string {
  if (typeof value !== 'string') throw badValue(field.name);
  const zone = field.options?.timeZone;
  // The zone of "client" is that of who looks [U, section 4]: UTC here.
  return orBadValue(field, () => isoInUtc(value, zone === undefined || zone === 'client' ? 'UTC' : zone));
}

/** A moment without an offset is one in the field's zone (section 4). */
function isoInUtc(moment: string, zone: string): string {
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(moment) && moment.length > 10;
  const instant = hasOffset
    ? Temporal.Instant.from(moment)
    : Temporal.PlainDateTime.from(moment).toZonedDateTime(zone).toInstant();
  return new Date(instant.epochMilliseconds).toISOString();
}

function orBadValue(field: Field, parse: () => string): string {
  try {
    return parse();
  } catch {
    throw badValue(field.name);
  }
}

function links({ writing, field, value }: OneCell): string[] | null {
  const linked = writing.base.tables.find(({ id }) => id === field.options?.linkedTableId);
  const ids = listOf(field, value).map((id) => {
    if (typeof id !== 'string') throw badValue(field.name);
    if (linked?.rows.has(id) !== true) throw noSuchRow(id);
    return id;
  });
  return ids.length === 0 ? null : ids;
}

/** The whole list anew: what is to stay is named by its id (section 4). */
function attachments({ writing, field, row, value }: OneCell): Attachment[] | null {
  const there = attachmentsIn(row?.cells.get(field.id));
  const kept = listOf(field, value).flatMap((item) => {
    const { id, url, filename } = keysOf(field, item, ['id', 'url', 'filename']);
    if (typeof id === 'string') {
      const known = there.find((attachment) => attachment.id === id);
      if (known === undefined) throw badValue(field.name);
      return [known];
    }
    if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw badValue(field.name);
    if (!writing.world.settings.isBrokenAttachment(url)) return [attachmentAt(writing.world, url, filename)];
    writing.attachmentsFailed = true;
    return [];
  });
  return kept.length === 0 ? null : kept;
}

/** Airtable would fetch it; here it stays where it is, and its size is not known. */
function attachmentAt(world: World, url: string, filename: unknown): Attachment {
  const last = new URL(url).pathname.split('/').at(-1);
  const name = typeof filename === 'string' && filename !== '' ? filename : last === '' ? 'file' : (last ?? 'file');
  return { id: world.ids.next('att'), url, filename: name, size: 0, type: 'application/octet-stream' };
}

function listOf(field: Field, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw badValue(field.name);
  return value;
}

/** An object with no other keys than these. */
function keysOf(field: Field, value: unknown, allowed: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badValue(field.name);
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.some(([key]) => !allowed.includes(key))) throw badValue(field.name);
  return Object.fromEntries(entries);
}
