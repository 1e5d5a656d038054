import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import { chosen } from './chosen.ts';
import { fieldKey, ModelAnswer } from './wire.ts';

/** What was answered. An answer with a fault can be used, though the model may do better; without one nobody can. */
export interface Answered {
  answer: ModelAnswer | null;
  /** What is wrong with it, for the model to mend; null where nothing is. */
  fault: string | null;
}

/** Longer ones are no answers, and looking for objects in them would take time. */
const LONGEST_ANSWER = 50_000;

/** So many places where an object may begin are tried. */
const MOST_BEGINNINGS = 50;

/** Reads what a model wrote, whatever stands around the object: thoughts, a fence of code, a greeting. */
export function readAnswer(content: string, question: TriageQuestion): Answered {
  const written = content.replace(/^[\s\S]*<\/think>/, '').slice(0, LONGEST_ANSWER);
  if (written.trim() === '') return { answer: null, fault: 'It was empty.' };
  const object = objectIn(written);
  if (object === null) return { answer: null, fault: 'It holds no JSON object that can be read.' };
  const read = ModelAnswer.safeParse({ ...object, fields: fieldsIn(object, question) });
  if (!read.success) return { answer: null, fault: 'The key "category" must be there, with a text or null.' };
  const { category } = read.data;
  const names = question.categories.map(({ name }) => name);
  const isOfList = category === null || chosen(category, names) !== null;
  return { answer: read.data, fault: isOfList ? null : `"category" must be one of ${JSON.stringify(names)}, or null.` };
}

function fieldsIn(object: Readonly<Record<string, unknown>>, { missing }: TriageQuestion) {
  const said = missing.map((_, index) => [fieldKey(index), object[fieldKey(index)]] as const);
  return Object.fromEntries(said.filter(([, value]) => typeof value === 'string'));
}

/** The first object that names a category, or else the first that there is. */
function objectIn(written: string): Readonly<Record<string, unknown>> | null {
  let first: Readonly<Record<string, unknown>> | null = null;
  let from = -1;
  for (let tried = 0; tried < MOST_BEGINNINGS; tried += 1) {
    from = written.indexOf('{', from + 1);
    if (from < 0) break;
    const object = objectAt(written, from);
    if (object !== null && 'category' in object) return object;
    first ??= object;
  }
  return first;
}

/** The object that begins at a bracket, up to the bracket that closes it. */
function objectAt(written: string, from: number): Readonly<Record<string, unknown>> | null {
  let depth = 0;
  let isText = false;
  for (let at = from; at < written.length; at += 1) {
    const sign = written[at];
    if (isText && sign === '\\') at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && sign === '{') depth += 1;
    else if (!isText && sign === '}') depth -= 1;
    if (depth === 0) return parsed(written.slice(from, at + 1));
  }
  return null;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
