import { fixOfName } from '../finding.ts';
import type { Check } from './check.ts';

/** A category has another name only where there is that other, and no longer the old one. */
export const RENAMED: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { learning, categories } = written.triage;
    for (const [old, now] of Object.entries(learning.renamed)) {
      const path = ['learning', 'renamed'] as const;
      if (categories.includes(old)) {
        const spot = { file: 'triage.yaml', path, key: old } as const;
        report.errorAtKey(spot, `"${old}" is still a category`, 'Take it out of categories, or out of here.');
      }
      if (categories.includes(now)) continue;
      const spot = { file: 'triage.yaml', path: [...path, old] } as const;
      report.error(spot, `"${now}" is not a category`, fixOfName(now, categories));
    }
  },
};
