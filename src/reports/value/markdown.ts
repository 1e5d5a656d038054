import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { markdownText } from '../markdown-text.ts';
import type { Span } from '../span.ts';
import { lengthWords } from '../words.ts';
import { type Agreement, compareShadow, readShadowWeek } from './shadow-week.ts';
import { readValue, type Value } from './value.ts';
import { ASSUMED, type AssumedName } from './what-if.ts';
import {
  agreementWords,
  ASSUMED_WORDS,
  betterWords,
  moneyWords,
  savedWords,
  SHADOW_FIELD_WORDS,
  sideWords,
  SOURCE_WORDS,
  sourceWords,
  totalWords,
} from './words.ts';

export interface ValueTold {
  config: Pick<LoadedConfig, 'policy' | 'reports'>;
  span: Span;
  now: Temporal.Instant;
}

/** What the desk is worth as a page of Markdown, with every assumption. */
export async function valueMarkdown(queries: Queries, told: ValueTold): Promise<string> {
  const { value, agreements } = await readTold(queries, told);
  const { from, until } = told.span;
  return `${[
    `# What it is worth: ${markdownText(told.config.policy.desk.name)}`,
    `From ${from.toString()} to ${until.subtract({ days: 1 }).toString()}. ${markdownText(totalWords(value))}`,
    ...(value.doubts.length === 0 ? [] : [value.doubts.map((doubt) => `- ${markdownText(doubt)}`).join('\n')]),
    '## Time saved',
    table(
      ['What', 'How it is worked out', 'Time'],
      value.savings.map(({ title, formula, minutes }) => [title, formula, savedWords(minutes)]),
    ),
    '## Before and now',
    table(['What', 'Before', 'Now', 'Difference'], comparisonRows(value)),
    ...(value.baseline.sources.length === 0
      ? []
      : [
          '## How it was before is from',
          value.baseline.sources
            .map((source) => `- **${SOURCE_WORDS[source.by]}**: ${markdownText(sourceWords(source))}`)
            .join('\n'),
        ]),
    '## What is taken for granted',
    table(['What', 'Taken as'], assumptionRows(value)),
    ...(agreements.length === 0
      ? []
      : ['## The shadow week', table(['What', 'Agreement', 'People took'], agreements.map(agreementRow))]),
  ].join('\n\n')}\n`;
}

/** The same as data, for scripts. */
export async function valueJson(queries: Queries, told: ValueTold): Promise<object> {
  const { value, agreements } = await readTold(queries, told);
  const { span, comparisons, baseline, savings, total, money, assumed, triageFrom, doubts } = value;
  return {
    from: span.from.toString(),
    until: span.until.subtract({ days: 1 }).toString(),
    comparisons: comparisons.map(({ figure, ...sides }) => ({ figure: figure.id, unit: figure.unit, ...sides })),
    baseline: baseline.sources,
    savings,
    total,
    money,
    assumptions: { ...assumed, triageFrom },
    doubts,
    shadow: agreements,
  };
}

async function readTold(queries: Queries, { config, span, now }: ValueTold) {
  const value = await readValue(queries, { span, now, settings: config.reports.value });
  const week = await readShadowWeek(queries, now);
  return { value, agreements: week === null ? [] : await compareShadow(queries, week) };
}

function comparisonRows({ comparisons }: Value): readonly (readonly string[])[] {
  return comparisons.map(({ figure, before, now, better, doubts }) => [
    figure.title,
    sideWords(figure, before),
    sideWords(figure, now),
    better === null ? 'nothing to compare' : [betterWords(figure, better), ...doubts].join('. ').replaceAll('..', '.'),
  ]);
}

function assumptionRows({ assumed }: Value): readonly (readonly string[])[] {
  return (Object.keys(ASSUMED) as AssumedName[]).map((name) => {
    const { title, unit } = ASSUMED_WORDS[name];
    const value = assumed[ASSUMED[name]];
    if (value === null) return [title, 'not said'];
    return [title, unit === 'minutes' ? lengthWords(value) : moneyWords(value, assumed.currency)];
  });
}

function agreementRow(agreement: Agreement): readonly string[] {
  const { field, peopleMinutes } = agreement;
  return [
    SHADOW_FIELD_WORDS[field],
    agreementWords(agreement),
    peopleMinutes === null ? 'not known' : lengthWords(peopleMinutes),
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(' | ')} |`;
  return [line(columns), `| ${columns.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}
