/**
 * The rows of a statement written by hand. Both drivers answer with `rows`, which Drizzle's type for the
 * two of them does not say; what is in a row is for the statement beside the call to promise.
 */
export function rowsOf<Row>(result: unknown): Row[] {
  return (result as { rows: Row[] }).rows;
}
