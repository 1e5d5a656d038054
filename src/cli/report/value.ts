import { Command, Option } from 'commander';
import { NAMED_SPANS, type NamedSpan, spanNamed } from '../../reports/span.ts';
import type { MakeCommand } from '../terminal.ts';

/** What the desk is worth, in Markdown or as JSON. */
export const valueReport: MakeCommand = (terminal) =>
  new Command('value')
    .description('time saved, reassignments avoided and first answers sooner than before, with every assumption')
    .addOption(
      new Option('--span <name>', 'of when')
        .choices(Object.keys(NAMED_SPANS))
        .default('last_4_weeks' satisfies NamedSpan),
    )
    .option('--json', 'as JSON, for scripts', false)
    .action(async ({ span: name, json }: { span: NamedSpan; json: boolean }) => {
      const [{ realTime }, { readDesk, readReport }, { valueJson, valueMarkdown }] = await Promise.all([
        import('../../main.ts'),
        import('./report-reader.ts'),
        import('../../reports/value/markdown.ts'),
      ]);
      const { environment, config } = await readDesk(terminal);
      const now = realTime();
      const told = { config, span: spanNamed(name, now, config.policy.desk.timeZone), now };
      const text = await readReport(environment, {
        read: async (queries) => (json ? JSON.stringify(await valueJson(queries, told)) : valueMarkdown(queries, told)),
        address: `/api/reports/value?span=${name}${json ? '&format=json' : ''}`,
      });
      terminal.stdout.write(json ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text);
    });
