import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/config/rules/index.ts';
import { isOpenField } from '../../src/config/written/condition.ts';
import { OWN_COLUMNS } from '../../src/config/rules/row-columns.ts';
import { TICKET_FIELDS } from '../../src/decide/conditions/fields.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { aPolicy } from '../support/builders.ts';
import { aTriageRule, findingsOf } from '../support/config.ts';

/** A triage.yaml of rules, with whatever they name. */
function triage(...rules: readonly string[]): Record<string, string> {
  return { 'triage.yaml': `categories: [billing, bug]\nrules:\n${rules.join('')}` };
}

/** What is said, without the places and the advice. */
function said(files: Record<string, string>): readonly string[] {
  return findingsOf(files)
    .filter((line) => !line.includes('no rule gives the category'))
    .map((line) => line.replace(/ config\S+ /, ' ').replace(/;[^;]*$/, ''));
}

const PEOPLE = `
calendars:
  office: { hours: { Mon-Fri: 09:00-17:00 } }
agents:
  Ana: { skills: [billing] }
  Ben: {}
queues:
  billing: { members: [Ana] }
  support: { members: [Ben] }
`;

describe('a rule that can never fire', () => {
  const ONE = aTriageRule('One', '{ text: { mentions: [card, payment*] } }', '{ category: billing, tags: [a] }');

  it.each<[string, string]>([
    ['the same words, fewer of them', '{ text: { mentions: [payment] } }'],
    ['words that a star above stands for', '{ text: { mentions: [payments, payment*] } }'],
    ['the same words in the subject alone', '{ subject: { mentions: [card] } }'],
    ['one condition more', '{ text: { mentions: [card] }, priority: high }'],
    ['one condition more, written under all', '{ all: [{ priority: high }, { text: { mentions: [card] } }] }'],
    ['either of two', '{ any: [{ subject: { mentions: [card] } }, { message: { mentions: [payment*, payments] } }] }'],
  ])('for it asks for %s', (_what, when) => {
    const files = triage(ONE, aTriageRule('Two', when, '{ category: bug }'));
    expect(said(files)).toEqual([
      'warning rules.1: "Two" never has a say: every ticket that it is for is taken by "One" at triage.yaml:3',
    ]);
  });

  it.each<[string, string, string]>([
    ['it asks for more words', '{ text: { mentions: [card, refund] } }', '{ category: bug }'],
    [
      'it asks for a longer phrase, which can be said where its words are denied',
      '{ text: { mentions: [no card] } }',
      '{ category: bug }',
    ],
    ['it sets something else too', '{ text: { mentions: [card] } }', '{ category: bug, priority: low }'],
    ['it adds a tag', '{ text: { mentions: [card] } }', '{ tags: [b] }'],
    [
      'one of its words is wider',
      '{ any: [{ subject: { mentions: [card] } }, { text: { mentions: [paymen*] } }] }',
      '{ category: bug }',
    ],
    ['it asks for the opposite', '{ not: { text: { mentions: [card] } } }', '{ category: bug }'],
    ['it asks for nothing at all', '{}', '{ category: bug }'],
  ])('is none when %s', (_why, when, then) => {
    expect(said(triage(ONE, aTriageRule('Two', when, then)))).toEqual([]);
  });

  it('is one when each of its fields is taken by another rule above', () => {
    const files = triage(
      ONE,
      aTriageRule('Every', '{}', '{ priority: low }'),
      aTriageRule('Three', '{ text: { mentions: [card] } }', '{ category: bug, priority: high }'),
    );
    expect(said(files)).toEqual([
      'warning rules.2: "Three" never has a say: every ticket that it is for is taken by "One" at triage.yaml:3 and "Every" at triage.yaml:4',
    ]);
  });

  it('is none when a rule between sets the field that it asks about', () => {
    const files = triage(
      aTriageRule('One', '{ category: billing }', '{ severity: low }'),
      aTriageRule('Two', '{ text: { mentions: [card] } }', '{ category: billing }'),
      aTriageRule('Three', '{ category: billing, channel: { empty: false } }', '{ severity: high }'),
    );
    expect(said(files)).toEqual([]);
  });

  it.each<[string, string]>([
    ['one of', '{ fields.plan: [pro] }'],
    ['a number', '{ fields.seats: { above: 20 } }'],
    ['a number that it names', '{ fields.seats: 11 }'],
    ['a date', '{ createdAt: { after: 2026-02-01 } }'],
    ['something there', '{ fields.plan: pro }'],
    ['a pattern', '{ subject: { matches: inv } }'],
    ['open hours', '{ inHours: office, fields.plan: pro }'],
    ['a day', '{ weekday: Sat }'],
    ['a denial', '{ not: { text: { mentions: [card, refund] } } }'],
  ])('by %s', (_by, when) => {
    const wider: Record<string, string> = {
      '{ fields.plan: [pro] }': '{ fields.plan: [free, Pro] }',
      '{ fields.seats: { above: 20 } }': '{ fields.seats: { above: 10 } }',
      '{ fields.seats: 11 }': '{ fields.seats: { above: 10 } }',
      '{ createdAt: { after: 2026-02-01 } }': '{ createdAt: { after: 2026-01-01 } }',
      '{ fields.plan: pro }': '{ fields.plan: { empty: false } }',
      '{ subject: { matches: inv } }': '{ text: { matches: inv } }',
      '{ inHours: office, fields.plan: pro }': '{ inHours: office }',
      '{ weekday: Sat }': '{ weekday: [Sat, Sun] }',
      '{ not: { text: { mentions: [card, refund] } } }': '{ not: { text: { mentions: [card] } } }',
    };
    const above = aTriageRule('Wide', wider[when] ?? '', '{ priority: low }');
    const files = { ...triage(above, aTriageRule('Narrow', when, '{ priority: high }')), 'people.yaml': PEOPLE };
    expect(said(files)).toEqual([
      'warning rules.1: "Narrow" never has a say: every ticket that it is for is taken by "Wide" at triage.yaml:3',
    ]);
    const turned = triage(aTriageRule('Narrow', when, '{ priority: high }'), above);
    expect(said({ ...turned, 'people.yaml': PEOPLE })).toEqual([]);
  });

  it.each([
    '{ all: [{ category: billing }, { category: bug }] }',
    '{ fields.seats: { above: 5, below: 5 } }',
    '{ fields.seats: { is: 3, above: 5 } }',
    '{ createdAt: { after: 2026-02-01, before: 2026-01-01 } }',
    '{ fields.a: { empty: true, is: x } }',
    '{ fields.a: { empty: true, above: 1 } }',
    '{ all: [{ fields.a: { empty: true } }, { fields.a: { empty: false } }] }',
    '{ inHours: office, outOfHours: office }',
    '{ all: [{ weekday: Mon }, { weekday: [Tue, Wed] }] }',
    '{ category: billing, not: { category: [billing, bug] } }',
    '{ not: {} }',
    '{ any: [{ all: [{ category: billing }, { category: bug }] }] }',
  ])('asks for what excludes itself: %s', (when) => {
    const files = { ...triage(aTriageRule('One', when, '{ priority: low }')), 'people.yaml': PEOPLE };
    expect(said(files)).toEqual(['error rules.0.when: no ticket can meet all of this, so that "One" never fires']);
  });

  it.each([
    '{ all: [{ tags: a }, { tags: b }] }',
    '{ fields.seats: { above: 4, below: 6, is: 5 } }',
    '{ not: { category: billing }, category: bug }',
    '{ all: [{ text: { mentions: [a1] } }, { not: { subject: { mentions: [a1] } } }] }',
  ])('does not: %s', (when) => {
    expect(said(triage(aTriageRule('One', when, '{ priority: low }')))).toEqual([]);
  });
});

