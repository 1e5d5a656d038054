import { Command, Option } from 'commander';
import { NAMED_SPANS, type NamedSpan, spanNamed } from '../../reports/span.ts';
import type { MakeCommand } from '../terminal.ts';

/** What the quality checks found, in Markdown. */
export const qualityReport: MakeCommand = (terminal) =>
  new Command('quality')
    .description('which rules, replies and categories to mend, with the tickets that show it, as Markdown')
    .addOption(
      new Option('--span <name>', 'of when')
        .choices(Object.keys(NAMED_SPANS))
        .default('last_90_days' satisfies NamedSpan),
    )
    .action(async ({ span: name }: { span: NamedSpan }) => {
      const [{ realTime }, { readDesk, readReport }, { qualityMarkdown }] = await Promise.all([
        import('../../main.ts'),
        import('./report-reader.ts'),
        import('../../reports/quality/markdown.ts'),
      ]);
      const { environment, config } = await readDesk(terminal);
      const now = realTime();
      const span = spanNamed(name, now, config.policy.desk.timeZone);
      const text = await readReport(environment, {
        read: (queries) => qualityMarkdown(queries, { config, scope: { span, among: {}, now } }),
        address: `/api/reports/quality?span=${name}`,
      });
      terminal.stdout.write(text);
    });
