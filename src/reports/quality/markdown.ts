import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { series } from '../../domain/sentences/words.ts';
import { ticketName } from '../../domain/ticket.ts';
import { markdownText } from '../markdown-text.ts';
import { diffOfFiles } from '../playbook/line-diff.ts';
import { unitWords } from '../words.ts';
import { countsOf } from './cases.ts';
import { CHECK_IDS, type FileChange, type Finding, type Scope } from './check.ts';
import { CHECKS } from './checks.ts';
import { type Quality, readQuality } from './quality.ts';
import { ticketsOf } from './tickets-of.ts';

/** Tickets that are named with a finding; the console has all of them. */
const MOST_NAMED = 5;

/** The findings of a period as a page of Markdown, for a wiki, a chat or a printer. */
export async function qualityMarkdown(
  queries: Queries,
  { config, scope }: { config: Pick<LoadedConfig, 'policy' | 'files'>; scope: Scope },
): Promise<string> {
  const quality = await readQuality(queries, { config, scope });
  const { name, prefix } = config.policy.desk;
  const { from, until } = scope.span;
  const parts = [
    `# What to mend: ${markdownText(name)}`,
    `From ${from.toString()} to ${until.subtract({ days: 1 }).toString()}. ${quality.findings.length === 0 ? 'Nothing stands out by more than chance would do.' : 'Only what chance would not do.'}`,
  ];
  for (const { title, findings } of quality.findings) {
    parts.push(`## ${title}`);
    for (const finding of findings) {
      const tickets = await ticketsOf(queries, finding.behind, { scope, most: MOST_NAMED });
      parts.push(
        findingMarkdown(
          finding,
          tickets.map((number) => ticketName(prefix, number)),
        ),
      );
    }
  }
  return `${[...parts, '## What was looked at', countsOfChecks(quality).join('\n')].join('\n\n')}\n`;
}

function findingMarkdown({ says, rule, proposal, change, cases }: Finding, tickets: readonly string[]): string {
  const others = cases - tickets.length;
  const named = series(others > 0 ? [...tickets, `${others} more`] : tickets, { most: MOST_NAMED + 1 });
  return [
    `**${markdownText(says)}**`,
    [
      ...(rule === null
        ? []
        : [`- **Rule** ${markdownText(rule.name)}, ${rule.place ?? 'which the config has no more'}`]),
      `- **Do** ${markdownText(proposal)}`,
      ...(tickets.length === 0 ? [] : [`- **Tickets** ${named}`]),
    ].join('\n'),
    ...(change === null ? [] : [`\`\`\`diff\n${changedLines(change).join('\n')}\n\`\`\``]),
  ].join('\n\n');
}

/** The lines that a proposal changes, as `- before` and `+ after`. */
export function changedLines({ file, before, after }: FileChange): readonly string[] {
  const lines = diffOfFiles({ [file]: before }, { [file]: after }).flatMap(({ hunks }) => hunks.flat());
  return lines.map((line) => `${line.before === null ? '+' : line.after === null ? '-' : ' '} ${line.text}`);
}

function countsOfChecks({ groups }: Quality): readonly string[] {
  return CHECK_IDS.map((id) => {
    const { cases, good, bad } = countsOf(groups[id]);
    const share =
      good + bad === 0
        ? 'none of which can be told'
        : `${unitWords('share', good / (good + bad))} of ${good + bad} right`;
    return `- **${CHECKS[id].title}**: ${cases} looked at, ${share}.`;
  });
}
