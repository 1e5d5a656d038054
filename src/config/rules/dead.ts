import { comparable } from '../../decide/conditions/fields.ts';
import { fixOfName } from '../finding.ts';
import { compileCondition, isTests } from '../policy/condition.ts';
import type { WrittenCondition } from '../written/condition.ts';
import type { FieldTest } from '../written/field-test.ts';
import type { ConfigFile } from '../written/index.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';
import { conditionsIn, conditionsInTexts, FILES_WITH_CONDITIONS, type PlacedCondition } from './conditions.ts';
import { namedValues, rangeFaults } from './field-ranges.ts';
import { type Givers, giversOf } from './givers.ts';
import { isNever } from './implication.ts';

/** Whatever tells what fields can hold. */
const READ: readonly ConfigFile[] = [
  'channels.yaml',
  'customers.yaml',
  'follow-up.yaml',
  'intake.yaml',
  'people.yaml',
  'triage.yaml',
];

/** Lists of which the overlaps say what never fires. */
const SAID_BY_OVERLAPS: ReadonlySet<string> = new Set([
  'triage.yaml rules',
  'routing.yaml rules',
  'sla.yaml policies',
  'escalation.yaml escalations',
]);

/**
 * Conditions that can never hold, so that what they stand for is dead: they exclude themselves, or ask for what nothing
 * ever gives. They do no harm, and a desk that ran yesterday runs on.
 */
export const DEAD_CONDITIONS: readonly Check[] = FILES_WITH_CONDITIONS.map((file) => ({
  reads: [...new Set([file, ...READ])],
  look: (config, report) => checkAll(conditionsIn(config, file), config, report),
}));

/** The same of the heads of replies and articles. */
export const DEAD_OFFERS: Check = {
  reads: READ,
  look: (config, report) => checkAll(conditionsInTexts(config), config, report),
};

function checkAll(placed: readonly PlacedCondition[], config: CheckedConfig, report: Report): void {
  const { calendars, desk } = config.policy;
  const givers = giversOf(config);
  for (const { spot, when } of placed) {
    checkCondition(when, spot, { report, givers });
    if (SAID_BY_OVERLAPS.has(`${spot.file} ${String(spot.path[0])}`)) continue;
    if (!isNever(compileCondition(when, { calendars, timeZone: desk.timeZone }))) continue;
    report.warning(
      spot,
      'no ticket can meet all of this',
      'Take one of the parts that exclude each other out, or put them under any.',
    );
  }
}

interface Checker {
  report: Report;
  givers: Givers;
}

function checkCondition(condition: WrittenCondition, { file, path }: Spot, checker: Checker): void {
  condition.all?.forEach((each, index) => checkCondition(each, { file, path: [...path, 'all', index] }, checker));
  condition.any?.forEach((each, index) => checkCondition(each, { file, path: [...path, 'any', index] }, checker));
  if (condition.not !== undefined) checkCondition(condition.not, { file, path: [...path, 'not'] }, checker);
  for (const { field, test } of condition.fields) checkTest({ field, test }, { file, path: [...path, field] }, checker);
}

interface Asked {
  field: string;
  test: FieldTest;
}

function checkTest(asked: Asked, { file, path }: Spot, { report, givers }: Checker): void {
  for (const { path: below, message, fix } of rangeFaults(asked.field, asked.test)) {
    report.warning({ file, path: [...path, ...below] }, message, fix);
  }
  if (isTests(asked.test) && asked.test.empty === true) return;
  const missing = givers.nothingIn(asked.field);
  if (missing !== null) return report.warning({ file, path }, missing.message, missing.fix);
  const valid = givers.valuesOf(asked.field);
  if (valid === null) return;
  for (const { value, path: below } of namedValues(asked.test)) {
    if (valid.some((each) => comparable(each) === comparable(value))) continue;
    const message = `nothing gives ${asked.field} the value "${value}", so that this never holds`;
    report.warning({ file, path: [...path, ...below] }, message, fixOfName(value, valid));
  }
}