describe('rules that contradict or repeat each other', () => {
  it('the same condition and another value', () => {
    const files = triage(
      aTriageRule('One', '{ text: { mentions: [card, refund] } }', '{ category: billing }'),
      aTriageRule('Two', '{ text: { mentions: [Refund, card, card] } }', '{ category: bug }'),
    );
    expect(said(files)).toEqual([
      'error rules.1: "Two" gives the same tickets another category than "One" at triage.yaml:3, which comes first',
    ]);
  });

  it('the same condition and the same value', () => {
    const files = triage(
      aTriageRule('One', '{ priority: high, channel: { empty: false } }', '{ category: bug }'),
      aTriageRule('Two', '{ all: [{ channel: { empty: false } }, { priority: high }] }', '{ category: bug }'),
    );
    expect(said(files)).toEqual(['error rules.1: "Two" says the same as "One" at triage.yaml:3']);
  });

  it('the same name', () => {
    const files = triage(
      aTriageRule('One', '{ priority: high }', '{ category: bug }'),
      aTriageRule('One', '{ priority: low }', '{ category: bug }'),
    );
    expect(said(files)).toEqual(['error rules.1.name: "One" is the name of the rule at triage.yaml:3 too']);
  });

  it('in routing and in promises too', () => {
    const routing = (name: string, then: string) =>
      `  - { name: ${name}, why: w, owner: o, when: { category: billing }, then: ${then} }\n`;
    const sla = (name: string, when: string) =>
      `  - { name: ${name}, why: w, owner: o, ${when} targets: { first_reply: 1h } }\n`;
    const files = {
      ...triage(),
      'triage.yaml': 'categories: [billing]\n',
      'people.yaml': PEOPLE,
      'routing.yaml': `rules:\n${routing('A', '{ queue: billing }')}${routing('B', '{ queue: support }')}`,
      'sla.yaml': `policies:\n${sla('All', '')}${sla('High', 'when: { priority: high },')}`,
    };
    expect(said(files)).toEqual([
      'error rules.1: "B" gives the same tickets another queue than "A" at routing.yaml:2, which comes first',
      'warning policies.1: "High" never has a say: every ticket that it is for is taken by "All" at sla.yaml:2',
    ]);
  });

  it('but the skills of a rule count only in its queue, so that another rule may name others', () => {
    const files = {
      'triage.yaml': 'categories: [billing]\n',
      'people.yaml': PEOPLE,
      'routing.yaml':
        'rules:\n' +
        '  - { name: A, why: w, owner: o, when: { priority: high }, then: { queue: billing, skills: [billing] } }\n' +
        '  - { name: B, why: w, owner: o, when: { priority: high, channel: { empty: false } }, then: { skills: [billing] } }\n',
    };
    expect(said(files)).toEqual([]);
  });
});

