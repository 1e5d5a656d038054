import { fixOfName } from '../finding.ts';
import { compilePattern } from '../policy/pattern.ts';
import type { Check } from './check.ts';

/** What a model is told of categories is of categories that there are, and there is something to choose from. */
export const MODEL_NAMES: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { model, categories } = written.triage;
    if (model === undefined) return;
    for (const category of Object.keys(model.categories)) {
      if (categories.includes(category)) continue;
      const spot = { file: 'triage.yaml', path: ['model', 'categories'], key: category } as const;
      report.errorAtKey(spot, `"${category}" is not a category`, fixOfName(category, categories));
    }
    for (const key of ['noSummary', 'drafts'] as const) {
      model[key].forEach((category, index) => {
        const spot = { file: 'triage.yaml', path: ['model', key, index] } as const;
        report.unknownName(spot, { written: category, valid: categories, noun: 'a category' });
      });
    }
    if (categories.length > 0) return;
    const fix = 'Name some under categories, or leave the model out.';
    report.error(
      { file: 'triage.yaml', path: ['model'] },
      'there are no categories that a model could choose from',
      fix,
    );
  },
};

/** What else is to be masked can be looked for. */
export const MODEL_PATTERNS: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    for (const [name, pattern] of Object.entries(written.triage.model?.maskAlso ?? {})) {
      const compiled = compilePattern(pattern);
      if (!('fault' in compiled)) continue;
      report.error(
        { file: 'triage.yaml', path: ['model', 'maskAlso', name] },
        `${JSON.stringify(pattern)} is not a pattern that we can use: ${compiled.fault}`,
        'Patterns follow RE2: no look-ahead, no look-behind, no back-references.',
      );
    }
  },
};

/** Nobody can cap what nobody can count. */
export const MODEL_PRICES: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { model, learning } = written.triage;
    if (model === undefined) return;
    const isUncounted = learning.embeddings !== undefined && learning.embeddings.price === undefined;
    for (const cap of ['costPerDay', 'costPerMonth'] as const) {
      if (model.caps[cap] === undefined) continue;
      const spot = { file: 'triage.yaml', path: ['model', 'caps', cap] } as const;
      if (model.prices === undefined) {
        report.error(spot, `${cap} cannot be kept without prices`, 'Write under prices what a million tokens cost.');
      } else if (isUncounted) {
        const fix = 'Write under learning.embeddings.price what a million tokens cost; 0 for a model of your own.';
        report.error(spot, `${cap} cannot be kept while nobody knows what vectors cost`, fix);
      }
    }
  },
};
