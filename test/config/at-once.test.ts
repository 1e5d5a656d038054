import { describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { formatFinding } from '../../src/config/finding.ts';
import { checkConfig } from '../../src/config/load.ts';
import { aTriageRule } from '../support/config.ts';

type Files = Readonly<Record<string, string>>;

/** What `check` says of a desk that is in order but for these files. */
function found(files: Files): readonly string[] {
  const given = { folder: 'config', environment: { BOT: 'token', PUBLIC_URL: 'https://desk.example' } };
  const result = checkConfig({ ...DESK, ...files }, { ...given, connectors: CONNECTORS });
  const findings = 'findings' in result ? result.findings : result.loaded.warnings;
  return findings.map((finding) => `${finding.severity} ${formatFinding(finding)}`);
}

const DESK: Files = {
  'desk.yaml': 'name: Test desk\n',
  'channels.yaml': 'channels: { website: { kind: form } }\n',
  'people.yaml': `calendars: { office: { hours: { Mon-Fri: 09:00-17:00 } } }
agents: { Ana: { skills: [billing], email: ana@example.com } }
queues: { support: { members: [Ana] } }
`,
  'replies/thanks.md': '---\nsubject: Thanks\n---\nWe have {{ ticket.number }}.\n',
};

function triage(...rules: readonly string[]): Files {
  return { 'triage.yaml': `categories: [billing]\nrules:\n${MENTIONS_CARD}${rules.join('')}` };
}

const MENTIONS_CARD = aTriageRule('Card', '{ text: { mentions: [card, invoice] } }', '{ category: billing }');

function asks(when: string): Files {
  return triage(aTriageRule('Asks', when, '{ priority: high }'));
}

function escalation(parts: string): Files {
  return { 'escalation.yaml': `escalations:\n  - { name: Stuck, why: w, owner: o, ${parts} }\n` };
}

const BY_CHAT = 'channels: { bot: { kind: telegram, access: env:BOT } }\n';

describe('check finds everything at once', () => {
  it.each<[what: string, bad: Files, lines: readonly string[], good: Files]>([
    [
      'a shadowed rule',
      triage(aTriageRule('Late', '{ subject: { mentions: card } }', '{ category: billing }')),
      [
        'warning config/triage.yaml:4:5 rules.1: "Late" never has a say: every ticket that it is for is taken by "Card" at triage.yaml:3; put it above, or make the rule above more exact.',
      ],
      triage(aTriageRule('Late', '{ subject: { mentions: refund } }', '{ category: billing }')),
    ],
    [
      'contradictory rules',
      {
        'triage.yaml': `categories: [billing]\nrules:\n${MENTIONS_CARD}${aTriageRule('One', '{ requester.name: Greta }', '{ priority: high }')}${aTriageRule('Two', '{ requester.name: greta }', '{ priority: low }')}`,
      },
      [
        'error config/triage.yaml:5:5 rules.2: "Two" gives the same tickets another priority than "One" at triage.yaml:4, which comes first; decide for one of the two, or make their conditions differ.',
      ],
      triage(aTriageRule('One', '{ requester.name: Greta }', '{ priority: high }')),
    ],
    [
      'a rule that says the same again',
      triage(aTriageRule('Again', '{ text: { mentions: [invoice, card] } }', '{ category: billing }')),
      [
        'error config/triage.yaml:4:5 rules.1: "Again" says the same as "Card" at triage.yaml:3; take one of the two out.',
      ],
      triage(aTriageRule('Again', '{ text: { mentions: [bill] } }', '{ category: billing }')),
    ],
    [
      'a dead rule, whose parts exclude each other',
      asks('{ reopenCount: { above: 3, below: 2 } }'),
      [
        'error config/triage.yaml:4:51 rules.1.when: no ticket can meet all of this, so that "Asks" never fires; take one of the parts that exclude each other out, or put them under any.',
      ],
      asks('{ reopenCount: { above: 3, below: 20 } }'),
    ],
    [
      'a condition outside of rules whose parts exclude each other',
      { 'intake.yaml': 'light: { when: { inHours: office, outOfHours: office } }\n' },
      [
        'warning config/intake.yaml:1:16 light.when: no ticket can meet all of this; take one of the parts that exclude each other out, or put them under any.',
      ],
      { 'intake.yaml': 'light: { when: { inHours: office } }\n' },
    ],
    [
      'days on which the hours are closed that stand beside them',
      asks('{ inHours: office, weekday: [Sat, Sun] }'),
      [
        'error config/triage.yaml:4:51 rules.1.when: no ticket can meet all of this, so that "Asks" never fires; take one of the parts that exclude each other out, or put them under any.',
      ],
      asks('{ inHours: office, weekday: [Fri, Sat] }'),
    ],
    [
      'a category that there is not',
      asks('{ category: biling }'),
      [
        'error config/triage.yaml:4:63 rules.1.when.category: "biling" is not a category; did you mean "billing"? Allowed: billing.',
      ],
      asks('{ category: billing }'),
    ],
    [
      'a queue and a channel that there are not',
      asks('{ queue: suport, channel: webform }'),
      [
        'error config/triage.yaml:4:60 rules.1.when.queue: "suport" is not a queue; did you mean "support"? Allowed: support.',
        'error config/triage.yaml:4:77 rules.1.when.channel: "webform" is not a channel; allowed: website, console, base, phone, in_person.',
      ],
      asks('{ queue: support, channel: website }'),
    ],
    [
      'a field and a word that there are not',
      asks('{ priorty: high, status: done }'),
      [
        'error config/triage.yaml:4:53 rules.1.when.priorty: "priorty" is not a key here; did you mean "priority"? Fields of your own begin with requester.account., fields. or row.',
        'error config/triage.yaml:4:76 rules.1.when.status: "done" is not a status; did you mean "resolved"? Allowed: new, open, pending, on_hold, needs_info, resolved, closed.',
      ],
      asks('{ priority: high, status: open }'),
    ],
    [
      'a value that a field never has',
      asks('{ needsReview: yes, language: German, requester.domain: "@acme.example" }'),
      [
        'warning config/triage.yaml:4:66 rules.1.when.needsReview: "yes" is never in needsReview, which is true or false; write true or false.',
        'warning config/triage.yaml:4:81 rules.1.when.language: "German" is never in language, which is the two letters of a language; did you mean "de"?',
        'warning config/triage.yaml:4:107 rules.1.when.requester.domain: "@acme.example" is never in requester.domain, which is what stands behind the @; write acme.example.',
      ],
      asks('{ needsReview: true, language: de, requester.domain: acme.example }'),
    ],
    [
      'a comparison that a field never meets',
      asks(
        '{ any: [{ satisfaction: { above: 5 } }, { reopenCount: { above: 1, below: 2 } }, { priority: { above: 2 } }, { openedAt: 2026-01-01 }, { queue: { empty: true } }] }',
      ),
      [
        'warning config/triage.yaml:4:75 rules.1.when.any.0.satisfaction: no survey is sent, so that there is never anything in satisfaction; switch it on under survey: in follow-up.yaml, or take this out.',
        'warning config/triage.yaml:4:84 rules.1.when.any.0.satisfaction.above: satisfaction is never above 5; it goes from 1 to 5.',
        'warning config/triage.yaml:4:125 rules.1.when.any.1.reopenCount.below: no whole number is above 1 and below 2; leave room between the two.',
        'warning config/triage.yaml:4:153 rules.1.when.any.2.priority.above: priority is no number, so that this never holds; name the values that it is for.',
        'warning config/triage.yaml:4:172 rules.1.when.any.3.openedAt: "2026-01-01" is never in openedAt, which is a moment; ask with after and before.',
        'warning config/triage.yaml:4:204 rules.1.when.any.4.queue.empty: queue is never empty; take it out, or ask for what stands there.',
      ],
      asks(
        '{ any: [{ reopenCount: { above: 1, below: 3 } }, { openedAt: { after: 2026-01-01 } }, { assignee: { empty: true } }] }',
      ),
    ],
    [
      'a field that no form and no channel gives',
      { 'channels.yaml': BY_CHAT, ...asks('{ fields.plan: pro }') },
      [
        'warning config/triage.yaml:4:66 rules.1.when.fields.plan: nothing gives fields.plan: no channel is a form, and intake.yaml neither asks for it nor draws it out; draw it out under extract: in intake.yaml, or take this out.',
      ],
      { 'channels.yaml': BY_CHAT, ...asks('{ fields.plan: { empty: true } }') },
    ],
    [
      'a field that nothing tells of customers, and a value that none of them has',
      {
        'customers.yaml': 'accounts: { Acme: { domains: [acme.example], tier: gold } }\n',
        ...asks('{ any: [{ requester.account.plan: pro }, { requester.tier: platinum }] }'),
      },
      [
        'warning config/triage.yaml:4:85 rules.1.when.any.0.requester.account.plan: nothing tells requester.account.plan: no account in customers.yaml has it, and neither a look-up nor a channel; allowed: name, tier.',
        'warning config/triage.yaml:4:110 rules.1.when.any.1.requester.tier: nothing gives requester.tier the value "platinum", so that this never holds; allowed: gold.',
      ],
      {
        'customers.yaml': 'accounts: { Acme: { domains: [acme.example], tier: gold } }\n',
        ...asks('{ requester.tier: Gold }'),
      },
    ],
    [
      'a tag outside of the closed list, what only a language model reads, and a survey that is not sent',
      {
        'triage.yaml': `categories: [billing]\ntags: [vip]\nrules:\n${MENTIONS_CARD}${aTriageRule('Asks', '{ any: [{ tags: VPI }, { reading.sentiment: negative }, { satisfaction: 1 }] }', '{ priority: high }')}`,
      },
      [
        'warning config/triage.yaml:5:67 rules.1.when.any.0.tags: nothing gives tags the value "VPI", so that this never holds; did you mean "vip"? Allowed: vip.',
        'warning config/triage.yaml:5:95 rules.1.when.any.1.reading.sentiment: no language model is named, so that there is never anything in reading.sentiment; name one under model: in triage.yaml, or take this out.',
        'warning config/triage.yaml:5:123 rules.1.when.any.2.satisfaction: no survey is sent, so that there is never anything in satisfaction; switch it on under survey: in follow-up.yaml, or take this out.',
      ],
      {
        'triage.yaml': `categories: [billing]\ntags: [vip]\nrules:\n${MENTIONS_CARD}${aTriageRule('Asks', '{ tags: VIP }', '{ priority: high }')}`,
      },
    ],
    [
      'an escalation with a missing part',
      escalation('when: { priority: high }, notify: { who: [Ana] }, accountable: Ana, customer: none, until: resolved'),
      [
        'error config/escalation.yaml:2:5 escalations.0.priority: is missing; add it. Part 3 of 6, whether the priority changes while it lasts: at least so high, or raise_by_one. To leave it, write unchanged. For example: unchanged.',
        'error config/escalation.yaml:2:72 escalations.0.notify.by: is missing; add it. Part 2 of 6, by which channel they are told: email, and the names of ways in notices.yaml. For example: email.',
      ],
      escalation(
        'when: { priority: high }, priority: unchanged, notify: { who: [Ana], by: email }, accountable: Ana, customer: none, until: resolved',
      ),
    ],
    [
      'a queue without people',
      { 'people.yaml': 'agents: { Ana: {} }\nqueues: { support: { members: [Ana] }, billing: {} }\n' },
      [
        'error config/people.yaml:2:49 queues.billing: the queue "billing" has no members, no fallback and nobody to notify; name members, or say under fallback or notify who is to know.',
      ],
      {
        'people.yaml':
          'agents: { Ana: {} }\nqueues: { support: { members: [Ana] }, billing: { method: none, notify: [lead@example.com] } }\n',
      },
    ],
    [
      'a skill that nobody has',
      { 'routing.yaml': `rules:\n${aTriageRule('A', '{ priority: high }', '{ skills: [biling] }')}` },
      [
        'error config/routing.yaml:2:85 rules.0.then.skills.0: "biling" is not a skill that anybody has; did you mean "billing"? Allowed: billing.',
      ],
      { 'routing.yaml': `rules:\n${aTriageRule('A', '{ priority: high }', '{ skills: [billing] }')}` },
    ],
    [
      'a template with an unknown field',
      { 'replies/thanks.md': '---\nsubject: Thanks\n---\nWe have {{ ticket.numbr }}.\n' },
      ['error config/replies/thanks.md:4:12 "ticket.numbr" is not a field of a reply; did you mean "ticket.number"?'],
      { 'replies/thanks.md': '---\nsubject: Thanks\n---\nWe have {{ ticket.subject }}.\n' },
    ],
    [
      'a calendar that never opens',
      { 'people.yaml': `${DESK['people.yaml']}`.replace('Mon-Fri: 09:00-17:00', '') },
      [
        'error config/people.yaml:1:31 calendars.office.hours: the calendar "office" never opens; give it hours, as Mon-Fri: 09:00-17:00.',
      ],
      { 'people.yaml': `${DESK['people.yaml']}`.replace('Mon-Fri', 'Sun') },
    ],
    [
      'a secret in a file',
      { 'desk.yaml': 'name: Test desk # xoxb-1234567890-abcdef\n' },
      [
        'error config/desk.yaml:1:19 this looks like a secret, and no secret stands in a file; put it into the environment or into .env, write env: and its name here, and have the secret changed.',
      ],
      { 'desk.yaml': 'name: Test desk # env:SLACK_TOKEN\n' },
    ],
    [
      'more categories than people can tell apart (A-025)',
      { 'triage.yaml': `categories: [${categories(11)}]\nlearning: { enabled: true }\nrules:\n${givingAll(11)}` },
      [
        'warning config/triage.yaml:1:13 categories: 11 categories are more than people can tell apart; keep to 10 or fewer, and use tags for the rest.',
      ],
      { 'triage.yaml': `categories: [${categories(10)}]\nrules:\n${givingAll(10)}` },
    ],
  ])('%s', (_what, bad, lines, good) => {
    expect(found(bad)).toEqual(lines);
    expect(found(good)).toEqual([]);
  });

  it('in one go, in the order of the files', () => {
    const places = found({
      ...escalation('when: { priority: high }'),
      ...asks('{ category: biling }'),
      'desk.yaml': 'name: Test desk # xoxb-1234567890-abcdef\n',
      'people.yaml': 'agents: { Ana: {} }\nqueues: { support: { members: [Ana, Bob] }, billing: {} }\n',
    }).map((line) => line.split(' ')[1]);
    expect(places).toEqual([
      'config/desk.yaml:1:19',
      'config/escalation.yaml:2:5',
      'config/escalation.yaml:2:5',
      'config/escalation.yaml:2:5',
      'config/escalation.yaml:2:5',
      'config/escalation.yaml:2:5',
      'config/people.yaml:2:37',
      'config/people.yaml:2:54',
      'config/triage.yaml:4:63',
    ]);
  });
});

function categories(count: number): string {
  return Array.from({ length: count }, (_, index) => `c${index}`).join(', ');
}

function givingAll(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    aTriageRule(`R${index}`, `{ text: { mentions: word${index} } }`, `{ category: c${index} }`),
  ).join('');
}
