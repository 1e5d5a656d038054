import { isObject, type Json } from '../../src/kit/json-value.ts';
import { answerText, type Question } from '../../src/kit/questions.ts';
import { Dates, Numbered, type Told, type Value, Words } from './wire.ts';

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

type Properties = Told['data']['properties'];

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
  const held = value[type] ?? null;
  if (TEXTS.has(type)) return listAt(value, type).map(wordsIn).join('');
  if (type === 'formula' || type === 'rollup') return isObject(held) ? computedText(held) : '';
  if (Array.isArray(held)) return held.map(wordsIn).filter(Boolean).join(', ');
  return isObject(held) ? objectText(held) : answerText(held);
}

/** A formula has one value of its type; a rollup one for each of the rows that it looks at. */
function computedText(held: Readonly<Record<string, Json>>): string {
  const type = held['type'];
  const value = typeof type === 'string' ? (held[type] ?? null) : null;
  if (!Array.isArray(value)) return isObject(value) ? objectText(value) : answerText(value);
  return value.map((each: Json) => (isObject(each) ? computedText(each) : answerText(each))).join(', ');
}

function objectText(held: Json): string {
  const date = Dates.safeParse(held).data;
  if (date !== undefined) return [date.start, date.end].filter(Boolean).join(' – ');
  const numbered = Numbered.safeParse(held).data;
  if (numbered !== undefined) return [numbered.prefix, numbered.number].filter((part) => part !== null).join('-');
  return wordsIn(held);
}

function wordsIn(held: Json): string {
  return Words.safeParse(held).data ?? (isObject(held) ? '' : answerText(held));
}

function listAt(value: Value, name: string): readonly Json[] {
  const held = value[name];
  return Array.isArray(held) ? held : [];
}
