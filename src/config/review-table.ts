import { type BaseTable, baseTable } from './base-table.ts';
import { type Reports, ReviewColumns } from './written/reports.ts';

/** What a row of the weekly review says, by our names for it. */
export type ReviewCell = keyof ReviewColumns;

/** The table of the base into which the weekly review is written, and the titles of its columns. */
export type ReviewTable = BaseTable<ReviewColumns>;

/** The table that reports.yaml names; null where it names none. */
export function reviewTableOf({ table: written }: NonNullable<Reports['weekly']>): ReviewTable | null {
  if (written === undefined) return null;
  return baseTable(written, {
    usual: ReviewColumns.parse({}),
    usedFor: 'The weekly review is written into it, as reports.yaml says under weekly.',
    guide: 'docs/reports.md',
    needed: ['key'],
    written: {
      key: 'key',
      figure: 'line',
      week: 'line',
      starts: 'day',
      value: 'number',
      unit: 'line',
      before: 'number',
      sentence: 'line',
      link: 'link',
      review: 'text',
    },
  });
}
