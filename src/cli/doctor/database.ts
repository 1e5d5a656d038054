import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import type { Connection } from '../../db/connection.ts';
import { pendingMigrations } from '../../db/migrate.ts';
import { openPglite } from '../../db/pglite.ts';
import { openPostgres } from '../../db/postgres.ts';
import { Problem } from '../../domain/problem.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';

/** The database as it was found. */
export interface Found {
  checkUp: CheckUp;
  /** Null when it cannot be used now: it is not made yet, or a service has it for itself. */
  connection: Connection | null;
  /** Whether a service runs that has the data folder. */
  isServed: boolean;
}

/** Looks whether the database is there and ours. Changes nothing in it. */
export async function findDatabase({ DATABASE_URL: url, TABLEDESK_DATA: dataFolder }: Environment): Promise<Found> {
  if (url !== undefined) return look(openPostgres(url));
  // The engine makes a database where there is none; the first start is to do that.
  if (!existsSync(join(dataFolder, 'database', 'PG_VERSION'))) {
    return unusable(good('Database', 'There is none yet; the first start makes it.'));
  }
  try {
    return await look(await openPglite(dataFolder));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'data.in-use') return unusable(bad('Database', error));
    const message = `Embedded, in ${dataFolder}; a process of Tabledesk runs and has it.`;
    return { checkUp: good('Database', message), connection: null, isServed: true };
  }
}

async function look(connection: Connection): Promise<Found> {
  try {
    const pending = await pendingMigrations(connection);
    if (pending === 0) {
      return { checkUp: good('Database', `${titleOf(connection)}, up to date.`), connection, isServed: false };
    }
    await connection.close();
    if (pending === null) return unusable(good('Database', `${titleOf(connection)}, empty; the first start fills it.`));
    return unusable(
      warning('Database', {
        message: `${titleOf(connection)}, of an earlier version of Tabledesk.`,
        fix: 'Nothing is to be done but to start: that brings it up to date. Keep a copy from before, as there is no way back.',
      }),
    );
  } catch (error) {
    await connection.close();
    if (error instanceof Problem) return unusable(bad('Database', error));
    return unusable(bad('Database', unreachable(connection, error)));
  }
}

function unusable(checkUp: CheckUp): Found {
  return { checkUp, connection: null, isServed: false };
}

function titleOf({ engine, place }: Connection): string {
  return engine === 'pglite' ? `Embedded, in ${place}` : `PostgreSQL at ${place}`;
}

/** Drivers hide the cause: the last one in the chain is what the server, or the network, said. */
function unreachable(connection: Connection, error: unknown) {
  return {
    message: `${titleOf(connection)} cannot be used: ${deepest(error)}.`,
    fix: 'Check DATABASE_URL, that the server runs, and that it lets this machine and user in.',
  };
}

function deepest(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return deepest(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return deepest(error.cause);
  return error instanceof Error ? error.message : String(error);
}
