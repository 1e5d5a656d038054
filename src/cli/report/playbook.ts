import { Command } from 'commander';
import type { MakeCommand } from '../terminal.ts';

/** The config as a playbook that people can read, in Markdown. */
export const playbookReport: MakeCommand = (terminal) =>
  new Command('playbook')
    .description('every rule in words, with how often it fired, was overridden and reviewed, as Markdown')
    .action(async () => {
      const [{ realTime }, { readDesk, readReport }, { readPlaybook }, { playbookMarkdown }] = await Promise.all([
        import('../../main.ts'),
        import('./report-reader.ts'),
        import('../../reports/playbook/playbook.ts'),
        import('../../reports/playbook/markdown.ts'),
      ]);
      const { environment, config } = await readDesk(terminal);
      const text = await readReport(environment, {
        async read(queries) {
          const playbook = await readPlaybook({ queries, config, now: realTime() });
          return playbookMarkdown(playbook, config.policy.desk.name);
        },
        address: '/api/reports/playbook',
      });
      terminal.stdout.write(text);
    });
