import { Command } from 'commander';
import type { LoadedConfig } from '../../config/live.ts';
import type { MakeCommand } from '../terminal.ts';
import type { ReportSource } from './report-reader.ts';

/** The config as a playbook that people can read, in Markdown. */
export const playbookReport: MakeCommand = (terminal) =>
  new Command('playbook')
    .description('every rule in words, with how often it fired, was overridden and reviewed, as Markdown')
    .action(async () => {
      const [{ realTime }, { readDesk, readReport }] = await Promise.all([
        import('../../main.ts'),
        import('./report-reader.ts'),
      ]);
      const { environment, config } = await readDesk(terminal);
      terminal.stdout.write(await readReport(environment, playbookSource(config, realTime())));
    });

/** Where the playbook is read from. */
export function playbookSource(config: LoadedConfig, now: Temporal.Instant): ReportSource {
  return {
    async read(queries) {
      const [{ readPlaybook }, { playbookMarkdown }] = await Promise.all([
        import('../../reports/playbook/playbook.ts'),
        import('../../reports/playbook/markdown.ts'),
      ]);
      return playbookMarkdown(await readPlaybook({ queries, config, now }), config.policy.desk.name);
    },
    address: '/api/reports/playbook',
  };
}
