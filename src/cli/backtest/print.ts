import { assumptionsOf } from '../../backtest/assumptions.ts';
import type { BacktestResult, Window } from '../../backtest/index.ts';
import { changedLine, figuresOf, shownDiff } from '../../backtest/words.ts';

/** So many tickets are printed one by one; JSON has more. */
const MOST_PRINTED = 50;

export interface Written {
  result: BacktestResult;
  /** Sentences about the thresholds that are crossed. */
  worse: readonly string[];
  prefix: string;
  timeZone: string;
}

/** Which tickets the options mean. A day is one of the desk. */
export function windowOf({ last, since }: { last: number; since?: Temporal.PlainDate }, timeZone: string): Window {
  return since === undefined ? { last } : { since: since.toZonedDateTime(timeZone).toInstant() };
}

export function asJson({ result, worse }: Written): string {
  return `${JSON.stringify({ ...result, assumptions: assumptionsOf(result.summary), worse }, null, 2)}\n`;
}

export function asText(written: Written): string {
  const { result, worse } = written;
  const parts = [
    changedLine(result),
    ...figuresOf(result.summary).map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join('\n')),
    ...ticketsText(written),
    ['What is assumed', ...assumptionsOf(result.summary).map((line) => `  ${line}`)].join('\n'),
    ...(worse.length === 0 ? [] : [['Worse than allowed', ...worse.map((line) => `  ${line}`)].join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function ticketsText({ result, prefix, timeZone }: Written): readonly string[] {
  const shown = result.diffs.slice(0, MOST_PRINTED).flatMap((diff) => {
    const { head, lines } = shownDiff(diff, { prefix, timeZone });
    return [`  ${head}`, ...lines.map((line) => `    ${line}`)];
  });
  return shown.length === 0 ? [] : [['Tickets', ...shown, ...more(result)].join('\n')];
}

export function asMarkdown(written: Written): string {
  const { result, worse, prefix, timeZone } = written;
  const parts = [
    `## Backtest\n\n${escaped(changedLine(result))}`,
    ...(worse.length === 0 ? [] : [`**Worse than allowed**\n\n${list(worse)}`]),
    ...figuresOf(result.summary).map(({ title, lines }) => `**${title}**\n\n${list(lines)}`),
    ...(result.diffs.length === 0 ? [] : ['**Tickets**']),
    ...result.diffs.slice(0, MOST_PRINTED).map((diff) => {
      const { head, lines } = shownDiff(diff, { prefix, timeZone });
      return `- ${escaped(head)}\n${lines.map((line) => `  - ${escaped(line)}`).join('\n')}`;
    }),
    ...more(result).map(escaped),
    `**What is assumed**\n\n${list(assumptionsOf(result.summary))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escaped(line)}`).join('\n');
}

/** Subjects are customers' words, and stand here as they are. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#!~@]/g, String.raw`\$&`);
}

function more({ summary, diffs }: BacktestResult): readonly string[] {
  const left = summary.changed - Math.min(diffs.length, MOST_PRINTED);
  return left > 0 ? [`and ${left.toLocaleString('en-GB')} more; --json has up to 2,000 of them.`] : [];
}