describe('names that lead nowhere', () => {
  const routing = 'rules:\n  - { name: A, why: w, owner: o, when: { channel: webste }, then: { queue: biling } }\n';

  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      'in rules and conditions',
      {
        'people.yaml': PEOPLE,
        'channels.yaml': 'channels: { website: { kind: form } }\n',
        'routing.yaml': routing,
        ...triage(
          aTriageRule('One', '{ category: biling, not: { queue: [support, biling] } }', '{ category: bugg }'),
          aTriageRule('Two', '{ any: [{ assignee: { oneOf: [Anna] } }, { outOfHours: ofice }] }', '{ priority: low }'),
        ),
      },
      [
        'error rules.0.when.channel: "webste" is not a channel; did you mean "website"? Allowed: website, console, base, phone, in_person.',
        'error rules.0.then.queue: "biling" is not a queue; did you mean "billing"? Allowed: billing, support.',
        'error rules.0.when.category: "biling" is not a category; did you mean "billing"? Allowed: billing, bug.',
        'error rules.0.when.not.queue.1: "biling" is not a queue; did you mean "billing"? Allowed: billing, support.',
        'error rules.0.then.category: "bugg" is not a category; did you mean "bug"? Allowed: billing, bug.',
        'error rules.1.when.any.0.assignee.oneOf.0: "Anna" is not an agent; did you mean "Ana"? Allowed: Ana, Ben.',
        'error rules.1.when.any.1.outOfHours: "ofice" is not a calendar; did you mean "office"? Allowed: office.',
      ],
    ],
    [
      'in the settings of files',
      {
        'people.yaml': PEOPLE,
        'triage.yaml': 'reviewQueue: revew\n',
        'routing.yaml': 'defaultQueue: suport\n',
        'sla.yaml':
          'policies:\n  - { name: a, why: b, owner: c, calendar: offic, targets: { first_reply: { high: 1h, calendar: nights } } }\n',
      },
      [
        'error defaultQueue: "suport" is not a queue; did you mean "support"? Allowed: billing, support.',
        'error policies.0.calendar: "offic" is not a calendar; did you mean "office"? Allowed: always, office.',
        'error policies.0.targets.first_reply.calendar: "nights" is not a calendar; allowed: always, office.',
        'error reviewQueue: "revew" is not a queue; allowed: billing, support.',
      ],
    ],
    [
      'in people.yaml',
      {
        'people.yaml': `agents:\n  Ana: { calendar: x }\nqueues:\n  a:\n    members: [Anna]\n    calendar: y\n    notify: [Ana, lead@example.com, Bob]\n    fallback:\n      - { after: 1h, queue: b }\n      - { after: 1h, agent: Ben }\n      - { after: 1h, alert: nobody }\n`,
      },
      [
        'error agents.Ana.calendar: "x" is not a calendar; there is none yet: write one first.',
        'error queues.a.members.0: "Anna" is not an agent; did you mean "Ana"? Allowed: Ana.',
        'error queues.a.calendar: "y" is not a calendar; there is none yet: write one first.',
        'error queues.a.notify.2: "Bob" is not an agent, and no mail address either; allowed: Ana.',
        'error queues.a.fallback.0.queue: "b" is not a queue; did you mean "a"? Allowed: a.',
        'error queues.a.fallback.1.agent: "Ben" is not an agent; allowed: Ana.',
        'error queues.a.fallback.2.alert: "nobody" is not an agent, and no mail address either; allowed: Ana.',
      ],
    ],
  ])('%s', (_where, files, lines) => {
    const told = findingsOf(files).filter((line) => line.startsWith('error'));
    expect(told.map((line) => line.replace(/ config\S+ /, ' '))).toEqual(lines);
  });
});

