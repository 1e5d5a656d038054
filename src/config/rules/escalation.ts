import { columnOf } from '../../decide/conditions/fields.ts';
import { fieldsRead } from '../../decide/conditions/index.ts';
import { POLICY_METRICS } from '../../domain/clock.ts';
import { listOf, minutesOf } from '../written/words.ts';
import type { Check } from './check.ts';
import { isAlways } from './implication.ts';

/** What an escalation itself changes, so that asking for it would have it fire because it fired. */
const ITS_OWN: ReadonlySet<string> = new Set(['escalationLevel', 'accountable']);

/** A definition that asks for nothing would escalate every ticket as it comes in. */
export const ESCALATION_ASKS: Check = {
  reads: ['escalation.yaml', 'people.yaml'],
  look({ policy }, report) {
    policy.escalation.definitions.forEach(({ name, when, after }, index) => {
      if (after.length > 0 || !isAlways(when)) return;
      report.error(
        { file: 'escalation.yaml', path: ['escalations', index] },
        `"${name}" asks for nothing, so that every ticket would be escalated`,
        'Say under when which tickets it is for, or under after what must have happened.',
      );
    });
  },
};

/** An escalation that asks for what it sets would begin and end by itself for ever. */
export const ESCALATION_NOT_ITSELF: Check = {
  reads: ['escalation.yaml'],
  look({ policy }, report) {
    policy.escalation.definitions.forEach(({ when }, index) => {
      const own = fieldsRead(when).find((field) => columnOf(field) === null && ITS_OWN.has(field));
      if (own === undefined) return;
      report.error(
        { file: 'escalation.yaml', path: ['escalations', index, 'when'] },
        `an escalation cannot ask for ${own}, which it sets itself`,
        'For a second level, write a definition of level: 2 that asks for more, such as a larger share or a longer time.',
      );
    });
  },
};

export const ESCALATION_TIMES: Check = {
  reads: ['escalation.yaml'],
  look({ written }, report) {
    written.escalation.escalations.forEach(({ after = [] }, index) => {
      for (const trigger of listOf(after)) {
        for (const key of ['noProgress', 'waiting'] as const) {
          const duration = trigger[key];
          if (duration === undefined || minutesOf(duration) > 0) continue;
          const spot = { file: 'escalation.yaml', path: ['escalations', index, 'after'] } as const;
          report.error(spot, `${key} of no time would escalate every ticket at once`, 'Give at least 1m.');
        }
      }
    });
  },
};

/** A clock that no policy has is never used up. */
export const ESCALATION_CLOCKS: Check = {
  reads: ['escalation.yaml', 'sla.yaml'],
  look({ written, policy }, report) {
    const promised = new Set(policy.sla.policies.flatMap(({ targets }) => targets.map(({ metric }) => metric)));
    written.escalation.escalations.forEach(({ after = [] }, index) => {
      for (const { slaUsed = {} } of listOf(after)) {
        const missing = POLICY_METRICS.find((metric) => slaUsed[metric] !== undefined && !promised.has(metric));
        if (missing === undefined) continue;
        report.warning(
          { file: 'escalation.yaml', path: ['escalations', index, 'after'] },
          `no policy in sla.yaml promises ${missing}, so that this never fires`,
          promised.size === 0 ? 'Promise it there.' : `Promise it there, or ask for ${[...promised].join(', ')}.`,
        );
      }
    });
  },
};

/** Who says that a person alone ends it, and that something else does, has not decided. */
export const ESCALATION_ENDS: Check = {
  reads: ['escalation.yaml'],
  look({ policy }, report) {
    policy.escalation.definitions.forEach(({ until }, index) => {
      if (!until.includes('by_hand') || until.length === 1) return;
      report.error(
        { file: 'escalation.yaml', path: ['escalations', index, 'until'] },
        'by_hand says that nothing but a person ends it, and stands with what ends it by itself',
        'Write by_hand alone, or take it out: a person can end any escalation.',
      );
    });
  },
};
