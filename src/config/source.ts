import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';

/** A place in a file; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A way into a value: keys and indices. */
export type Path = readonly (string | number)[];

/** One YAML file, read: its value, and where each part of the value stands. */
export interface Source {
  file: string;
  /** Plain data. Keys without a value count as left out; an empty file is an empty group. */
  value: unknown;
  /** What keeps the file from being read at all; empty when it could be read. */
  faults: readonly (Place & { message: string; fix: string })[];
  /** Where the value at a path stands; of what is not there, where its group stands. */
  placeOf(path: Path): Place;
  /** Where a key stands within the group at a path. */
  placeOfKey(path: Path, key: string): Place;
}

const START: Place = { line: 1, column: 1 };

/** What YAML itself complains of, in words for people who never read its standard. */
const FIXES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Keep one of the two.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line the keys of one group up under each other.',
  MISSING_CHAR: 'Close the bracket or the quotation mark.',
  BLOCK_AS_IMPLICIT_KEY: 'Put text that holds a colon into quotation marks, and each key on a line of its own.',
  BAD_SCALAR_START: 'Put text that begins with a sign into quotation marks.',
  MULTIPLE_DOCS: 'Keep one document in the file: take the line --- out.',
};

/** Reads one file. Never throws: what is wrong with it is in `faults`. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = document.errors.map(({ code, message, pos: [offset] }) => ({
    ...placeAt(lines, offset),
    message: firstLine(message),
    fix: FIXES[code] ?? 'The lines just above may be what is wrong: look at indentation, colons and quotation marks.',
  }));
  const { value, fault } = faults.length > 0 ? { value: {}, fault: [] } : valueOf(document);
  return {
    file,
    value,
    faults: [...faults, ...fault],
    placeOf: (path) => placeAt(lines, offsetOf(document, path)),
    placeOfKey: (path, key) => placeAt(lines, keyOffset(document, path, key) ?? offsetOf(document, path)),
  };
}

function valueOf(document: Document): { value: unknown; fault: Source['faults'] } {
  try {
    return { value: withoutNulls(document.toJS()) ?? {}, fault: [] };
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : 'the file cannot be read';
    return { value: {}, fault: [{ ...START, message, fix: 'Write the parts out instead of referring to them.' }] };
  }
}

/** A key that somebody left empty is a key left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== null)
      .map(([key, held]) => [key, withoutNulls(held)]),
  );
}

/** Goes down as far as the file goes: of a missing key, its group is the place. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const way = path.slice(0, length);
    const node = nodeAt(document, way);
    if (node !== null) return node;
    const last = way.at(-1);
    const key = typeof last === 'string' ? keyOffset(document, way.slice(0, -1), last) : null;
    if (key !== null) return key;
  }
  return nodeAt(document, []) ?? 0;
}

function nodeAt(document: Document, path: Path): number | null {
  const node: unknown = document.getIn(path, true);
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? null) : null;
}

function keyOffset(document: Document, path: Path, key: string): number | null {
  const group: unknown = document.getIn(path, true);
  if (!isMap(group)) return null;
  const pair = group.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? START : { line, column: col };
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