describe('people', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a calendar that never opens',
      'calendars:\n  office: { hours: {} }\n',
      ['error calendars.office.hours: the calendar "office" never opens'],
    ],
    [
      'a calendar with the name of no calendar',
      'calendars:\n  always: { hours: always }\n',
      ['error calendars.always: "always" is not free as a name: it stands for every minute'],
    ],
    [
      'a queue without members, fallback and anybody to notify (RT-15)',
      'queues:\n  a: {}\n',
      ['error queues.a: the queue "a" has no members, no fallback and nobody to notify'],
    ],
    [
      'such a queue from which people help themselves',
      'queues:\n  a: { method: none }\n',
      ['warning queues.a: the queue "a" has no members, no fallback and nobody to notify'],
    ],
    ['a queue that only notifies', 'queues:\n  a: { notify: [lead@example.com] }\n', []],
    [
      'a member twice',
      'agents: { Ana: {} }\nqueues:\n  a: { members: [Ana, Ana] }\n',
      ['error queues.a.members.1: "Ana" is a member already'],
    ],
    [
      'skills that nobody in the queue has together (RT-15)',
      'agents: { Ana: { skills: [x] }, Ben: { skills: [y] } }\nqueues:\n  a: { members: [Ana, Ben], skills: [x, y] }\n',
      ['error queues.a.skills: nobody in the queue "a" has x and y'],
    ],
  ])('%s', (_what, people, lines) => {
    expect(said({ 'people.yaml': people })).toEqual(lines);
  });

  it.each<[string, string]>([
    ['{ skills: [biling] }', 'error rules.0.then.skills.0: "biling" is not a skill that anybody has'],
    [
      '{ queue: support, skills: [billing] }',
      'error rules.0.then.skills: nobody in the queue "support" has billing together',
    ],
    ['{ preferredSkills: [spanish] }', 'warning rules.0.then.preferredSkills.0: nobody has the skill "spanish"'],
  ])('a routing rule that asks for %s', (then, line) => {
    const files = {
      'people.yaml': PEOPLE,
      'routing.yaml': `rules:\n  - { name: A, why: w, owner: o, when: {}, then: ${then} }\n`,
    };
    expect(said(files)).toEqual([line]);
  });
});

describe('names of statuses', () => {
  it('of a team’s own are taken, one or several for each', () => {
    const file = 'statuses: { open: [In progress, Testing], pending: Waiting for customer, new: New }\n';
    expect(said({ 'desk.yaml': file })).toEqual([]);
  });

  it.each([
    ['another’s own name', '{ open: Doing, pending: doing }', 'statuses.pending: "doing" stands for open already'],
    ['another’s usual name', '{ open: On Hold }', 'statuses.open: "On Hold" stands for on_hold already'],
    [
      'the name that rules have for another',
      '{ open: needs_info }',
      'statuses.open: "needs_info" stands for needs_info already',
    ],
    ['its own a second time', '{ open: [Doing, DOING] }', 'statuses.open.1: "DOING" stands for open already'],
    [
      'a name that another has given up',
      '{ pending: Open, open: Doing }',
      'statuses.pending: "Open" stands for open already',
    ],
  ])('that are %s are refused', (_, written, line) => {
    expect(said({ 'desk.yaml': `statuses: ${written}\n` })).toEqual([`error ${line}`]);
  });
});

