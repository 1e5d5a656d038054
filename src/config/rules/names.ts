import { METRICS } from '../../domain/clock.ts';
import { isTests } from '../policy/condition.ts';
import { compilePattern } from '../policy/pattern.ts';
import type { Path } from '../source.ts';
import type { WrittenCondition } from '../written/condition.ts';
import type { FieldTest } from '../written/field-test.ts';
import type { ConfigFile, Written } from '../written/index.ts';
import { listOf } from '../written/words.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';

/** Names in people.yaml: calendars, members, where a fallback leads, who is told. */
export const PEOPLE_NAMES: Check = {
  reads: ['people.yaml'],
  look({ written, policy }, report) {
    const calendars = Object.keys(policy.calendars);
    for (const [name, { calendar }] of Object.entries(written.people.agents)) {
      const spot = at('people.yaml', ['agents', name, 'calendar']);
      report.unknownName(spot, { written: calendar, valid: calendars, noun: 'a calendar' });
    }
    for (const [name, queue] of Object.entries(written.people.queues)) {
      const spot = at('people.yaml', ['queues', name, 'calendar']);
      report.unknownName(spot, { written: queue.calendar, valid: calendars, noun: 'a calendar' });
      checkQueueNames({ name, queue }, written, report);
    }
  },
};

function checkQueueNames(
  { name, queue }: { name: string; queue: Written['people']['queues'][string] },
  { people }: Written,
  report: Report,
): void {
  const agents = Object.keys(people.agents);
  const queues = Object.keys(people.queues);
  const path: Path = ['queues', name];
  checkEach(queue.members, at('people.yaml', [...path, 'members']), (spot, member) =>
    report.unknownName(spot, { written: member, valid: agents, noun: 'an agent' }),
  );
  checkEach(queue.notify, at('people.yaml', [...path, 'notify']), (spot, to) =>
    checkRecipient(to, agents, { spot, report }),
  );
  queue.fallback.forEach((step, index) => {
    const here = [...path, 'fallback', index];
    report.unknownName(at('people.yaml', [...here, 'queue']), { written: step.queue, valid: queues, noun: 'a queue' });
    report.unknownName(at('people.yaml', [...here, 'agent']), { written: step.agent, valid: agents, noun: 'an agent' });
    for (const to of listOf(step.alert ?? [])) {
      checkRecipient(to, agents, { spot: at('people.yaml', [...here, 'alert']), report });
    }
  });
}

/** Who is told is an agent, or anybody with a mail address. */
function checkRecipient(to: string, agents: readonly string[], { spot, report }: { spot: Spot; report: Report }): void {
  if (to.includes('@')) return;
  report.unknownName(spot, { written: to, valid: agents, noun: 'an agent, and no mail address either' });
}

/** Names in triage.yaml: the review queue, and the category that a rule gives. */
export const TRIAGE_NAMES: Check = {
  reads: ['triage.yaml', 'people.yaml'],
  look({ written, policy }, report) {
    const { reviewQueue, rules, categories } = written.triage;
    const queues = Object.keys(policy.queues);
    report.unknownName(at('triage.yaml', ['reviewQueue']), { written: reviewQueue, valid: queues, noun: 'a queue' });
    rules.forEach(({ then }, index) => {
      const spot = at('triage.yaml', ['rules', index, 'then', 'category']);
      report.unknownName(spot, { written: then.category, valid: categories, noun: 'a category' });
    });
  },
};

/** Names in routing.yaml: queues. */
export const ROUTING_NAMES: Check = {
  reads: ['routing.yaml', 'people.yaml'],
  look({ written, policy }, report) {
    const valid = Object.keys(policy.queues);
    const { defaultQueue, rules } = written.routing;
    report.unknownName(at('routing.yaml', ['defaultQueue']), { written: defaultQueue, valid, noun: 'a queue' });
    rules.forEach(({ then }, index) => {
      const spot = at('routing.yaml', ['rules', index, 'then', 'queue']);
      report.unknownName(spot, { written: then.queue, valid, noun: 'a queue' });
    });
  },
};

