import type { Condition } from '../../decide/condition.ts';
import { fieldsRead } from '../../decide/conditions/index.ts';
import type { Check, Report, Spot } from './check.ts';
import { implies, isNever } from './implication.ts';
import { possibleCovers } from './possible-covers.ts';

/** A rule as far as overlaps go. */
interface Ranked {
  name: string;
  when: Condition;
  /** What it sets, by field. */
  then: Readonly<Record<string, unknown>>;
  place: string;
}

/** Lists of rules of which the first that sets a field has it. */
const RULE_LISTS = {
  'triage.yaml': 'rules',
  'routing.yaml': 'rules',
  'sla.yaml': 'policies',
  'escalation.yaml': 'escalations',
} as const;
type RuleFile = keyof typeof RULE_LISTS;

/** Fields to which every rule that fires adds. */
const ADDED_FIELDS: ReadonlySet<string> = new Set(['tags']);

export const TRIAGE_OVERLAPS: Check = {
  reads: ['triage.yaml', 'people.yaml'],
  look({ policy }, report) {
    checkRules('triage.yaml', policy.triage.rules.map(ranked), report);
  },
};

export const ROUTING_OVERLAPS: Check = {
  reads: ['routing.yaml', 'people.yaml'],
  look({ policy }, report) {
    checkRules('routing.yaml', policy.routing.rules.map(ranked), report);
  },
};

/** The first policy that holds is in force as a whole, so that all of it counts as one field. */
export const SLA_OVERLAPS: Check = {
  reads: ['sla.yaml', 'people.yaml'],
  look({ policy }, report) {
    const policies = policy.sla.policies.map(({ targets, promises, ...rest }) => ({
      ...rest,
      then: { targets: [targets, promises] },
    }));
    checkRules('sla.yaml', policies, report);
  },
};

/** Several may escalate one ticket, so that none hides another. */
export const ESCALATION_OVERLAPS: Check = {
  reads: ['escalation.yaml', 'people.yaml'],
  look({ policy }, report) {
    const definitions = policy.escalation.definitions.map((definition) => ({ ...definition, then: {} }));
    const named = firstOfName(definitions);
    definitions.forEach((definition, index) => {
      const spot: Spot = { file: 'escalation.yaml', path: ['escalations', index] };
      checkName(definition, named, { spot, report });
      if (isNever(definition.when)) sayNever(definition, { spot, report });
    });
  },
};

function ranked(rule: { name: string; when: Condition; place: string; then: object }): Ranked {
  return { ...rule, then: Object.fromEntries(Object.entries(rule.then)) };
}

function checkRules(file: RuleFile, rules: readonly Ranked[], report: Report): void {
  const named = firstOfName(rules);
  const covers = possibleCovers(rules.map(({ when }) => when));
  const lastSet = new Map<string, number>();
  rules.forEach((rule, index) => {
    const saying = { spot: { file, path: [RULE_LISTS[file], index] }, report };
    checkName(rule, named, saying);
    checkReach(rule, { rules, covers: covers[index] ?? [], lastSet }, saying);
    for (const field of Object.keys(rule.then)) lastSet.set(field, index);
  });
}

/** Whether a rule ever has a say, with those above it. */
function checkReach(rule: Ranked, above: Above, saying: Saying): void {
  if (isNever(rule.when)) return sayNever(rule, saying);
  const wider = widerRules(rule, above);
  if (!sayTwin(rule, wider, saying)) sayShadowed(rule, wider, saying);
}

/** What stands above a rule. */
interface Above {
  rules: readonly Ranked[];
  /** Indices of those whose condition may hold wherever that of the rule does. */
  covers: readonly number[];
  /** By field, the index of the last rule that sets it. */
  lastSet: ReadonlyMap<string, number>;
}

/**
 * Rules above whose condition holds wherever that of the rule does. A rule sees what rules above it said: where its
 * condition reads a field that one of them sets, whatever looked before that is left out, for nothing can be concluded.
 */
function widerRules({ when }: Ranked, { rules, covers, lastSet }: Above): readonly Ranked[] {
  if (covers.length === 0) return [];
  const since = Math.max(-1, ...fieldsRead(when).map((field) => lastSet.get(field) ?? -1));
  return covers
    .filter((at) => at > since)
    .flatMap((at) => rules[at] ?? [])
    .filter((other) => implies(when, other.when));
}

interface Saying {
  spot: Spot;
  report: Report;
}

function firstOfName(rules: readonly Ranked[]): ReadonlyMap<string, Ranked> {
  return new Map(rules.toReversed().map((rule) => [rule.name, rule]));
}

function checkName(rule: Ranked, named: ReadonlyMap<string, Ranked>, { spot, report }: Saying): void {
  const other = named.get(rule.name) ?? rule;
  if (other === rule) return;
  report.error(
    { ...spot, path: [...spot.path, 'name'] },
    `"${rule.name}" is the name of the rule at ${other.place} too`,
    'Give each rule a name of its own, so that a decision says which one it was.',
  );
}

function sayNever(rule: Ranked, { spot, report }: Saying): void {
  report.error(
    { ...spot, path: [...spot.path, 'when'] },
    `no ticket can meet all of this, so that "${rule.name}" never fires`,
    'Take one of the parts that exclude each other out, or put them under any.',
  );
}

/** A rule of the same condition: the same again, or something else of the same tickets. */
function sayTwin(rule: Ranked, wider: readonly Ranked[], { spot, report }: Saying): boolean {
  const twins = wider.filter((other) => implies(other.when, rule.when));
  const same = twins.find((other) => JSON.stringify(sorted(other.then)) === JSON.stringify(sorted(rule.then)));
  if (same !== undefined) {
    report.error(spot, `"${rule.name}" says the same as "${same.name}" at ${same.place}`, 'Take one of the two out.');
    return true;
  }
  for (const other of twins) {
    const field = Object.keys(rule.then).find(
      (name) => !ADDED_FIELDS.has(name) && name in other.then && differs(rule.then[name], other.then[name]),
    );
    if (field === undefined) continue;
    report.error(
      spot,
      `"${rule.name}" gives the same tickets another ${field} than "${other.name}" at ${other.place}, which comes first`,
      'Decide for one of the two, or make their conditions differ.',
    );
    return true;
  }
  return false;
}

/** Every ticket of the rule has got all of it from rules above. */
function sayShadowed(rule: Ranked, wider: readonly Ranked[], { spot, report }: Saying): void {
  const covering = Object.entries(rule.then).map(([field, value]) =>
    wider.find(
      (other) =>
        field in other.then &&
        (!ADDED_FIELDS.has(field) || isWithin(value, other.then[field])) &&
        countsWherever(field, rule, other),
    ),
  );
  const [first] = covering;
  if (first === undefined || covering.includes(undefined)) return;
  const names = [
    ...new Set(covering.flatMap((other) => (other === undefined ? [] : [`"${other.name}" at ${other.place}`]))),
  ];
  report.warning(
    spot,
    `"${rule.name}" never has a say: every ticket that it is for is taken by ${names.join(' and ')}`,
    'Put it above, or make the rule above more exact.',
  );
}

/** The skills of a routing rule with a queue count only for tickets that go there. */
function countsWherever(field: string, rule: Ranked, other: Ranked): boolean {
  const queue = other.then['queue'];
  return field === 'queue' || queue === undefined || queue === rule.then['queue'];
}

function isWithin(values: unknown, others: unknown): boolean {
  return Array.isArray(values) && Array.isArray(others) && values.every((value) => others.includes(value));
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function sorted(then: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(then).sort(([one], [other]) => one.localeCompare(other));
}
