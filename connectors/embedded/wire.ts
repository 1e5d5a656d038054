import { z } from 'zod';

/** What a cell holds when a person typed it into the table by hand: any JSON at all. */
const TypedCells = z.record(z.string(), z.json());

/** A row as `changesSince` and `read` select it. */
export const DeskRow = z.object({
  id: z.string(),
  key: z.string().nullable(),
  cells: z.string().transform((json) => TypedCells.parse(JSON.parse(json))),
  created_at: z.string().transform((written) => Temporal.Instant.from(written)),
  edited_by: z.string().nullable(),
});
export type DeskRow = z.output<typeof DeskRow>;

/** A change: a row, or only the id of one that is gone. */
export const DeskChange = z.discriminatedUnion('gone', [
  DeskRow.extend({ gone: z.literal(false), revision: z.string() }),
  z.object({ gone: z.literal(true), id: z.string(), revision: z.string() }),
]);
export type DeskChange = z.output<typeof DeskChange>;

/** The rows that a write touched. */
export const Written = z.object({ id: z.string(), key: z.string() });
export type Written = z.output<typeof Written>;

/** What is asked of the database about a row that could not be written. */
export const Present = z.object({ id: z.string() });

/** What the schema check asks of the database. */
export const TableFound = z.object({ found: z.boolean() });
