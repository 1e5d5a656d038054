import { Command, InvalidArgumentError } from 'commander';
import { weekAsked, weekNamed } from '../../reports/weekly/week.ts';
import type { MakeCommand } from '../terminal.ts';

/** The weekly review, in Markdown. */
export const weeklyReport: MakeCommand = (terminal) =>
  new Command('weekly')
    .description('the key figures of a week and every ticket that is open over 24 hours, as Markdown')
    .option('--week <week>', 'such as 2026-W47; left out, the last that is over', nameOf)
    .action(async ({ week: name = '' }: { week?: string }) => {
      const [{ realTime }, { readDesk, readReport }, { weeklyMarkdown }] = await Promise.all([
        import('../../main.ts'),
        import('./report-reader.ts'),
        import('../../reports/weekly/markdown.ts'),
      ]);
      const { environment, config } = await readDesk(terminal);
      const publicAddress = environment.PUBLIC_URL?.replace(/\/+$/, '') ?? null;
      const now = realTime();
      const week = weekAsked(name, now, config.policy.desk.timeZone) ?? noWeek();
      const text = await readReport(environment, {
        read: (queries) => weeklyMarkdown(queries, { config, publicAddress, now, week }),
        address: `/api/reports/weekly?week=${week.name}`,
      });
      terminal.stdout.write(text);
    });

function nameOf(written: string): string {
  return weekNamed(written, 'UTC')?.name ?? noWeek();
}

function noWeek(): never {
  throw new InvalidArgumentError('A week is a year and one of its weeks, such as 2026-W47.');
}
