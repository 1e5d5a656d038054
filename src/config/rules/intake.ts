import { drawerOf } from '../policy/extract.ts';
import { compilePattern } from '../policy/pattern.ts';
import type { Extract } from '../written/intake.ts';
import { minutesOf } from '../written/words.ts';
import type { Check, Report } from './check.ts';

/** Patterns of `extract` can be used, and do with their samples what the admin expects. */
export const EXTRACTS: Check = {
  reads: ['intake.yaml'],
  look({ written }, report) {
    written.intake.extract.forEach((extract, index) => {
      const isUsable = checkPatterns(extract, index, report);
      if (isUsable) checkSamples(extract, index, report);
    });
  },
};

function checkPatterns({ patterns = [] }: Extract, index: number, report: Report): boolean {
  const faults = patterns.map((pattern) => {
    const compiled = compilePattern(pattern);
    return 'fault' in compiled ? compiled.fault : null;
  });
  faults.forEach((fault, at) => {
    if (fault === null) return;
    report.error(
      { file: 'intake.yaml', path: ['extract', index, 'patterns', at] },
      `${JSON.stringify(patterns[at])} is not a pattern that we can use: ${fault}`,
      'Patterns follow RE2: no look-ahead, no look-behind, no back-references.',
    );
  });
  return faults.every((fault) => fault === null);
}

function checkSamples(extract: Extract, index: number, report: Report): void {
  const draw = drawerOf(extract);
  const path = ['extract', index];
  extract.matches.forEach(({ text, gives }, at) => {
    const found = draw(text)?.value ?? null;
    if (found === gives) return;
    report.error(
      { file: 'intake.yaml', path: [...path, 'matches', at] },
      `this sample gives ${found === null ? 'nothing' : JSON.stringify(found)}, not ${JSON.stringify(gives)}`,
      'Correct the patterns, or what the sample is to give.',
    );
  });
  extract.ignores.forEach((text, at) => {
    const found = draw(text);
    if (found === null) return;
    report.error(
      { file: 'intake.yaml', path: [...path, 'ignores', at] },
      `this sample gives ${JSON.stringify(found.value)}, and is to give nothing`,
      'Let the patterns ask for more, such as a word before the value.',
    );
  });
}

/** A ticket remembers which rule asked by its name, and nobody is reminded of what was given up. */
export const CLARIFY_RULES: Check = {
  reads: ['intake.yaml'],
  look({ written }, report) {
    const { clarify } = written.intake;
    clarify.forEach(({ name, remindAfter, giveUpAfter }, index) => {
      const path = ['clarify', index];
      if (clarify.findIndex((other) => other.name === name) < index) {
        const spot = { file: 'intake.yaml', path: [...path, 'name'] } as const;
        report.error(spot, `"${name}" is the name of a rule above too`, 'Give each rule a name of its own.');
      }
      if (remindAfter === null || minutesOf(remindAfter) < minutesOf(giveUpAfter)) return;
      report.error(
        { file: 'intake.yaml', path: [...path, 'remindAfter'] },
        `a reminder after ${remindAfter} comes too late: after ${giveUpAfter} nobody waits any more`,
        'Remind sooner, or write remindAfter: null.',
      );
    });
  },
};
