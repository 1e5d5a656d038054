import { Command } from 'commander';
import type { MakeCommand } from './terminal.ts';

/** Reads the config as `start` would, and says everything that is wrong with it at once. */
export const checkCommand: MakeCommand = (terminal, exit) =>
  new Command('check')
    .description('check the config and say what is wrong, with file, line and column')
    .argument('[folder]', 'the config folder, when it is not the usual one')
    .action(async (folder: string | undefined) => {
      const { formatFinding, readFolder, readEnvironment } = await import('../main.ts');
      const { TABLEDESK_CONFIG } = readEnvironment(terminal.env);
      const result = await readFolder(folder ?? TABLEDESK_CONFIG, terminal.env);
      const findings = 'findings' in result ? result.findings : result.loaded.warnings;
      for (const finding of findings) terminal.stdout.write(`${formatFinding(finding)}\n`);
      const errors = findings.filter((finding) => finding.severity === 'error').length;
      terminal.stdout.write(summary(errors, findings.length - errors));
      exit(errors > 0 ? 1 : 0);
    });

function summary(errors: number, warnings: number): string {
  if (errors + warnings === 0) return 'The config is in order.\n';
  return `${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}.\n`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
