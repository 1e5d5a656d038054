/** Longer ones are no answers, and looking for objects in them would take time. */
const LONGEST_ANSWER = 50_000;

/** So many places where an object may begin are tried. */
const MOST_BEGINNINGS = 50;

type WrittenObject = Readonly<Record<string, unknown>>;

/**
 * The object in what a model wrote, whatever stands around it: thoughts, a fence of code, a greeting. Of several the one
 * with the key; else what is wrong, for the model to mend.
 */
export function writtenObject(content: string, key: string): { object: WrittenObject } | { fault: string } {
  const written = content.replace(/^[\s\S]*<\/think>/, '').slice(0, LONGEST_ANSWER);
  if (written.trim() === '') return { fault: 'It was empty.' };
  const object = objectIn(written, key);
  return object === null ? { fault: 'It holds no JSON object that can be read.' } : { object };
}

/** The first object that has the key, or else the first that there is. */
function objectIn(written: string, key: string): WrittenObject | null {
  let first: WrittenObject | null = null;
  let from = -1;
  for (let tried = 0; tried < MOST_BEGINNINGS; tried += 1) {
    from = written.indexOf('{', from + 1);
    if (from < 0) break;
    const object = objectAt(written, from);
    if (object !== null && key in object) return object;
    first ??= object;
  }
  return first;
}

/** The object that begins at a bracket, up to the bracket that closes it. */
function objectAt(written: string, from: number): WrittenObject | null {
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

function parsed(text: string): WrittenObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is WrittenObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
