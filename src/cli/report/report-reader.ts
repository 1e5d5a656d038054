import type { Environment } from '../../config/environment.ts';
import type { LoadedConfig } from '../../config/live.ts';
import type { Connection, Queries } from '../../db/connection.ts';
import { openDatabase } from '../../db/open.ts';
import { Problem } from '../../domain/problem.ts';
import { ConfigRefused, readEnvironment, readFolder } from '../../main.ts';
import { askService } from '../running-service.ts';
import type { Terminal } from '../terminal.ts';

/** A report as text, and where the service has it. */
export interface ReportSource {
  read(queries: Queries): Promise<string>;
  /** In the API. */
  address: string;
}

/** The same of what is too long to be had at once. */
export interface PiecesSource {
  read(queries: Queries): AsyncIterable<string>;
  address: string;
}

/** The environment and the config of the desk. Throws `config.refused`. */
export async function readDesk({
  env,
}: Pick<Terminal, 'env'>): Promise<{ environment: Environment; config: LoadedConfig }> {
  const environment = readEnvironment(env);
  const read = await readFolder(environment.TABLEDESK_CONFIG, env);
  if ('findings' in read) throw new ConfigRefused(environment.TABLEDESK_CONFIG, read.findings);
  return { environment, config: read.loaded };
}

/**
 * A report from the database, or through the service that keeps the data folder for itself.
 *
 * @throws Problem `data.in-use` when that service does not answer
 */
export async function readReport(environment: Environment, { read, address }: ReportSource): Promise<string> {
  const pieces = readPieces(environment, {
    async *read(queries) {
      yield await read(queries);
    },
    address,
  });
  return (await Array.fromAsync(pieces)).join('');
}

/**
 * The same, piece by piece.
 *
 * @throws Problem `data.in-use` when that service does not answer
 */
export async function* readPieces(environment: Environment, { read, address }: PiecesSource): AsyncGenerator<string> {
  const connection = await openUnlessInUse(environment);
  if (connection instanceof Problem) {
    const answer = await askService(environment, address);
    if (answer?.ok !== true || answer.body === null) throw connection;
    yield* answer.body.pipeThrough(new TextDecoderStream('utf-8', { ignoreBOM: true }));
    return;
  }
  try {
    yield* read(connection.queries);
  } finally {
    await connection.close();
  }
}

/** The database; the problem where a service has it already. */
async function openUnlessInUse({
  DATABASE_URL: url,
  TABLEDESK_DATA: dataFolder,
}: Environment): Promise<Connection | Problem> {
  try {
    return await openDatabase({ url, dataFolder });
  } catch (error) {
    if (error instanceof Problem && error.code === 'data.in-use') return error;
    throw error;
  }
}
