import { isObject, type Json } from './json-value.ts';

/** More than any form asks; the stored request keeps the rest. */
const MOST_ANSWERS = 300;

/** One thing that was answered: where it stood, as `customer.email`, and what it said. */
export interface Answer {
  path: string;
  /** What it is called; left out, the last part of the path. */
  label?: string;
  value: string;
}

/** Everything that a body says, flat and in its order; what is empty is left out. */
export function answersOf(value: Json, path = ''): readonly Answer[] {
  return collect(value, path).slice(0, MOST_ANSWERS);
}

function collect(value: Json, path: string): Answer[] {
  if (Array.isArray(value) && value.every(isScalar)) return answer(path, value.map(written).filter(Boolean).join(', '));
  if (Array.isArray(value)) return value.flatMap((item: Json, at) => collect(item, join(path, String(at))));
  if (isObject(value)) return Object.entries(value).flatMap(([name, held]) => collect(held, join(path, name)));
  return answer(path, written(value));
}

function answer(path: string, value: string): Answer[] {
  return value.trim() === '' ? [] : [{ path, value }];
}

function join(path: string, name: string): string {
  return path === '' ? nested(name) : `${path}.${nested(name)}`;
}

/** Zapier writes `customer__email` where others nest. */
function nested(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])__(?=[A-Za-z0-9])/g, '.');
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

function written(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * What stands at a dotted path, as text; null when nothing does. Understands nesting, numbers into lists,
 * names that hold dots, Zapier's double underscores, and looks into a list of one.
 */
export function answerAt(value: Json, path: string): string | null {
  const found = valueAt(value, path);
  if (found === undefined || found === null) return null;
  const text = isScalar(found)
    ? written(found)
    : answersOf(found)
        .map((each) => each.value)
        .join(', ');
  return text.trim() === '' ? null : text;
}

/** The same as it stands there, unread. */
export function valueAt(value: Json, path: string): Json | undefined {
  if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  return lookUp(value, path.split('.')) ?? lookUp(value, dotted(path).split('.'));
}

/** `items[0].email`, as tools that build bodies write it, is `items.0.email`; a form may have that for a name, though. */
function dotted(path: string): string {
  return path.includes('[') ? path.replace(/\[(\d+)\]/g, '.$1').replace(/^\./, '') : path;
}

/** The same as text, with the answers that it uses up. */
export function findAt(value: Json, path: string): { value: string; used: readonly Answer[] } | null {
  const text = answerAt(value, path);
  if (text === null) return null;
  const places = [nested(path), nested(dotted(path))];
  const isThere = (at: string) => places.some((place) => at === place || at.startsWith(`${place}.`));
  const used = answersOf(value).filter((each) => isThere(each.path));
  return { value: text, used };
}

function lookUp(value: Json | undefined, segments: readonly string[]): Json | undefined {
  if (segments.length === 0 || value === undefined) return value;
  if (Array.isArray(value)) return lookUpInList(value, segments);
  if (!isObject(value)) return undefined;
  for (let taken = segments.length; taken > 0; taken -= 1) {
    const names = [segments.slice(0, taken).join('.'), segments.slice(0, taken).join('__')];
    const name = names.find((each) => Object.hasOwn(value, each));
    const found = name === undefined ? undefined : lookUp(value[name], segments.slice(taken));
    if (found !== undefined) return found;
  }
  return undefined;
}

function lookUpInList(list: readonly Json[], segments: readonly string[]): Json | undefined {
  const [first = '', ...rest] = segments;
  if (/^\d+$/.test(first)) return lookUp(list[Number(first)], rest);
  return list.length === 1 ? lookUp(list[0], segments) : undefined;
}
