/** What every port to a base speaks of. */

/** What a cell of the base can hold. Instants are ISO strings in UTC; an empty cell is null. */
export type Cell = string | number | boolean | readonly string[] | null;

/** The columns of the base by our names for them; `sync/columns.ts` lists them. */
export type Cells = Readonly<Record<string, Cell>>;

/** Where reading left off, in the store's own words. Kept by us between reads. */
export type Watermark = string;

/** Something about the base, or about our way to it, that does not fit, and how to mend it. */
export interface StoreFinding {
  /** What works without it, and better with it, is `advice`. */
  severity: 'error' | 'warning' | 'advice';
  message: string;
  fix: string;
  /** Whether `mend` can mend it. */
  fixable: boolean;
}
