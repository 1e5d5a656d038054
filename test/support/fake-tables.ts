import { Problem } from '../../src/domain/problem.ts';
import type { StoreTables, TableRow } from '../../src/ports/store-tables.ts';

/** Tables of a base that stands in memory. Watermarks count its changes. */
export function someTables(begun: Readonly<Record<string, readonly TableRow[]>> = {}) {
  const tables = new Map(
    Object.entries(begun).map(([name, rows]) => [name, new Map(rows.map((row) => [row.id, row]))]),
  );
  const changedAt = new Map<string, number>();
  const state = { change: 1, failure: null as Problem | null, requests: 0 };

  function rowsOf(table: string): Map<string, TableRow> {
    state.requests += 1;
    if (state.failure !== null) throw state.failure;
    const rows = tables.get(table);
    if (rows === undefined) throw tableMissing(table);
    return rows;
  }

  const port: StoreTables = {
    async changesSince({ table }, watermark) {
      const rows = [...rowsOf(table).values()];
      const since = watermark === null ? -1 : Number(watermark);
      return {
        rows: rows.filter(({ id }) => (changedAt.get(id) ?? 0) > since),
        watermark: String(state.change),
        more: false,
        isAll: watermark === null,
      };
    },
    async tick({ table }, { rowId, title, ticked }) {
      const rows = rowsOf(table);
      const row = rows.get(rowId);
      if (row !== undefined) rows.set(rowId, { ...row, values: { ...row.values, [title]: ticked } });
    },
    async put({ table, columns }, entries) {
      const rows = rowsOf(table);
      const key = columns.find(({ written }) => written === 'key')?.title ?? '';
      for (const entry of entries) {
        const id = [...rows.values()].find(({ values }) => values[key] === entry[key])?.id ?? `rec${rows.size + 1}`;
        rows.set(id, { id, values: { ...rows.get(id)?.values, ...entry } });
      }
    },
    addressOf: (table) => `https://base.example/${table}`,
    check: async () => [],
  };

  return {
    port,
    /** Writes a row, by its id, as a person does. */
    put(table: string, row: TableRow): void {
      state.change += 1;
      changedAt.set(row.id, state.change);
      tables.set(table, (tables.get(table) ?? new Map<string, TableRow>()).set(row.id, row));
    },
    take(table: string, id: string): void {
      tables.get(table)?.delete(id);
    },
    row: (table: string, id: string) => tables.get(table)?.get(id)?.values ?? null,
    drop: (table: string) => void tables.delete(table),
    fail: (failure: Problem | null) => void (state.failure = failure),
    requests: () => state.requests,
  };
}

function tableMissing(table: string): Problem {
  return new Problem({
    code: 'store.table-missing',
    message: `The base has no table "${table}".`,
    fix: 'Bring it back.',
  });
}
