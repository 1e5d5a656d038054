import { Command, Option } from 'commander';
import { join } from 'node:path';
import type { Finding, LoadedConfig } from '../config/live.ts';
import type { MakeCommand, Terminal } from './terminal.ts';

/** How findings are written: for people, for scripts, or as GitHub marks them in a change. */
const FORMATS = ['text', 'json', 'github'] as const;
type Format = (typeof FORMATS)[number];

interface Asked {
  format: Format;
  json: boolean;
  history: boolean;
}

/** Reads the config as `start` would, and says everything that is wrong with it at once. */
export const checkCommand: MakeCommand = (terminal, exit) =>
  new Command('check')
    .description('check the config and say what is wrong, with file, line and column')
    .argument('[folder]', 'the config folder, when it is not the usual one')
    .addOption(
      new Option('--format <format>', 'as text, as JSON, or as GitHub marks lines').choices(FORMATS).default('text'),
    )
    .option('--json', 'the same as --format json', false)
    .option('--history', 'also say which rules have had nothing to do for 90 days on this desk', false)
    .action(async (folder: string | undefined, { format, json, history }: Asked) => {
      const { formatFinding, readFolder, readEnvironment } = await import('../main.ts');
      const { TABLEDESK_CONFIG } = readEnvironment(terminal.env);
      const result = await readFolder(folder ?? TABLEDESK_CONFIG, terminal.env);
      const unused =
        history && 'loaded' in result ? await unusedFindings(result.loaded, folder ?? TABLEDESK_CONFIG, terminal) : [];
      const findings = 'findings' in result ? result.findings : [...result.loaded.warnings, ...unused];
      const errors = findings.filter((finding) => finding.severity === 'error').length;
      if (json || format === 'json') terminal.stdout.write(`${JSON.stringify({ errors, findings }, null, 2)}\n`);
      else {
        const written = format === 'github' ? annotation : formatFinding;
        for (const finding of findings) terminal.stdout.write(`${written(finding)}\n`);
        terminal.stdout.write(summary(errors, findings.length - errors));
      }
      exit(errors > 0 ? 1 : 0);
    });

/** What the decisions of the desk tell of its rules; nothing before there are 90 days of them. */
async function unusedFindings(
  config: LoadedConfig,
  folder: string,
  { env }: Pick<Terminal, 'env'>,
): Promise<readonly Finding[]> {
  const [{ readEnvironment, realTime }, { readReport }, { readPlaybook, unusedRules }, { placeOfRule }] =
    await Promise.all([
      import('../main.ts'),
      import('./report/report-reader.ts'),
      import('../reports/playbook/playbook.ts'),
      import('../reports/playbook/rule-place.ts'),
    ]);
  const text = await readReport(readEnvironment(env), {
    read: async (queries) => JSON.stringify(unusedRules(await readPlaybook({ queries, config, now: realTime() }))),
    address: '/api/reports/unused-rules',
  });
  const rules = JSON.parse(text) as ReturnType<typeof unusedRules>;
  return rules.flatMap(({ sentence, ...rule }) => {
    const place = placeOfRule(config.files, rule);
    if (place === null) return [];
    const { file, line } = place;
    const column = (config.files[file]?.split('\n')[line - 1]?.search(/[^\s-]/) ?? 0) + 1;
    const message = `"${rule.name}" ${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/;.*$/, '')}`;
    const fix = 'See whether anything still needs it, and take it out or say on the page Playbook that you looked.';
    return [{ severity: 'warning', file: join(folder, file), line, column, path: '', message, fix }];
  });
}

/**
 * A line that GitHub shows beside the line that it is about.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function annotation({ severity, file, line, column, path, message, fix }: Finding): string {
  const title = path === '' ? '' : `,title=${property(path)}`;
  const said = `${message}. ${fix}`.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${severity} file=${property(file)},line=${line},col=${column}${title}::${said}`;
}

function property(text: string): string {
  const signs: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };
  return text.replace(/[%\r\n:,]/g, (sign) => signs[sign] ?? sign);
}

function summary(errors: number, warnings: number): string {
  if (errors + warnings === 0) return 'The config is in order.\n';
  return `${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}.\n`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