/** Names in sla.yaml: calendars. */
export const SLA_NAMES: Check = {
  reads: ['sla.yaml', 'people.yaml'],
  look({ written, policy }, report) {
    const valid = ['always', ...Object.keys(policy.calendars)];
    written.sla.policies.forEach(({ calendar, targets }, index) => {
      const path: Path = ['policies', index];
      report.unknownName(at('sla.yaml', [...path, 'calendar']), { written: calendar, valid, noun: 'a calendar' });
      for (const metric of METRICS) {
        const target = targets[metric];
        const own = typeof target === 'object' ? target.calendar : undefined;
        const spot = at('sla.yaml', [...path, 'targets', metric, 'calendar']);
        report.unknownName(spot, { written: own, valid, noun: 'a calendar' });
      }
    });
  },
};

/** Names and patterns in the conditions of all files. */
export const CONDITION_NAMES: Check = {
  reads: ['triage.yaml', 'routing.yaml', 'sla.yaml', 'people.yaml', 'channels.yaml'],
  look(config, report) {
    const { triage, routing, sla } = config.written;
    const checker = { config, report, named: namesByField(config) };
    triage.rules.forEach(({ when }, index) =>
      checkCondition(when, at('triage.yaml', ['rules', index, 'when']), checker),
    );
    routing.rules.forEach(({ when }, index) =>
      checkCondition(when, at('routing.yaml', ['rules', index, 'when']), checker),
    );
    sla.policies.forEach(({ when }, index) => {
      if (when !== undefined) checkCondition(when, at('sla.yaml', ['policies', index, 'when']), checker);
    });
  },
};

interface Checker {
  config: CheckedConfig;
  report: Report;
  /** Fields that hold names from the config: which names there are, and what they are names of. */
  named: Readonly<Record<string, { valid: readonly string[]; noun: string }>>;
}

function namesByField({ policy, written }: CheckedConfig): Checker['named'] {
  const queues = Object.keys(policy.queues);
  const agents = policy.agents.map(({ name }) => name);
  return {
    category: { valid: policy.categories, noun: 'a category' },
    queue: { valid: queues, noun: 'a queue' },
    assignee: { valid: agents, noun: 'an agent' },
    owner: { valid: [...agents, ...queues], noun: 'an agent or a queue' },
    channel: { valid: Object.keys(written.channels.channels), noun: 'a channel' },
  };
}

function checkCondition(condition: WrittenCondition, spot: Spot, checker: Checker): void {
  condition.all?.forEach((each, index) => checkCondition(each, under(spot, 'all', index), checker));
  condition.any?.forEach((each, index) => checkCondition(each, under(spot, 'any', index), checker));
  if (condition.not !== undefined) checkCondition(condition.not, under(spot, 'not'), checker);
  const valid = Object.keys(checker.config.policy.calendars);
  for (const key of ['inHours', 'outOfHours'] as const) {
    checker.report.unknownName(under(spot, key), { written: condition[key], valid, noun: 'a calendar' });
  }
  for (const { field, test } of condition.fields) checkTest({ field, test }, under(spot, field), checker);
}

function checkTest({ field, test }: { field: string; test: FieldTest }, spot: Spot, checker: Checker): void {
  if (isTests(test) && test.matches !== undefined) checkPattern(test.matches, spot, checker.report);
  const names = checker.named[field];
  if (names === undefined) return;
  for (const { value, path } of valuesOf(test)) {
    checker.report.unknownName(at(spot.file, [...spot.path, ...path]), { ...names, written: value });
  }
}

function checkPattern(written: string, spot: Spot, report: Report): void {
  const pattern = compilePattern(written);
  if ('find' in pattern) return;
  report.error(
    at(spot.file, [...spot.path, 'matches']),
    `${JSON.stringify(written)} is not a pattern that we can use: ${pattern.fault}`,
    'Patterns follow RE2: no look-ahead, no look-behind, no back-references.',
  );
}

/** The values that a test names, with their paths below the test. */
function valuesOf(test: FieldTest): readonly { value: string; path: Path }[] {
  if (!isTests(test)) {
    return listOf(test).map((value, index) => ({ value: String(value), path: Array.isArray(test) ? [index] : [] }));
  }
  const one = test.is === undefined ? [] : [{ value: String(test.is), path: ['is'] }];
  return [...one, ...(test.oneOf ?? []).map((value, index) => ({ value: String(value), path: ['oneOf', index] }))];
}

function checkEach(values: readonly string[], spot: Spot, look: (spot: Spot, value: string) => void): void {
  values.forEach((value, index) => look(at(spot.file, [...spot.path, index]), value));
}

function under({ file, path }: Spot, ...keys: Path): Spot {
  return { file, path: [...path, ...keys] };
}

function at(file: ConfigFile, path: Path): Spot {
  return { file, path };
}
