import type { WantedTable, WrittenKind } from '../ports/store-tables.ts';

/** A table of the base that the config names, and the titles of its columns by our names for them. */
export interface BaseTable<Titles extends Readonly<Record<string, string>>> {
  table: string;
  titles: Titles;
  wanted: WantedTable;
}

/** A table as it is written: by its name alone where all columns have their usual titles. */
type Written<Titles> = string | { table: string; columns: Titles };

interface Use<Titles> {
  usual: Titles;
  usedFor: string;
  /** The page of the docs on it. */
  guide: string;
  /** Columns without which a row says nothing. */
  needed: readonly (keyof Titles)[];
  /** Columns that we tick ourselves. */
  ticked?: readonly (keyof Titles)[];
  /** Columns that we fill with rows of ours. */
  written?: Readonly<Record<keyof Titles, WrittenKind>>;
}

/** The table with what is wanted of it. A column that is not called as usual was meant, and so must be there. */
export function baseTable<Titles extends Readonly<Record<string, string>>>(
  written: Written<Titles>,
  { usual, usedFor, guide, needed, ticked = [], written: kinds }: Use<Titles>,
): BaseTable<Titles> {
  const { table, columns: titles } = typeof written === 'string' ? { table: written, columns: usual } : written;
  const usualTitles = new Set(Object.values(usual));
  const among = (cells: readonly (keyof Titles)[], title: string) => cells.some((cell) => titles[cell] === title);
  const columns = Object.entries(titles).map(([cell, title]) => {
    const kind = kinds?.[cell];
    return {
      title,
      isNeeded: among(needed, title) || !usualTitles.has(title),
      isTicked: among(ticked, title),
      ...(kind !== undefined && { written: kind }),
    };
  });
  return { table, titles, wanted: { table, usedFor, guide, columns } };
}
