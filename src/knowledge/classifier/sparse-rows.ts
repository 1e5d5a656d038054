/** Texts as rows of features, most of which are zero: of each row only the others stand here. */
export interface SparseRows {
  readonly count: number;
  /** How many features there are in all. */
  readonly width: number;
  /** Row `r` has the entries from `starts[r]` up to `starts[r + 1]`. */
  readonly starts: Int32Array;
  /** By entry: which feature. */
  readonly features: Int32Array;
  /** By entry: how much of it. The squares of a row add up to 1. */
  readonly values: Float32Array;
  /** So many entries at the end of each row are those of its vector; 0 where words stand alone. */
  readonly dimensions: number;
}

/** One of the rows. */
export interface RowOf {
  rows: SparseRows;
  row: number;
}

/** One text as a row of its own. */
export function rowOf(row: { features: Int32Array; values: Float32Array }, width: number): SparseRows {
  return { ...row, count: 1, width, starts: Int32Array.of(0, row.features.length), dimensions: 0 };
}

/** Behind the last entry that a row has of its words. */
export function endOfWords({ starts, dimensions }: SparseRows, row: number): number {
  return (starts[row + 1] ?? 0) - dimensions;
}

/** A row by itself, without the features of its words that are not known; what is left of them is as long as all were. */
export function rowOfKnown({ rows, row }: RowOf, isKnown: (feature: number) => boolean): SparseRows {
  const { starts, features, values, width, dimensions } = rows;
  const [from, end, next] = [starts[row] ?? 0, endOfWords(rows, row), starts[row + 1] ?? 0];
  const kept = new Int32Array(next - from);
  const keptValues = new Float32Array(next - from);
  let [count, all, left] = [0, 0, 0];
  for (let entry = from; entry < end; entry++) {
    const [feature, value] = [features[entry] ?? 0, values[entry] ?? 0];
    all += value * value;
    if (!isKnown(feature)) continue;
    left += value * value;
    kept[count] = feature;
    keptValues[count] = value;
    count++;
  }
  const longer = left === 0 ? 0 : Math.sqrt(all / left);
  for (let entry = 0; entry < count; entry++) keptValues[entry] = (keptValues[entry] ?? 0) * longer;
  kept.set(features.subarray(end, next), count);
  keptValues.set(values.subarray(end, next), count);
  const length = count + dimensions;
  return {
    count: 1,
    width,
    starts: Int32Array.of(0, length),
    features: kept.subarray(0, length),
    values: keptValues.subarray(0, length),
    dimensions,
  };
}
