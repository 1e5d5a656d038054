import { describe, expect, it } from 'vitest';
import { holds, subjectOf } from '../../src/decide/conditions/index.ts';
import { aRequester, aTicket, at, MORNING } from '../support/builders.ts';
import { aConfig, aTriageRule } from '../support/config.ts';

function policyOf(files: Record<string, string>) {
  return aConfig(files).policy;
}

describe('what is left out has its default', () => {
  it('of a desk that says nothing', () => {
    const { policy, store, channels, warnings } = aConfig({ 'desk.yaml': '' });
    expect(policy).toMatchObject({
      desk: { name: 'Help desk', prefix: 'T', timeZone: 'UTC', firstNumber: 1001 },
      categories: [],
      agents: [],
      queues: { support: { name: 'support', members: [], method: 'none' } },
      triage: { rules: [], defaultPriority: 'medium', reviewQueue: 'support' },
      routing: { rules: [], defaultQueue: 'support' },
      intake: { duplicateWindowMinutes: 10, acknowledgement: null, acknowledgementsPerDay: 5 },
      replies: {},
    });
    expect({ store, channels, warnings }).toEqual({
      store: { kind: 'embedded', settings: {} },
      channels: {},
      warnings: [],
    });
  });

  it('clocks stand still as the event map says, and while information is missing', () => {
    expect(policyOf({}).sla.pausedIn).toEqual({
      first_reply: [],
      next_reply: [],
      periodic_update: [],
      pausable_update: ['pending', 'needs_info'],
      requester_wait: ['pending', 'needs_info'],
      agent_work: ['pending', 'needs_info', 'on_hold'],
      total_resolution: [],
    });
  });

  it('a severity means the priority of its name, and informational means low (A-026)', () => {
    expect(policyOf({ 'triage.yaml': 'priorityBySeverity: { high: critical }\n' }).triage.priorityBySeverity).toEqual({
      informational: 'low',
      low: 'low',
      medium: 'medium',
      high: 'critical',
      critical: 'critical',
    });
  });

  it('a key without a value counts as left out', () => {
    expect(policyOf({ 'desk.yaml': 'name:\nintake:\n  acknowledgement:\n', 'triage.yaml': 'rules:\n' }).desk.name).toBe(
      'Help desk',
    );
  });
});

describe('people', () => {
  const { calendars, agents, queues, routing } = policyOf({
    'desk.yaml': 'timeZone: Europe/Madrid\n',
    'people.yaml': `
calendars:
  shop:
    hours: { Mon-Tue: "09:00-14:00, 16:00-19:00", Wed: [10:00-12:00, 12:00-13:00], "Fri, Sun": 22:00-06:00 }
    holidays: [2026-12-25]
  tokyo: { timeZone: Asia/Tokyo, hours: { Sat-Mon: 00:00-24:00 } }
agents:
  Ana: { email: ana@example.com, skills: [x], calendar: tokyo, cap: 3, timeOff: [{ firstDay: 2026-08-03, lastDay: 2026-08-04 }] }
  Ben: { weight: 0.5, away: true, timeOff: [{ firstDay: 2026-03-29, lastDay: 2026-03-29 }] }
queues:
  first:
    members: [Ana, Ben]
    method: load
    fallback:
      - { after: 1h 30m, queue: second }
      - { after: 1d, agent: Ben }
      - { after: 0m, alert: [Ana, lead@example.com] }
  second: { members: [Ben], notify: [Ben], skills: [], loadBy: count, mayExceedCap: true, calendar: shop }
`,
  });

  it('open several times a day, and over midnight into the next', () => {
    expect(calendars['shop']).toEqual({
      name: 'shop',
      timeZone: 'Europe/Madrid',
      week: [
        [
          { open: 0, close: 360 },
          { open: 540, close: 840 },
          { open: 960, close: 1140 },
        ],
        [
          { open: 540, close: 840 },
          { open: 960, close: 1140 },
        ],
        [{ open: 600, close: 780 }],
        [],
        [{ open: 1320, close: 1440 }],
        [{ open: 0, close: 360 }],
        [{ open: 1320, close: 1440 }],
      ],
      holidays: new Set(['2026-12-25']),
    });
  });

  it('open over the end of the week, where the calendar is', () => {
    const all = [{ open: 0, close: 1440 }];
    expect(calendars['tokyo']).toMatchObject({ timeZone: 'Asia/Tokyo', week: [all, [], [], [], [], all, all] });
  });

  it('are off whole days where they work, and as long as the day really is', () => {
    expect(agents).toEqual([
      {
        name: 'Ana',
        email: 'ana@example.com',
        handles: {},
        skills: ['x'],
        calendar: 'tokyo',
        timeOff: [{ from: at('2026-08-02T15:00:00Z'), until: at('2026-08-04T15:00:00Z') }],
        cap: 3,
        weight: 1,
        away: false,
        switchedIn: 'console',
      },
      {
        name: 'Ben',
        email: null,
        handles: {},
        skills: [],
        calendar: null,
        timeOff: [{ from: at('2026-03-28T23:00:00Z'), until: at('2026-03-29T22:00:00Z') }],
        cap: null,
        weight: 0.5,
        away: true,
        switchedIn: 'console',
      },
    ]);
  });

  it('wait in queues, of which the first is the usual one', () => {
    expect(queues['first']?.fallback).toEqual([
      { waitMinutes: 90, then: { to: 'queue', queue: 'second' } },
      { waitMinutes: 1440, then: { to: 'agent', agent: 'Ben' } },
      { waitMinutes: 0, then: { to: 'alert', alert: ['Ana', 'lead@example.com'] } },
    ]);
    expect(queues['second']).toMatchObject({ loadBy: 'count', mayExceedCap: true, calendar: 'shop', notify: ['Ben'] });
    expect(routing.defaultQueue).toBe('first');
  });
});

