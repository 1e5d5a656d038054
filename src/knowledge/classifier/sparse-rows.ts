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

/** One text as a row of its own. */
export function rowOf(row: { features: Int32Array; values: Float32Array }, width: number): SparseRows {
  return { ...row, count: 1, width, starts: Int32Array.of(0, row.features.length), dimensions: 0 };
}

/** Behind the last entry that a row has of its words. */
export function endOfWords({ starts, dimensions }: SparseRows, row: number): number {
  return (starts[row + 1] ?? 0) - dimensions;
}
