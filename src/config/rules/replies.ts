import { AGENT_REPLY, type Purpose, unfilledGaps } from '../replies.ts';
import type { ConfigFile, Written } from '../written/index.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';

/** One place of the config that names a template. */
interface Use extends Spot {
  purpose: Purpose;
  template: string | undefined;
}

/** Every place that names a template, and what for. */
function usesOf({ desk }: Written): readonly Use[] {
  return [
    {
      file: 'desk.yaml',
      path: ['intake', 'acknowledgement'],
      purpose: 'acknowledgement',
      template: desk.intake.acknowledgement ?? undefined,
    },
  ];
}

/** Each template that the config names is there, and has no gap that stays open where it is used. */
export const TEMPLATES: readonly Check[] = (['desk.yaml'] as const).map(templatesNamedIn);

function templatesNamedIn(file: ConfigFile): Check {
  return {
    reads: [file],
    look(config, report) {
      for (const use of usesOf(config.written)) if (use.file === file) checkUse(config, use, report);
    },
  };
}

function checkUse({ policy }: CheckedConfig, { template, purpose, ...spot }: Use, report: Report): void {
  const valid = Object.keys(policy.replies).filter((name) => name !== AGENT_REPLY);
  report.unknownName(spot, { written: template, valid, noun: 'a template in replies/' });
  const found = template === undefined || !valid.includes(template) ? undefined : policy.replies[template];
  if (found === undefined) return;
  for (const gap of unfilledGaps(found, purpose)) {
    const fix = `Take it out of replies/${found.name}.md, or name another template here.`;
    report.error(spot, `replies/${found.name}.md has the gap "${gap}", which nothing fills here`, fix);
  }
}
