import type { ReplyTemplate } from '../../decide/policy.ts';
import { versionOf } from '../../decide/replies.ts';
import { NO_LETTER } from '../policy/escalation.ts';
import { AGENT_REPLY, gapNames, type Purpose, unfilledGaps } from '../replies.ts';
import type { ConfigFile, Written } from '../written/index.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';

/** One place of the config that names a template. */
interface Use extends Spot {
  purpose: Purpose;
  template: string | undefined;
}

/** What every answer without a person must say: what it answers, and how to reach one. */
const ANSWER_NEEDS = ['article.text', 'answer.person'];

/** Every place that names a template, and what for. */
function usesOf({ desk, intake, routing, escalation, triage, followUp }: Written): readonly Use[] {
  const incidents = { file: 'triage.yaml', purpose: 'incident' } as const;
  return [
    { ...incidents, path: ['incidents', 'template'], template: triage.incidents?.template },
    { ...incidents, path: ['incidents', 'resolvedTemplate'], template: triage.incidents?.resolvedTemplate },
    ...followUpUses(followUp),
    {
      file: 'desk.yaml',
      path: ['intake', 'acknowledgement'],
      purpose: 'acknowledgement',
      template: desk.intake.acknowledgement ?? undefined,
    },
    ...intake.clarify.map(({ template }, index): Use => ({
      file: 'intake.yaml',
      path: ['clarify', index, 'template'],
      purpose: 'clarification',
      template,
    })),
    ...Object.entries(triage.selfService).map(([category, { template, withArticle }]): Use => ({
      file: 'triage.yaml',
      path: ['selfService', category, 'template'],
      purpose: withArticle === undefined ? 'selfService' : 'articleAnswer',
      template,
    })),
    ...routing.handoffs.map(({ customer }, index): Use => ({
      file: 'routing.yaml',
      path: ['handoffs', index, 'customer'],
      purpose: 'handoff',
      template: customer === 'none' ? undefined : customer,
    })),
    ...escalation.escalations.map(({ customer }, index): Use => ({
      file: 'escalation.yaml',
      path: ['escalations', index, 'customer'],
      purpose: 'escalation',
      template: customer === NO_LETTER ? undefined : customer,
    })),
  ];
}

function followUpUses({ silence, summary, checkIns, survey }: Written['followUp']): readonly Use[] {
  const file = 'follow-up.yaml';
  return [
    { file, path: ['silence', 'reminder'], purpose: 'reminder', template: silence?.reminder },
    { file, path: ['summary', 'template'], purpose: 'summary', template: summary?.template },
    ...checkIns.map(({ template }, index): Use => {
      return { file, path: ['checkIns', index, 'template'], purpose: 'checkIn', template };
    }),
    { file, path: ['survey', 'template'], purpose: 'survey', template: survey?.template },
  ];
}

/** Each template that the config names is there, and has no gap that stays open where it is used. */
export const TEMPLATES: readonly Check[] = (
  ['desk.yaml', 'intake.yaml', 'triage.yaml', 'routing.yaml', 'escalation.yaml', 'follow-up.yaml'] as const
).map(templatesNamedIn);

function templatesNamedIn(file: ConfigFile): Check {
  return {
    reads: [file],
    look(config, report) {
      for (const use of usesOf(config.written)) if (use.file === file) checkUse(config, use, report);
    },
  };
}

function checkUse({ policy }: CheckedConfig, { template, purpose, ...spot }: Use, report: Report): void {
  const all = Object.values(policy.replies).map((version) => ({ version, ...versionOf(version.name) }));
  const valid = all.filter(({ reply, language }) => language === null && reply !== AGENT_REPLY);
  const names = valid.map(({ reply }) => reply);
  report.unknownName(spot, { written: template, valid: names, noun: 'a template in replies/' });
  if (template === undefined || !names.includes(template)) return;
  for (const { version } of all.filter(({ reply }) => reply === template))
    checkVersion(version, purpose, { spot, report });
}

function checkVersion(
  version: ReplyTemplate,
  purpose: Purpose,
  { spot, report }: { spot: Spot; report: Report },
): void {
  const file = `replies/${version.name}.md`;
  for (const gap of unfilledGaps(version, purpose)) {
    const fix = `Take it out of ${file}, or name another template here.`;
    report.error(spot, `${file} has the gap "${gap}", which nothing fills here`, fix);
  }
  for (const gap of purpose === 'articleAnswer'
    ? ANSWER_NEEDS.filter((each) => !gapNames(version).includes(each))
    : []) {
    const fix = `Write {{ ${gap} }} into ${file}.`;
    report.error(spot, `${file} lacks the gap "${gap}", without which no article answers by itself`, fix);
  }
  if (version.subject !== '') return;
  report.error(
    spot,
    `${file} has no subject, as only agents take it`,
    `Give it a subject, or name another template here.`,
  );
}