describe('categories', () => {
  it('of more than ten are warned of (A-025)', () => {
    const names = Array.from({ length: 11 }, (_, index) => `c${index}`);
    const lines = said({ 'triage.yaml': `categories: [${names.join(', ')}]\n` });
    expect(lines).toEqual(['warning categories: 11 categories are more than people can tell apart']);
  });

  it('twice are refused', () => {
    expect(said({ 'triage.yaml': 'categories: [a, a]\n' })).toEqual(['error categories.1: "a" is a category already']);
  });

  it('that no rule gives are warned of', () => {
    expect(findingsOf({ 'triage.yaml': 'categories: [a]\n' })).toEqual([
      'warning config/triage.yaml:1:14 categories.0: no rule gives the category "a"; write a rule for it, or leave it to people: it is learned from what they say.',
    ]);
  });
});

describe('promises', () => {
  function sla(policy: string): Record<string, string> {
    return { 'people.yaml': PEOPLE, 'sla.yaml': `policies:\n  - { name: a, why: b, owner: c, ${policy} }\n` };
  }

  it('in days are refused where open hours count, with the hours that were probably meant', () => {
    expect(findingsOf(sla('calendar: office, targets: { requester_wait: { high: 2d } }'))).toEqual([
      'error config/sla.yaml:2:87 policies.0.targets.requester_wait.high: "2d" can be misread: a day is 24 hours, and the calendar "office" opens for fewer; write hours, of which only open ones count: 2 working days there are about 16h.',
    ]);
  });

  it.each([
    'targets: { requester_wait: 2d }',
    'calendar: office, targets: { requester_wait: { high: 2d, calendar: always } }',
    'calendar: office, targets: { requester_wait: 48h }',
  ])('in hours, or in days where every minute counts, are fine: %s', (policy) => {
    expect(findingsOf(sla(policy))).toEqual([]);
  });

  it('of no time are refused', () => {
    expect(said(sla('targets: { first_reply: 0m }'))).toEqual([
      'error policies.0.targets.first_reply: a target of no time is missed before anybody can look',
    ]);
  });

  it('that leave tickets without due times are warned of', () => {
    expect(said(sla('when: { priority: high }, targets: { first_reply: 1h }'))).toEqual([
      'warning policies: no policy is for every ticket, so that tickets which fit none have no due times',
    ]);
  });
});

