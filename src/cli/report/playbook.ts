import { Command } from 'commander';
import type { MakeCommand } from '../terminal.ts';

/** The config as a playbook that people can read, in Markdown. */
export const playbookReport: MakeCommand = (terminal) =>
  new Command('playbook')
    .description('every rule in words, with how often it fired, was overridden and reviewed, as Markdown')
    .action(async () => {
      const [{ ConfigRefused, readEnvironment, readFolder, realTime }, { readPlaybookText }] = await Promise.all([
        import('../../main.ts'),
        import('./playbook-reader.ts'),
      ]);
      const environment = readEnvironment(terminal.env);
      const read = await readFolder(environment.TABLEDESK_CONFIG, terminal.env);
      if ('findings' in read) throw new ConfigRefused(environment.TABLEDESK_CONFIG, read.findings);
      terminal.stdout.write(await readPlaybookText(environment, read.loaded, realTime()));
    });
