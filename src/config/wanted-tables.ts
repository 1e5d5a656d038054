import type { WantedColumn, WantedTable } from '../ports/store-tables.ts';

/** Each table once, with all that is wanted of it. */
export function wantedTables(wanted: readonly WantedTable[]): readonly WantedTable[] {
  return Array.from(
    Map.groupBy(wanted, ({ table }) => table),
    ([table, all]) => ({
      table,
      columns: columnsOnce(all.flatMap(({ columns }) => columns)),
      usedFor: [...new Set(all.map(({ usedFor }) => usedFor))].join(' '),
      guide: [...new Set(all.map(({ guide }) => guide))].join(' and '),
    }),
  );
}

function columnsOnce(columns: readonly WantedColumn[]): readonly WantedColumn[] {
  return Array.from(
    Map.groupBy(columns, ({ title }) => title),
    ([title, all]) => ({
      title,
      isNeeded: all.some(({ isNeeded }) => isNeeded),
      isTicked: all.some(({ isTicked }) => isTicked),
    }),
  );
}
