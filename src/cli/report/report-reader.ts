import type { Environment } from '../../config/environment.ts';
import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
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
  const { DATABASE_URL: url, TABLEDESK_DATA: dataFolder } = environment;
  try {
    const connection = await openDatabase({ url, dataFolder });
    try {
      return await read(connection.queries);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const answer = await askService(environment, address);
    if (answer?.ok !== true) throw error;
    return answer.text();
  }
}
