import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { is, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/db/rows-of.ts';
import * as schema from '../../src/db/schema.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

const TABLES = Object.values(schema).filter((value) => is(value, PgTable));

describe.each(ENGINES)('the tables on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());

  it.each(TABLES.map((table) => [getTableConfig(table).name, table] as const))(
    '%s has the columns that the migrations make, and no others',
    async (name, table) => {
      const described = getTableConfig(table).columns.map(
        (column) => `${column.name}${column.notNull ? ' not null' : ''}`,
      );
      const result = await database.connection.queries.execute(sql`
        select column_name || case is_nullable when 'NO' then ' not null' else '' end as line
        from information_schema.columns where table_schema = 'public' and table_name = ${name}
      `);
      expect(described.sort()).toEqual(
        rowsOf<{ line: string }>(result)
          .map((row) => row.line)
          .sort(),
      );
    },
  );
});
