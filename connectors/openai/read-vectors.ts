import { Problem } from '../../src/domain/problem.ts';
import type { Vector } from '../../src/ports/embedder.ts';
import type { Embeddings } from './wire.ts';

const HIGHEST = 127;
const BYTES_OF_NUMBER = 4;

/** What was asked for. */
export interface Expected {
  /** The model, as people read it. */
  name: string;
  texts: number;
  /** So many numbers to a vector; null where nobody knows yet. */
  length: number | null;
}

/**
 * The vectors of an answer, in the order of the texts: servers need not keep it, and say by `index` which is whose. A
 * vector that points nowhere is none.
 *
 * @throws Problem `model.unreadable`, `vectors.wrong-dimensions`
 */
export function readVectors({ data }: Embeddings, expected: Expected): { vectors: (Vector | null)[]; length: number } {
  const { name, texts } = expected;
  if (data.length !== texts) throw unreadable(name, `${data.length} vectors came where ${texts} were asked for`);
  const rows = new Map<number, readonly number[]>();
  const isNumbered = data.every(({ index }) => index !== null && index !== undefined);
  data.forEach(({ index, embedding }, place) => {
    rows.set(isNumbered ? (index ?? place) : place, numbersOf(embedding));
  });
  const ordered = Array.from({ length: texts }, (_, place) => rows.get(place));
  if (ordered.includes(undefined)) throw unreadable(name, 'nobody can tell which vector belongs to which text');
  const length = ordered[0]?.length ?? 0;
  if (length === 0 || ordered.some((row) => row?.length !== length)) throw unreadable(name, 'they differ in length');
  if (!ordered.every((row) => row?.every(Number.isFinite))) throw unreadable(name, 'not all of it is numbers');
  if (expected.length !== null && expected.length !== length) throw wrongDimensions(expected, length);
  return { vectors: ordered.map((row) => packed(row ?? [])), length };
}

function numbersOf(embedding: readonly number[] | string): readonly number[] {
  if (typeof embedding !== 'string') return embedding;
  const bytes = Buffer.from(embedding, 'base64');
  const count = Math.floor(bytes.length / BYTES_OF_NUMBER);
  return Array.from({ length: count }, (_, at) => bytes.readFloatLE(at * BYTES_OF_NUMBER));
}

function packed(numbers: readonly number[]): Vector | null {
  const largest = numbers.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return largest === 0 ? null : Int8Array.from(numbers, (each) => Math.round((each / largest) * HIGHEST));
}

function unreadable(name: string, why: string): Problem {
  return new Problem({
    code: 'model.unreadable',
    message: `${name} answered with vectors that cannot be used: ${why}.`,
    fix: 'Nothing is to be done if it is rare; else see with npx tabledesk doctor whether it is a model of vectors.',
    retry: 'later',
  });
}

function wrongDimensions({ name, length: wanted }: Expected, length: number): Problem {
  return new Problem({
    code: 'vectors.wrong-dimensions',
    message: `${name} answers with vectors of ${length} numbers, and not of ${wanted}.`,
    fix: `Set learning.embeddings.dimensions in triage.yaml to ${length}, and all is learned anew; or name the model that was there before.`,
  });
}
