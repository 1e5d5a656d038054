import type { RowDatabase } from '../ports/row-database.ts';
import type { Connection } from './connection.ts';

/** Lends our database to the embedded store, through the one member that its port has. */
export function rowDatabase(connection: Connection): RowDatabase {
  return {
    async run(statement, parameters) {
      const { rows } = await connection.boss.executeSql(statement, [...parameters]);
      return rows;
    },
  };
}
