/**
 * A model as bytes, and back. A weight is kept as one byte, by class, and so is what a text has of a feature: no measure
 * told such a model from the whole. All else is as it was.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { Problem } from '../../domain/problem.ts';
import type { LearnedModel } from './learned-model.ts';
import type { LinearModel } from './linear-model.ts';
import { neighboursOf } from './neighbours.ts';
import { Head, VERSION, type WrittenHead } from './wire.ts';

/** Of brotli: above it bytes shrink little and time grows much. */
const QUALITY = 5;

const HIGHEST_WEIGHT = 127;
const HIGHEST_VALUE = 255;

/** Before the head, its length. */
const LENGTH_BYTES = 4;

/** Everything that `unpackModel` needs, compressed: some 2 MB for 10,000 short texts. */
export function packModel(model: LearnedModel): Uint8Array {
  const { vocabulary, vectors, judge, chance, threshold } = model;
  const { ends, features, values } = judge.neighbours.kept;
  const largest = values.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
  const parts = [
    Int32Array.from(vocabulary.places.keys()),
    vocabulary.weights,
    ...packWeights(judge.linear),
    Int32Array.from(model.tickets),
    judge.classOf,
    ends,
    features,
    Uint8Array.from(values, (value) => Math.round((value / largest) * HIGHEST_VALUE)),
    ...(vectors === null || judge.centres === null ? [] : [vectors.mean, ...packWeights(judge.centres)]),
  ].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  const head = Buffer.from(
    JSON.stringify({
      version: VERSION,
      categories: [...model.categories],
      isAccepted: [...model.isAccepted],
      corrected: [...model.corrected],
      unseen: vocabulary.unseen,
      threshold,
      ...(vectors !== null && { space: vectors.space }),
      largest,
      chance: { means: [...chance.means], deviations: [...chance.deviations], weights: [...chance.weights] },
      parts: parts.map(({ length }) => length),
    } satisfies WrittenHead),
  );
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return brotliCompressSync(Buffer.concat([length, head, ...parts]), { params });
}

/** The model in the bytes. Throws `learning.unreadable-model` for bytes that are damaged, or of another version. */
export function unpackModel(bytes: Uint8Array): LearnedModel {
  try {
    return read(brotliDecompressSync(bytes));
  } catch (error) {
    throw new Problem(
      {
        code: 'learning.unreadable-model',
        message: `The learned model (${bytes.length} bytes) cannot be read: it is damaged, or of another version.`,
        fix: 'Nothing has to be done: it is learned anew from the tickets. To have that at once, run npx tabledesk train.',
      },
      { cause: error },
    );
  }
}

function read(bytes: Buffer): LearnedModel {
  const ends = LENGTH_BYTES + bytes.readUInt32LE();
  const head = Head.parse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, ends)));
  const part = partsOf(bytes.subarray(ends), head.parts);
  const [features, weights, scales, linear] = [part(0), part(1), part(2), part(3)];
  const idf = new Float32Array(weights);
  const classes = head.categories.length;
  const kept = {
    ends: new Int32Array(part(6)),
    features: new Uint16Array(part(7)),
    values: Float32Array.from(new Uint8Array(part(8)), (byte) => (byte / HIGHEST_VALUE) * head.largest),
  };
  return {
    categories: head.categories,
    isAccepted: head.isAccepted,
    corrected: new Map(head.corrected),
    tickets: [...new Int32Array(part(4))],
    vocabulary: {
      places: new Map(Array.from(new Int32Array(features), (feature, place) => [feature, place])),
      weights: idf,
      unseen: head.unseen,
    },
    vectors: head.space === undefined ? null : { space: head.space, mean: new Float32Array(part(9)) },
    judge: {
      linear: unpackWeights(new Int8Array(linear), new Float32Array(scales), classes),
      neighbours: neighboursOf(kept, idf.length),
      classOf: new Int32Array(part(5)),
      centres:
        head.space === undefined ? null : unpackWeights(new Int8Array(part(11)), new Float32Array(part(10)), classes),
    },
    chance: {
      means: Float64Array.from(head.chance.means),
      deviations: Float64Array.from(head.chance.deviations),
      weights: Float64Array.from(head.chance.weights),
    },
    threshold: head.threshold,
  };
}

/** Hands out the parts, each in memory of its own, so that it begins where numbers may begin. Throws where bytes are missing. */
function partsOf(bytes: Buffer, lengths: readonly number[]): (index: number) => ArrayBuffer {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== all) throw new RangeError(`${bytes.length} bytes where ${all} were announced`);
  return (index) => {
    const start = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
    const part = new ArrayBuffer(lengths[index] ?? 0);
    new Uint8Array(part).set(bytes.subarray(start, start + part.byteLength));
    return part;
  };
}

/** What one byte stands for, by class; and the bytes. */
function packWeights({ classes, weights }: LinearModel): [Float32Array, Int8Array] {
  const scales = new Float32Array(classes).fill(Number.MIN_VALUE);
  weights.forEach((weight, at) => {
    const each = at % classes;
    scales[each] = Math.max(scales[each] ?? 0, Math.abs(weight) / HIGHEST_WEIGHT);
  });
  const packed = Int8Array.from(weights, (weight, at) => {
    const scale = scales[at % classes] ?? 0;
    return scale === 0 ? 0 : Math.round(weight / scale);
  });
  return [scales, packed];
}

function unpackWeights(packed: Int8Array, scales: Float32Array, classes: number): LinearModel {
  return { classes, weights: Float32Array.from(packed, (byte, at) => byte * (scales[at % classes] ?? 0)) };
}