describe('promises', () => {
  it('are by priority, with calendar and warning of the policy or of their own', () => {
    const { sla } = policyOf({
      'people.yaml': 'calendars: { office: { hours: { Mon: 09:00-17:00 } } }\n',
      'sla.yaml': `policies:
  - name: Standard
    why: terms
    owner: Ana
    calendar: office
    warnAt: 75%
    targets:
      first_reply: { critical: 15m, high: 1h 30m }
      total_resolution: { low: 3d, calendar: always, warnAt: 50% }
      next_reply: 4h
`,
    });
    expect(sla.policies).toEqual([
      {
        name: 'Standard',
        why: 'terms',
        owner: 'Ana',
        promises: [],
        place: 'sla.yaml:2',
        when: { kind: 'all', of: [] },
        targets: [
          { metric: 'first_reply', minutes: { critical: 15, high: 90 }, calendar: 'office', warnShare: 0.75 },
          {
            metric: 'next_reply',
            minutes: { low: 240, medium: 240, high: 240, critical: 240 },
            calendar: 'office',
            warnShare: 0.75,
          },
          { metric: 'total_resolution', minutes: { low: 4320 }, calendar: null, warnShare: 0.5 },
        ],
      },
    ]);
  });
});

describe('conditions', () => {
  const PEOPLE = 'calendars: { office: { hours: { Mon-Fri: 09:00-17:00 } } }\n';

  /** Whether a rule of this condition holds for a ticket. */
  function isMet(when: string, ticket = aTicket(), now = MORNING): boolean {
    const { policy } = aConfig({
      'people.yaml': PEOPLE,
      'triage.yaml': `categories: [billing]\nrules:\n${aTriageRule('One', when, '{ priority: high }')}`,
    });
    const [rule] = policy.triage.rules;
    return rule !== undefined && holds(rule.when, subjectOf(ticket, now)) !== null;
  }
  const unpaid = aTicket({
    requester: aRequester({ account: { invoice: 'unpaid', seats: 12 } }),
    fields: { amount: '120' },
    category: 'billing',
    priority: 'high',
  });

  it.each([
    ['{}'],
    ['{ text: { mentions: [payment failed] }, requester.account.invoice: unpaid }'],
    ['{ text: { mentions: charged } }'],
    ['{ priority: [high, critical] }'],
    ['{ priority: { oneOf: [high] } }'],
    ['{ fields.amount: { above: 100, below: 121 } }'],
    ['{ requester.account.seats: 12 }'],
    ['{ all: [{ category: billing }, { any: [{ channel: { empty: false } }, { priority: low }] }] }'],
    ['{ not: { text: { mentions: [refund] } } }'],
    ['{ inHours: office, weekday: Fri }'],
    ['{ subject: { matches: "payment\\\\s+FAILED" } }'],
    ['{ message: { mentions: [card], matches: "twice" } }'],
    ['{ subject: Payment failed twice }'],
    ['{ assignee: { empty: true }, createdAt: { after: 2026-01-01, before: "2026-11-20T11:00:01+01:00" } }'],
    ['{ text: { matches: "\\\\bcharged\\\\b" } }'],
  ])('%s is met', (when) => {
    expect(isMet(when, unpaid)).toBe(true);
  });

  it.each([
    ['{ text: { mentions: [payment failed] }, requester.account.invoice: paid }'],
    ['{ text: { mentions: [refund] } }'],
    ['{ priority: [low, critical] }'],
    ['{ fields.amount: { above: 100, below: 120 } }'],
    ['{ all: [{ category: billing }, { priority: low }] }'],
    ['{ weekday: Sat }'],
    ['{ outOfHours: office }'],
    ['{ subject: { matches: "^failed" } }'],
    ['{ subject: { mentions: [card] } }'],
    ['{ createdAt: { before: 2026-11-20 } }'],
  ])('%s is not', (when) => {
    expect(isMet(when, unpaid)).toBe(false);
  });
});

describe('the version', () => {
  it('is a short hash of the texts, the same for the same texts', () => {
    const version = aConfig({ 'triage.yaml': 'rules: []\n' }).version;
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(aConfig({ 'triage.yaml': 'rules: []\n' }).version).toBe(version);
    expect(aConfig({ 'triage.yaml': 'rules: [] \n' }).version).not.toBe(version);
  });
});

it('a rule says where it stands', () => {
  const rules =
    aTriageRule('One', '{ priority: low }', '{ priority: high }') + aTriageRule('Two', '{}', '{ tags: [a] }');
  expect(policyOf({ 'triage.yaml': `rules:\n${rules}` }).triage.rules).toMatchObject([
    { name: 'One', why: 'because', owner: 'Ana', then: { priority: 'high' }, place: 'triage.yaml:2' },
    { name: 'Two', then: { tags: ['a'] }, place: 'triage.yaml:3' },
  ]);
});