describe('columns of the team’s own', () => {
  const when = (condition: string) => triage(aTriageRule('One', condition, '{ category: billing }'));
  const inABase = { 'desk.yaml': 'name: Test desk\nstore: { kind: base }\n' };

  it.each<[string, string]>([
    [
      'row.Priority: High',
      '"Priority" is a column of Tabledesk\'s, and row. begins those of your own; ask for priority.',
    ],
    [
      'row.description: x',
      '"description" is a column of Tabledesk\'s, and row. begins those of your own; ask for message.',
    ],
    [
      'not: { all: [{ row.SLA state: Met }] }',
      '"SLA state" is a column of Tabledesk\'s, and row. begins those of your own; rules cannot ask for it.',
    ],
    ['"row. ": x', '"row." is only the beginning of a name; name a field, as in row.Plan.'],
    ['row.: x', '"row." is only the beginning of a name; name a field, as in row.Plan.'],
  ])('are none of ours, and have a name: %s', (condition, message) => {
    const errors = findingsOf({ ...inABase, ...when(`{ ${condition} }`) }).filter((line) => line.startsWith('error'));
    expect(errors.map((line) => line.replace(/^error \S+ [^"]*: /, ''))).toEqual([message]);
  });

  it('are read where people can add some, with spaces and capitals as they like', () => {
    const files = when(
      "{ 'row.Contract value': { above: 1000 }, row.Region: { oneOf: [North, South] }, row.VIP: true }",
    );
    expect(said({ ...inABase, ...files })).toEqual([]);
  });

  it('are warned of where nobody can add any', () => {
    const files = {
      'desk.yaml': 'name: Test desk\nstore: { kind: embedded }\n',
      ...when('{ row.Plan: Gold, row.VIP: true }'),
    };
    expect(findingsOf(files).filter((line) => line.includes('row.'))).toEqual([
      'warning config/desk.yaml:2:16 store.kind: nobody can add columns to the rows of the store "embedded", so that nothing is in row.Plan (triage.yaml:3), row.VIP (triage.yaml:3) unless a script fills it; keep tickets in a base such as Airtable, or ask for what the form says: fields.',
    ]);
  });

  it('can hold several values, so that two of them do not exclude each other', () => {
    const both = when('{ all: [{ row.Regions: North }, { row.Regions: South }] }');
    expect(said({ ...inABase, ...both })).toEqual([]);
  });

  it('are told from every column that is ours, by its name and by its title', () => {
    const names = deskColumns(aPolicy()).flatMap(({ name, title }) => [name, title]);
    const plain = names.map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, ''));
    expect(plain.filter((name) => !Object.hasOwn(OWN_COLUMNS, name))).toEqual([]);
    const fields = Object.values(OWN_COLUMNS).filter((field) => field !== null);
    expect(fields.filter((field) => !Object.hasOwn(TICKET_FIELDS, field) && !isOpenField(field))).toEqual([]);
  });
});

it('every check is asked once', () => {
  expect(new Set(CHECKS).size).toBe(CHECKS.length);
  expect(CHECKS.every(({ reads }) => reads.length > 0)).toBe(true);
});

describe('a contract for hand-offs', () => {
  function contracts(...written: readonly string[]): readonly string[] {
    const head = (index: number) => `name: C${index}, why: because, owner: Ana`;
    const lines = written.map((each, index) => `  - { ${head(index)}, ${each} }\n`);
    return findingsOf({ 'people.yaml': PEOPLE, 'routing.yaml': `handoffs:\n${lines.join('')}` })
      .filter((line) => line.includes('handoffs'))
      .map((line) => line.replace(/^(\w+) \S+ /, '$1 '));
  }

  it.each<[string, string, string]>([
    ['a queue that there is not', 'from: biling', '"biling" is not a queue'],
    ['a calendar that there is not', 'calendar: offce', '"offce" is not a calendar'],
    ['something that no ticket has', 'needs: [categry]', '"categry" is not something that a contract can need'],
    ['a column of ours as one of the team’s', 'needs: [row.Category]', '"Category" is a column of Tabledesk'],
    ['a template that there is not', 'customer: handed', '"handed" is not a template in replies/'],
    ['the same queue on both sides', 'from: billing, to: billing', '"C0" is for no pair of queues'],
    ['a reminder after the end', 'transfer: accept, answerWithin: 1h, remind: 1h', 'the reminder comes after 1h'],
    ['an answer that nobody gives', 'answerWithin: 1h', 'answerWithin means nothing with transfer: at_once'],
    ['a day of open hours', 'transfer: accept, answerWithin: 1d, calendar: office', '"1d" can be misread'],
  ])('is found at fault for %s', (_, written, finding) => {
    const found = contracts(written);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(finding);
  });

  it('is found when those above take all its pairs', () => {
    expect(contracts('from: billing', 'to: billing', 'from: [billing, support], to: any')).toEqual([
      expect.stringContaining(
        '"C2" never has a say: every pair of queues that it is for is taken by "C0" at routing.yaml:2 and "C1" at routing.yaml:3',
      ),
    ]);
    expect(contracts('from: billing', 'from: any, to: billing')).toEqual([]);
  });

  it('can name what rules name, columns of the team, a reason and a note', () => {
    expect(contracts('needs: [category, fields.order_number, reason, note, requester.email]')).toEqual([]);
  });
});

describe('a promise beside the targets', () => {
  const policy = (promise: string) =>
    `policies:\n  - { name: A, why: because, owner: Ana, targets: { first_reply: 2h }, promise: ${promise} }\n`;
  const LETTER = '---\nsubject: Hello\n---\nBy {{ promise.resolution }} at the latest.\n';

  it.each<[string, string, string]>([
    ['is sooner than what the team aims at', '{ first_reply: 1h }', 'for low tickets first_reply is promised sooner'],
    ['is of no time', '{ first_reply: 0m }', 'a target of no time is missed'],
    [
      'counts by a calendar that there is not',
      '{ first_reply: { low: 4h, calendar: offce } }',
      '"offce" is not a calendar',
    ],
  ])('is found at fault where it %s', (_, promise, finding) => {
    const found = said({ 'people.yaml': PEOPLE, 'sla.yaml': policy(promise) });
    expect(found.join('\n')).toContain(finding);
  });

  it('must be there for a letter to name it (A-074)', () => {
    const files = { 'people.yaml': PEOPLE, 'replies/received.md': LETTER };
    expect(said({ ...files, 'sla.yaml': policy('{ first_reply: 4h }') })).toEqual([
      'error policies: replies/received.md has the gap "promise.resolution", and no policy promises that',
    ]);
    expect(said({ ...files, 'sla.yaml': policy('{ requester_wait: 48h }') })).toEqual([]);
  });
});
