import { valueAt } from '../../src/kit/answers.ts';
import { isObject, type Json } from '../../src/kit/json-value.ts';
import { answerText, type Question } from '../../src/kit/questions.ts';
import { Dates, Numbered, type Properties, type Value, Words } from './wire.ts';

/** Types of property in which nobody wrote anything, or only ids stand. */
const SILENT = new Set([
  'button',
  'created_by',
  'created_time',
  'files',
  'last_edited_by',
  'last_edited_time',
  'relation',
  'verification',
]);

/** Types whose value is text in pieces, which belong together as they are. */
const TEXTS = new Set(['title', 'rich_text']);

/** The properties of a page as questions. */
export function questionsOf(properties: Properties): readonly Question[] {
  return Object.entries(properties)
    .filter(([, { type }]) => !SILENT.has(type))
    .map(([name, value]) => ({
      label: name,
      ids: [value.id],
      asks: value.type === 'email' ? 'email' : null,
      answer: textOf(value),
    }));
}

/** The name of the property that is the title of its pages. */
export function titleOf(properties: Properties): string | null {
  return Object.entries(properties).find(([, { type }]) => type === 'title')?.[0] ?? null;
}

/** Files, with their links, which die within the hour. */
export function filesIn(properties: Properties): Json {
  return Object.values(properties).flatMap((value) => listAt(value, 'files').map(linked));
}

function linked(file: Json): Json {
  if (!isObject(file)) return file;
  const held = file['type'] === 'external' ? file['external'] : file['file'];
  return { name: file['name'] ?? null, url: (isObject(held) ? held['url'] : undefined) ?? null };
}

function textOf(value: Value): string {
  const { type } = value;
  const held = valueAt(value, type) ?? null;
  return TEXTS.has(type) ? listAt(value, type).map(wordsIn).join('') : textOfType(type, held);
}

function textOfType(type: string, held: Json): string {
  if (!isObject(held)) return Array.isArray(held) ? held.map(wordsIn).filter(Boolean).join(', ') : answerText(held);
  if (type === 'formula' || type === 'rollup') return computedText(held);
  if (type === 'date') return datesText(held);
  return type === 'unique_id' ? numberText(held) : wordsIn(held);
}

/** A formula has one value of its type; a rollup one for each of the rows that it looks at, which have types again. */
function computedText(held: Readonly<Record<string, Json>>): string {
  const type = held['type'];
  if (typeof type !== 'string') return '';
  const value = valueAt(held, type) ?? null;
  if (!Array.isArray(value)) return textOfType(type, value);
  return value.map((each: Json) => (isObject(each) ? computedText(each) : answerText(each))).join(', ');
}

function datesText(held: Json): string {
  const { start, end } = Dates.catch({ start: '', end: null }).parse(held);
  return end === null ? start : `${start} – ${end}`;
}

function numberText(held: Json): string {
  const read = Numbered.safeParse(held).data;
  if (read === undefined) return '';
  return read.prefix === null ? String(read.number) : `${read.prefix}-${read.number}`;
}

function wordsIn(held: Json): string {
  if (!isObject(held)) return answerText(held);
  return Words.safeParse(held).data ?? '';
}

function listAt(value: Value, name: string): readonly Json[] {
  const held = value[name];
  return Array.isArray(held) ? held : [];
}
