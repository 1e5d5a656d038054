/** What the embedded store needs of our database: one statement at a time, with `$1` parameters. */
export interface RowDatabase {
  run(statement: string, parameters: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}
