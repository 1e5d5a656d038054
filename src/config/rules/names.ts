import { AUDIENCES } from '../../decide/escalation/audience.ts';
import { TYPED_CHANNELS } from '../../domain/ticket.ts';
import { isTests } from '../policy/condition.ts';
import { compilePattern } from '../policy/pattern.ts';
import type { Path } from '../source.ts';
import type { WrittenCondition } from '../written/condition.ts';
import type { FieldTest } from '../written/field-test.ts';
import type { Written } from '../written/index.ts';
import { listOf } from '../written/words.ts';
import type { Check, CheckedConfig, Report, Spot, ValidNames } from './check.ts';
import { conditionsIn, conditionsInTexts, FILES_WITH_CONDITIONS } from './conditions.ts';
import { namedValues } from './field-ranges.ts';
import { EVERY_TARGET } from './promises.ts';
import { checkColumn } from './row-columns.ts';

/** What a name can be, for whoever writes one. */
type Names = Readonly<Record<'agent' | 'calendar' | 'category' | 'channel' | 'owner' | 'queue', ValidNames>>;

export function namesIn({ policy, written }: CheckedConfig): Names {
  const queues = Object.keys(policy.queues);
  const agents = policy.agents.map(({ name }) => name);
  // A table of the base names more of them; who is in neither is found once that is read.
  const isOpen = written.people.agentsTable !== undefined;
  return {
    agent: { valid: agents, noun: 'an agent', from: 'people.yaml', isOpen },
    calendar: { valid: Object.keys(policy.calendars), noun: 'a calendar', from: 'people.yaml' },
    category: { valid: policy.categories, noun: 'a category', from: 'triage.yaml' },
    channel: {
      valid: [...Object.keys(written.channels.channels), ...TYPED_CHANNELS],
      noun: 'a channel',
      from: 'channels.yaml',
    },
    owner: { valid: [...agents, ...queues], noun: 'an agent or a queue', from: 'people.yaml', isOpen },
    queue: { valid: queues, noun: 'a queue', from: 'people.yaml' },
  };
}

/** Names in people.yaml: calendars, members, where a fallback leads, who is told. */
export const PEOPLE_NAMES: Check = {
  reads: ['people.yaml'],
  look(config, report) {
    const names = namesIn(config);
    for (const [name, { calendar }] of Object.entries(config.written.people.agents)) {
      report.unknownName(at('people.yaml', ['agents', name, 'calendar']), { ...names.calendar, written: calendar });
    }
    for (const [name, queue] of Object.entries(config.written.people.queues)) {
      const spot = at('people.yaml', ['queues', name, 'calendar']);
      report.unknownName(spot, { ...names.calendar, written: queue.calendar });
      checkQueueNames({ name, queue }, names, report);
    }
  },
};

function checkQueueNames(
  { name, queue }: { name: string; queue: Written['people']['queues'][string] },
  names: Names,
  report: Report,
): void {
  const path: Path = ['queues', name];
  checkEach(queue.members, at('people.yaml', [...path, 'members']), (spot, written) =>
    report.unknownName(spot, { ...names.agent, written }),
  );
  checkEach(queue.notify, at('people.yaml', [...path, 'notify']), (spot, to) =>
    checkRecipient(to, names.agent, { spot, report }),
  );
  queue.fallback.forEach((step, index) => {
    const here = [...path, 'fallback', index];
    report.unknownName(at('people.yaml', [...here, 'queue']), { ...names.queue, written: step.queue });
    report.unknownName(at('people.yaml', [...here, 'agent']), { ...names.agent, written: step.agent });
    for (const to of listOf(step.alert ?? [])) {
      checkRecipient(to, names.agent, { spot: at('people.yaml', [...here, 'alert']), report });
    }
  });
}

/** Who is told is an agent, or anybody with a mail address. */
export function checkRecipient(to: string, agent: ValidNames, { spot, report }: { spot: Spot; report: Report }): void {
  if (to.includes('@')) return;
  report.unknownName(spot, { ...agent, noun: 'an agent, and no mail address either', written: to });
}

/** Names in triage.yaml: the review queue, the category that a rule gives, who is told of incidents. */
export const TRIAGE_NAMES: Check = {
  reads: ['triage.yaml'],
  look(config, report) {
    const { reviewQueue, rules, incidents } = config.written.triage;
    const { agent, category, queue } = namesIn(config);
    report.unknownName(at('triage.yaml', ['reviewQueue']), { ...queue, written: reviewQueue });
    rules.forEach(({ then }, index) => {
      const spot = at('triage.yaml', ['rules', index, 'then', 'category']);
      report.unknownName(spot, { ...category, written: then.category });
    });
    listOf(incidents?.notify ?? []).forEach((to) => {
      checkRecipient(to, agent, { spot: at('triage.yaml', ['incidents', 'notify']), report });
    });
  },
};

/** Names in routing.yaml: queues. */
export const ROUTING_NAMES: Check = {
  reads: ['routing.yaml'],
  look(config, report) {
    const { defaultQueue, rules } = config.written.routing;
    const { queue } = namesIn(config);
    report.unknownName(at('routing.yaml', ['defaultQueue']), { ...queue, written: defaultQueue });
    rules.forEach(({ then }, index) => {
      report.unknownName(at('routing.yaml', ['rules', index, 'then', 'queue']), { ...queue, written: then.queue });
    });
  },
};

