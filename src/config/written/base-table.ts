import { z } from 'zod';
import { Name } from './words.ts';

/** A column of a table of the base, by its title there. */
export function columnFor(what: string, usual: string) {
  return Name.default(usual)
    .describe(`Title of the column for ${what}. One of another title than the usual one must be there.`)
    .meta({ examples: [usual] });
}

/** A table of the base, by its name alone where its columns, filled in by `columns`, have their usual titles. */
export function tableWith<Columns extends z.ZodType>(
  columns: Columns,
  { usual, titled, example }: { usual: string; titled: object; example: object },
) {
  return z
    .union([
      Name,
      z.strictObject({
        table: Name.describe('Name of the table, or its id.').meta({ examples: [usual] }),
        columns: columns.describe('Columns that have other titles than the usual ones.').meta({ examples: [titled] }),
      }),
    ])
    .meta({ examples: [usual, example] });
}
