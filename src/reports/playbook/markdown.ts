import { capital } from '../../domain/sentences/words.ts';
import { markdownText } from '../markdown-text.ts';
import { dayOf, WINDOWS } from './figures.ts';
import type { Playbook, PlaybookRule } from './playbook.ts';
import { REVIEW_PARTS } from './review.ts';

/** The playbook as a page of Markdown, for a wiki, a repository or a printer. */
export function playbookMarkdown(playbook: Playbook, deskName: string): string {
  const { version, at, chapters, isBehind } = playbook;
  const dues = chapters.flatMap(({ rules }) => rules.flatMap((rule) => rule.dues.map((due) => ({ rule, due }))));
  return (
    [
      `# Playbook of ${markdownText(deskName)}`,
      `Made from config ${version} on ${dayOf(at).toString()}. Counts are of the last ${WINDOWS.join(', ')} days.` +
        (isBehind ? ' Older decisions are still being counted.' : ''),
      ...(dues.length === 0
        ? []
        : [
            '## To be looked at',
            dues
              .map(({ rule, due }) => `- **${markdownText(rule.name)}** (${due.part}): ${markdownText(due.why)}`)
              .join('\n'),
          ]),
      ...chapters.flatMap(({ title, about, rules }) => [`## ${title}`, about, ...rules.map(ruleMarkdown)]),
    ].join('\n\n') + '\n'
  );
}

function ruleMarkdown(rule: PlaybookRule): string {
  const { name, why, owner, trigger, logic, exception, place, uses } = rule;
  const counts = (of: PlaybookRule['uses']['fired']) => WINDOWS.map((window) => of[window]).join(', ');
  const lines = [
    `- **When** ${markdownText(trigger)}`,
    `- **Then** ${markdownText(logic.join(' '))}`,
    `- **Otherwise** ${markdownText(exception)}`,
    `- **Ask** ${owner === null ? 'whoever keeps the config' : markdownText(owner)}; it stands in ${place}`,
    rule.isUncounted === true
      ? '- **Fired** is not counted, as no decision names it'
      : `- **Fired** ${counts(uses.fired)}; changed by people ${counts(uses.overridden)}; last ${uses.lastAt === null ? 'never' : dayOf(uses.lastAt).toString()}`,
    ...REVIEW_PARTS.flatMap((part) => reviewLine(rule, part)),
  ];
  return [`### ${markdownText(name)}`, ...(why === null ? [] : [markdownText(why)]), lines.join('\n')].join('\n\n');
}

function reviewLine({ last, next }: PlaybookRule, part: (typeof REVIEW_PARTS)[number]): readonly string[] {
  const [seen, due] = [last[part], next[part]];
  if (seen === undefined && due === null) return [];
  const words = [
    seen === undefined ? 'never looked at' : `looked at by ${markdownText(seen.by)} on ${dayOf(seen.at).toString()}`,
    due === null ? 'nothing to look at' : `next by ${dayOf(due).toString()}`,
  ];
  return [`- **${capital(part)}** ${words.join('; ')}`];
}
