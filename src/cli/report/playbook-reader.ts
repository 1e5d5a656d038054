import type { Environment } from '../../config/environment.ts';
import type { LoadedConfig } from '../../config/live.ts';
import { openDatabase } from '../../db/open.ts';
import { Problem } from '../../domain/problem.ts';
import { playbookMarkdown } from '../../reports/playbook/markdown.ts';
import { readPlaybook } from '../../reports/playbook/playbook.ts';
import { askService } from '../running-service.ts';

/**
 * The playbook as Markdown, from the database or through the service that keeps the data folder for itself.
 *
 * @throws Problem `data.in-use` when that service does not answer
 */
export async function readPlaybookText(
  environment: Environment,
  config: LoadedConfig,
  now: Temporal.Instant,
): Promise<string> {
  const { DATABASE_URL: url, TABLEDESK_DATA: dataFolder } = environment;
  try {
    const connection = await openDatabase({ url, dataFolder });
    try {
      const playbook = await readPlaybook({ queries: connection.queries, config, now });
      return playbookMarkdown(playbook, config.policy.desk.name);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const answer = await askService(environment, '/api/reports/playbook');
    if (answer?.ok !== true) throw error;
    return answer.text();
  }
}