/** Names in sla.yaml: calendars. */
export const SLA_NAMES: Check = {
  reads: ['sla.yaml'],
  look(config, report) {
    const { calendar: known } = namesIn(config);
    const names = { ...known, valid: ['always', ...known.valid] };
    config.written.sla.policies.forEach((policy, index) => {
      const path: Path = ['policies', index];
      report.unknownName(at('sla.yaml', [...path, 'calendar']), { ...names, written: policy.calendar });
      for (const { key, metric } of EVERY_TARGET) {
        const target = policy[key][metric];
        const own = typeof target === 'object' ? target.calendar : undefined;
        report.unknownName(at('sla.yaml', [...path, key, metric, 'calendar']), { ...names, written: own });
      }
    });
  },
};

/** Names in escalation.yaml: who is told, and who answers for it. */
export const ESCALATION_NAMES: Check = {
  reads: ['escalation.yaml', 'people.yaml'],
  look(config, report) {
    const { agent } = namesIn(config);
    const { escalations, lastResort } = config.written.escalation;
    escalations.forEach(({ notify, accountable }, index) => {
      const here = ['escalations', index];
      const who = notify === 'nobody' ? [] : notify.who;
      const audience = { ...agent, valid: [...AUDIENCES, ...agent.valid] };
      checkEach(who, at('escalation.yaml', [...here, 'notify', 'who']), (spot, to) =>
        checkRecipient(to, audience, { spot, report }),
      );
      const answering = { ...agent, valid: ['owner', ...agent.valid] };
      checkRecipient(accountable, answering, { spot: at('escalation.yaml', [...here, 'accountable']), report });
    });
    checkEach(lastResort, at('escalation.yaml', ['lastResort']), (spot, to) =>
      checkRecipient(to, agent, { spot, report }),
    );
  },
};

/** Names in follow-up.yaml: calendars, and the categories that advice is for. */
export const FOLLOW_UP_NAMES: Check = {
  reads: ['follow-up.yaml'],
  look(config, report) {
    const { calendar: known, category } = namesIn(config);
    const calendar = { ...known, valid: ['always', ...known.valid] };
    const { closing, silence, summary, checkIns } = config.written.followUp;
    const named: [Path, string | undefined][] = [
      [['closing'], closing?.calendar],
      [['silence'], silence?.calendar],
      ...checkIns.map((rule, index): [Path, string] => [['checkIns', index], rule.calendar]),
    ];
    for (const [path, written] of named) {
      report.unknownName(at('follow-up.yaml', [...path, 'calendar']), { ...calendar, written });
    }
    for (const written of Object.keys(summary?.advice ?? {})) {
      report.unknownName(at('follow-up.yaml', ['summary', 'advice', written]), { ...category, written });
    }
  },
};

/** Names in intake.yaml: calendars. */
export const INTAKE_NAMES: Check = {
  reads: ['intake.yaml'],
  look(config, report) {
    const { calendar: known } = namesIn(config);
    const calendar = { ...known, valid: ['always', ...known.valid] };
    config.written.intake.clarify.forEach((rule, index) => {
      report.unknownName(at('intake.yaml', ['clarify', index, 'calendar']), { ...calendar, written: rule.calendar });
    });
  },
};

/** Names and patterns in the conditions of each file. */
export const CONDITION_NAMES: readonly Check[] = FILES_WITH_CONDITIONS.map((file) => ({
  reads: [file],
  look(config, report) {
    const checker = { report, names: namesIn(config) };
    for (const { spot, when } of conditionsIn(config, file)) checkCondition(when, spot, checker);
  },
}));

/** The same of the heads of replies and articles. */
export const OFFER_CONDITIONS: Check = {
  reads: ['people.yaml', 'triage.yaml'],
  look(config, report) {
    const checker = { report, names: namesIn(config) };
    for (const { spot, when } of conditionsInTexts(config)) checkCondition(when, spot, checker);
  },
};

interface Checker {
  report: Report;
  names: Names;
}

function checkCondition(condition: WrittenCondition, spot: Spot, checker: Checker): void {
  condition.all?.forEach((each, index) => checkCondition(each, under(spot, 'all', index), checker));
  condition.any?.forEach((each, index) => checkCondition(each, under(spot, 'any', index), checker));
  if (condition.not !== undefined) checkCondition(condition.not, under(spot, 'not'), checker);
  for (const key of ['inHours', 'outOfHours'] as const) {
    checker.report.unknownName(under(spot, key), { ...checker.names.calendar, written: condition[key] });
  }
  for (const { field, test } of condition.fields) checkTest({ field, test }, under(spot, field), checker);
}

/** Fields that hold names from the config. */
const NAMED: Readonly<Record<string, keyof Names>> = {
  assignee: 'agent',
  category: 'category',
  channel: 'channel',
  owner: 'owner',
  queue: 'queue',
};

function checkTest({ field, test }: { field: string; test: FieldTest }, spot: Spot, checker: Checker): void {
  checkColumn(field, spot, checker.report);
  if (isTests(test) && test.matches !== undefined) checkPattern(test.matches, spot, checker.report);
  const named = NAMED[field];
  if (named === undefined) return;
  for (const { value, path } of namedValues(test)) {
    checker.report.unknownName(at(spot.file, [...spot.path, ...path]), { ...checker.names[named], written: value });
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

function checkEach(values: readonly string[], spot: Spot, look: (spot: Spot, value: string) => void): void {
  values.forEach((value, index) => look(at(spot.file, [...spot.path, index]), value));
}

function under({ file, path }: Spot, ...keys: Path): Spot {
  return { file, path: [...path, ...keys] };
}

function at(file: Spot['file'], path: Path): Spot {
  return { file, path };
}
