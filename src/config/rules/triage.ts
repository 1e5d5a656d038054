import { fixOfName } from '../finding.ts';
import type { Check } from './check.ts';

/** More than these, and people and models alike choose at random. */
const FEW_CATEGORIES = 10;

export const FEW_CATEGORIES_ONLY: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { categories } = written.triage;
    if (categories.length <= FEW_CATEGORIES) return;
    report.warning(
      { file: 'triage.yaml', path: ['categories'] },
      `${categories.length} categories are more than people can tell apart`,
      `Keep to ${FEW_CATEGORIES} or fewer, and use tags for the rest.`,
    );
  },
};

export const CATEGORIES_ONCE: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { categories } = written.triage;
    categories.forEach((category, index) => {
      if (categories.indexOf(category) === index) return;
      const spot = { file: 'triage.yaml', path: ['categories', index] } as const;
      report.error(spot, `"${category}" is a category already`, 'Name each category once.');
    });
  },
};

/** Steps are of a category that there is, and a step is ticked once. */
export const STEPS: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { categories, steps } = written.triage;
    for (const [category, list] of Object.entries(steps)) {
      const path = ['steps', category];
      if (!categories.includes(category)) {
        const message = `"${category}" is not a category`;
        report.errorAtKey(
          { file: 'triage.yaml', path: ['steps'], key: category },
          message,
          fixOfName(category, categories),
        );
      }
      list.forEach((step, index) => {
        if (list.indexOf(step) === index) return;
        report.error(
          { file: 'triage.yaml', path: [...path, index] },
          `"${step}" is a step already`,
          'Name each step once.',
        );
      });
    }
  },
};

/** Self-service is for a category that there is, and does steps that there are. */
export const SELF_SERVICE: Check = {
  reads: ['triage.yaml', 'follow-up.yaml'],
  look({ written }, report) {
    const { categories, steps, selfService } = written.triage;
    for (const [category, { steps: done }] of Object.entries(selfService)) {
      const spot = { file: 'triage.yaml', path: ['selfService'], key: category } as const;
      if (!categories.includes(category)) {
        report.errorAtKey(spot, `"${category}" is not a category`, fixOfName(category, categories));
      }
      done.forEach((step, index) => {
        const path = ['selfService', category, 'steps', index];
        const noun = `a step of ${category}`;
        report.unknownName({ file: 'triage.yaml', path }, { written: step, valid: steps[category] ?? [], noun });
      });
      if (written.followUp.silence?.statuses.includes('pending') === true) continue;
      report.warning(
        { file: 'triage.yaml', path: ['selfService', category] },
        'a requester who does not say whether it helped is waited for without end',
        'Say in follow-up.yaml, under silence, when to remind and when to count it as resolved.',
      );
    }
  },
};

/** A category that no rule gives is not wrong, but somebody may have forgotten the rule. */
export const CATEGORIES_GIVEN: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { categories, rules } = written.triage;
    const given = new Set(rules.map(({ then }) => then.category));
    categories.forEach((category, index) => {
      if (given.has(category)) return;
      const spot = { file: 'triage.yaml', path: ['categories', index] } as const;
      report.warning(
        spot,
        `no rule gives the category "${category}"`,
        'Write a rule for it, or leave it to people: it is learned from what they say.',
      );
    });
  },
};
