import type { Source } from './webhooks/webhook.ts';
import type { Base, Cell, Field, FieldType, Row, Table, World } from './world.ts';

/** What happened to one table. */
export interface TableChange {
  table: Table;
  created: Row[];
  /** What changed cells held before. */
  changed: Map<Row, Map<string, Cell | undefined>>;
  destroyed: string[];
  createdFields: Field[];
  changedFields: Map<Field, { name: string; type: FieldType }>;
  destroyedFieldIds: string[];
  previousName: string | null;
}

/** Everything that one request or one person's action changes. Webhooks hear of it as one payload. */
export interface Transaction {
  world: World;
  base: Base;
  source: Source;
  userId: string;
  at: number;
  tables: Map<Table, TableChange>;
  createdTables: Table[];
}
