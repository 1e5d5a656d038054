import type { TableRow } from '../../src/ports/store-tables.ts';
import type { Cell } from '../../src/ports/ticket-store.ts';

/** The smallest desk on a base that has tables beside the tickets' own. */
export const ON_TABLES = { 'desk.yaml': 'name: Harbour\ntimeZone: Europe/Berlin\nstore: { kind: base }\n' };

/** Rows of a table, one for each of these. */
export function anAgentsTable(...rows: readonly Readonly<Record<string, Cell>>[]): readonly TableRow[] {
  return rows.map((values, index) => ({ id: `rec${index + 1}`, values }));
}
