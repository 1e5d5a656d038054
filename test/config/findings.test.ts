import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/load.ts';
import { aConfig, aTriageRule, findingsOf, SOME_CONNECTORS } from '../support/config.ts';

const RULE = 'name: One\n    why: because\n    owner: Ana';

describe('a mistake is told with file, line, column, what was expected and the nearest valid name', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      'a word that is none of the allowed ones',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: {}\n    then:\n      priority: urgant\n` },
      [
        'error config/triage.yaml:7:17 rules.0.then.priority: "urgant" is not a priority; did you mean "critical"? Allowed: low, medium, high, critical.',
      ],
    ],
    [
      'a key that is not one',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: {}\n    then: { prioritty: high }\n` },
      [
        'error config/triage.yaml:6:13 rules.0.then.prioritty: "prioritty" is not a key here; did you mean "priority"? Allowed: category, severity, priority, tags.',
      ],
    ],
    [
      'a rule without name, why and owner (A-034, A-109)',
      { 'routing.yaml': 'rules:\n  - when: {}\n    then: { queue: support }\n' },
      [
        'error config/routing.yaml:2:5 rules.0.name: is missing; add it. What the rule is called in decisions and reports. Each name once in a file. For example: Failed payment goes to billing.',
        'error config/routing.yaml:2:5 rules.0.why: is missing; add it. One sentence: why the rule is there. For example: Only finance can mend a payment.',
        'error config/routing.yaml:2:5 rules.0.owner: is missing; add it. Who decides about the rule: a person or a role. For example: finance lead.',
      ],
    ],
    [
      'a rule with an empty why',
      { 'routing.yaml': 'rules:\n  - { name: a, why: "", owner: b, when: {}, then: { queue: support } }\n' },
      ['error config/routing.yaml:2:21 rules.0.why: "" is empty; for example: Only finance can mend a payment.'],
    ],
    [
      'a field that no ticket has',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: { priorty: high }\n    then: { priority: low }\n` },
      [
        'error config/triage.yaml:5:13 rules.0.when.priorty: "priorty" is not a key here; did you mean "priority"? Fields of your own begin with requester.account., fields. or row.',
      ],
    ],
    [
      'a test that is none, in a field of the team',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: { fields.amount: { abov: 3 } }\n    then: { priority: low }\n` },
      [
        'error config/triage.yaml:5:30 rules.0.when.fields.amount.abov: "abov" is not a key here; did you mean "above"? Allowed: is, oneOf, above, below, before, after, empty.',
      ],
    ],
    [
      'a phrase with a star in the wrong place',
      {
        'triage.yaml': `rules:\n  - ${RULE}\n    when: { text: { mentions: ["*fund"] } }\n    then: { priority: low }\n`,
      },
      [
        'error config/triage.yaml:5:32 rules.0.when.text.mentions.0: "*fund" is not a phrase: a * stands only at the end of a word; for example: payment failed.',
      ],
    ],
    [
      'a pattern that cannot be compiled',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: { text: { matches: "(?=x)" } }\n    then: { priority: low }\n` },
      [
        'error config/triage.yaml:5:30 rules.0.when.text.matches: "(?=x)" is not a pattern that we can use: invalid or unsupported Perl syntax: `(?=`; patterns follow RE2: no look-ahead, no look-behind, no back-references.',
      ],
    ],
    [
      'a pattern that every text matches',
      { 'triage.yaml': `rules:\n  - ${RULE}\n    when: { text: { matches: "x*" } }\n    then: { priority: low }\n` },
      [
        'error config/triage.yaml:5:30 rules.0.when.text.matches: "x*" is not a pattern that we can use: it matches an empty text, and so every text; patterns follow RE2: no look-ahead, no look-behind, no back-references.',
      ],
    ],
    [
      'hours that are none',
      { 'people.yaml': 'calendars:\n  office:\n    hours:\n      Mon-Fry: 09:00-17:00\n      Sat: 9-17\n' },
      [
        'error config/people.yaml:4:16 calendars.office.hours.Mon-Fry: "Mon-Fry" is not a day or a range of days; for example: {"Mon-Thu":"09:00-13:00, 14:00-18:00","Fri":"09:00-15:00"}.',
        'error config/people.yaml:5:12 calendars.office.hours.Sat: "9-17" is not a span of hours; for example: {"Mon-Thu":"09:00-13:00, 14:00-18:00","Fri":"09:00-15:00"}.',
      ],
    ],
    [
      'a length of time that is none',
      { 'sla.yaml': 'policies:\n  - { name: a, why: b, owner: c, targets: { first_reply: 5 minutes } }\n' },
      [
        'error config/sla.yaml:2:58 policies.0.targets.first_reply: "5 minutes" is not a length of time; for example: {"critical":"15m","high":"1h","medium":"4h","low":"8h"}.',
      ],
    ],
    [
      'a day that does not exist and a time zone that does not either',
      { 'people.yaml': 'calendars:\n  office: { timeZone: Europe/Belrin, hours: always, holidays: [2026-02-30] }\n' },
      [
        'error config/people.yaml:2:23 calendars.office.timeZone: "Europe/Belrin" is not a time zone; for example: Europe/Berlin.',
        'error config/people.yaml:2:64 calendars.office.holidays.0: "2026-02-30" is not a date; for example: 2026-12-25.',
      ],
    ],
    [
      'a number out of range and one that is none',
      { 'channels.yaml': 'channels:\n  a: { kind: form, maxBytes: 10, perMinute: many }\n' },
      [
        'error config/channels.yaml:2:30 channels.a.maxBytes: 10 is too little; at least 1024.',
        'error config/channels.yaml:2:45 channels.a.perMinute: "many" is not a whole number; for example: 600.',
      ],
    ],
    [
      'a setting that a connector does not know',
      { 'channels.yaml': 'channels:\n  a: { kind: form, settings: { intr: Hello } }\n' },
      [
        'error config/channels.yaml:2:32 channels.a.settings.intr: "intr" is not a key here; did you mean "intro"? Allowed: intro.',
      ],
    ],
    [
      'a kind of channel that there is not',
      { 'channels.yaml': 'channels:\n  a: { kind: jsn }\n' },
      [
        'error config/channels.yaml:2:14 channels.a.kind: "jsn" is not a kind of channel; did you mean "json"? Allowed: form, json.',
      ],
    ],
    [
      'a name that does not go into an address',
      { 'channels.yaml': 'channels:\n  Our Site: { kind: form }\n' },
      [
        'error config/channels.yaml:2:3 channels.Our Site: "Our Site" is not a name for an address: small letters, digits and hyphens; rename it.',
      ],
    ],
    [
      'a store that there is not',
      { 'desk.yaml': 'store:\n  kind: embeded\n' },
      [
        'error config/desk.yaml:2:9 store.kind: "embeded" is not a kind of store; did you mean "embedded"? Allowed: embedded, base.',
      ],
    ],
    [
      'a file that is a list',
      { 'desk.yaml': '- name: x\n' },
      ['error config/desk.yaml:1:1 a list is not a group of keys; see docs/reference/config.md for what fits here.'],
    ],
  ])('%s', (_what, files, findings) => {
    expect(findingsOf(files)).toEqual(findings);
  });
});

describe('a file that is no YAML', () => {
  it.each<[string, string, string]>([
    ['a key twice', 'name: a\nname: b\n', 'config/desk.yaml:2:1 Map keys must be unique; keep one of the two.'],
    [
      'a tab',
      'intake:\n\tduplicateWindowMinutes: 3\n',
      'config/desk.yaml:2:1 Tabs are not allowed as indentation; indent with spaces.',
    ],
    [
      'an open quotation mark',
      'name: "a\n',
      'config/desk.yaml:2:1 Missing closing "quote; close the bracket or the quotation mark.',
    ],
    [
      'a colon in text',
      'name: a: b\n',
      'config/desk.yaml:1:7 Nested mappings are not allowed in compact mappings; put text that holds a colon into quotation marks, and each key on a line of its own.',
    ],
    [
      'an unknown anchor',
      'name: *nobody\n',
      'config/desk.yaml:1:1 Unresolved alias (the anchor must be set before the alias): nobody; write the parts out instead of referring to them.',
    ],
  ])('%s', (_what, text, line) => {
    expect(findingsOf({ 'desk.yaml': text })[0]).toBe(`error ${line}`);
  });

  it('with too many aliases is refused rather than unfolded', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...['b', 'c', 'd', 'e', 'f'].map(
        (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcde'[index]}`).join(', ')}]`,
      ),
    ].join('\n');
    expect(findingsOf({ 'desk.yaml': bomb })[0]).toContain('Excessive alias count');
  });
});

describe('all mistakes are told at once', () => {
  it('of several files, in the order of a reader', () => {
    const findings = findingsOf({
      'desk.yaml': 'prefix: lower\nfirstNumber: 0\n',
      'people.yaml': 'agents:\n  Ana: { cap: -1 }\n',
      'sla.yaml': 'policies: 3\n',
    });
    expect(findings.map((line) => line.split(' ')[1])).toEqual([
      'config/desk.yaml:1:9',
      'config/desk.yaml:2:14',
      'config/people.yaml:2:15',
      'config/sla.yaml:1:11',
    ]);
  });

  it('checks across files go on where the files that they need can be read', () => {
    const findings = findingsOf({
      'triage.yaml': 'rules: 3\n',
      'people.yaml': 'queues:\n  a: { members: [Nobody] }\n',
    });
    expect(findings.map((line) => line.split(' ')[1])).toEqual(['config/people.yaml:2:18', 'config/triage.yaml:1:8']);
  });

  it('names and patterns are looked at beside a file that is broken, save names that only it would give', () => {
    const when = '{ category: bilings, queue: nowhere, subject: { matches: "(?=a)" } }';
    const files = {
      'triage.yaml': `categories: [billing]\nrules:\n${aTriageRule('One', when, '{ category: biling }')}`,
      'sla.yaml': 'policies: 3\n',
    };
    const places = (more: Record<string, string>) =>
      findingsOf({ ...files, ...more })
        .filter((line) => line.startsWith('error'))
        .map((line) => line.split(' ')[2]);
    expect(places({})).toEqual([
      'policies:',
      'rules.0.when.category:',
      'rules.0.when.queue:',
      'rules.0.when.subject.matches:',
      'rules.0.then.category:',
    ]);
    expect(places({ 'people.yaml': 'agents: 3\n' })).toEqual([
      'agents:',
      'policies:',
      'rules.0.when.category:',
      'rules.0.when.subject.matches:',
      'rules.0.then.category:',
    ]);
  });
});

describe('a secret', () => {
  it('that is written out is refused and not repeated', () => {
    const token = 'hunter2hunter2';
    const findings = findingsOf({ 'channels.yaml': `channels:\n  a: { kind: json, token: ${token} }\n` });
    expect(findings).toEqual([
      'error config/channels.yaml:2:27 channels.a.token: this value is not a reference to a secret, and no secret stands in a file; for example: env:JSON_TOKEN.',
    ]);
  });

  it.each([
    'sk-abcdefghijklmnopqrstuvwx',
    'xoxb-1234567890-abcdef',
    'patABCDEFGHIJKLMN.0123456789abcdef0123456789abcdef',
    'postgres://desk:hunter2@db.example.com/desk',
    'whsec_0123456789abcdefghijklmnop',
  ])('that looks like %s is found in a comment too, and not repeated', (secret) => {
    const findings = findingsOf({ 'triage.yaml': `# mine\n# ${secret}\n` });
    expect(findings).toEqual([
      'error config/triage.yaml:2:3 this looks like a secret, and no secret stands in a file; put it into the environment or into .env, write env: and its name here, and have the secret changed.',
    ]);
  });

  it('that the environment lacks is a warning, and the channel takes nothing', () => {
    const files = { 'channels.yaml': 'channels:\n  a: { kind: json, token: env:A_TOKEN }\n' };
    expect(findingsOf(files)).toEqual([
      'warning config/channels.yaml:2:27 channels.a: A_TOKEN is not set, so that the channel "a" takes nothing; set it on the page of the channel in the console; or in the environment or in .env, and start again.',
    ]);
    expect(aConfig(files).channels['a']).toMatchObject({ secrets: null, missingSecrets: ['A_TOKEN'] });
  });

  it('that signs and is shown is one secret', () => {
    const written = '{ kind: json, secret: env:ONE, access: env:ONE }';
    const { channels } = aConfig({ 'channels.yaml': `channels:\n  a: ${written}\n` }, { ONE_BEFORE: 'old' });
    expect(channels['a']).toMatchObject({
      missingSecrets: ['ONE'],
      named: [{ variable: 'ONE', role: 'secret', isSet: false, hasBefore: true }],
    });
  });

  it('of which one of two is there lets the channel go on', () => {
    const files = {
      'channels.yaml': 'channels:\n  a: { kind: json, token: [env:NEW, env:OLD], secret: env:SIGNING }\n',
    };
    const { channels } = aConfig(files, { OLD: 'old', SIGNING: 'signing' });
    expect(channels['a']).toMatchObject({
      secrets: { tokens: ['old'], signing: ['signing'] },
      missingSecrets: ['NEW'],
    });
    expect(findingsOf(files, { OLD: 'old', SIGNING: 'signing' })).toEqual([
      'warning config/channels.yaml:2:27 channels.a: NEW is not set; set it on the page of the channel in the console; or in the environment or in .env, and start again.',
    ]);
  });
});

describe('a reply', () => {
  it('with a gap that nothing fills is refused where the gap is', () => {
    const text = '---\nsubject: "About {{ ticket.numbr }}"\n---\nHello,\n\n  {{ requester.nam }} {{ rebly.text }}\n';
    expect(
      findingsOf({ 'replies/thanks.md': text }).map((line) => line.replace(/( Allowed|(?<=allowed)):.*/, '')),
    ).toEqual([
      'error config/replies/thanks.md:2:19 subject: "ticket.numbr" is not a field of a reply; did you mean "ticket.number"?',
      'error config/replies/thanks.md:6:6 "requester.nam" is not a field of a reply; did you mean "requester.name"?',
      'error config/replies/thanks.md:6:26 "rebly.text" is not a field of a reply; did you mean "reply.text"?',
    ]);
  });

  it.each([
    [
      'no head',
      'Hello\n',
      'config/replies/a.md:1:1 subject: is missing; begin the file with three lines: ---, then subject: and the subject of the mail, then --- again.',
    ],
    [
      'no subject',
      '---\nto: x\n---\n',
      'config/replies/a.md:2:1 subject: is missing; add it. The subject of the mail; it can have gaps too. Only what agents take for an answer needs none. For example: We have your request {{ ticket.number }}.',
    ],
    [
      'a broken tag',
      '---\nsubject: a\n---\n{% if %}\n',
      'config/replies/a.md:4:6 invalid value expression: ""; gaps are written {{ ticket.number }}; docs/reference/config.md lists them.',
    ],
    [
      'a tag that reads files',
      '---\nsubject: a\n---\nx\n{% include "b" %}\n',
      'config/replies/a.md:5:1 tag "include" not found; gaps are written {{ ticket.number }}; docs/reference/config.md lists them.',
    ],
  ])('with %s', (_what, text, line) => {
    expect(findingsOf({ 'replies/a.md': text })).toContain(`error ${line}`);
  });

  it('that acknowledges must be there', () => {
    const files = {
      'desk.yaml': 'intake:\n  acknowledgement: thanx\n',
      'replies/thanks.md': '---\nsubject: a\n---\nb\n',
    };
    expect(findingsOf(files)).toEqual([
      'error config/desk.yaml:2:20 intake.acknowledgement: "thanx" is not a template in replies/; did you mean "thanks"? Allowed: thanks.',
    ]);
  });

  it('that acknowledges has no gap of an answer', () => {
    const files = {
      'desk.yaml': 'intake:\n  acknowledgement: thanks\n',
      'replies/thanks.md': '---\nsubject: a\n---\n{{ reply.text }}\n',
    };
    expect(findingsOf(files)).toEqual([
      'error config/desk.yaml:2:20 intake.acknowledgement: replies/thanks.md has the gap "reply.text", which nothing fills here; take it out of replies/thanks.md, or name another template here.',
    ]);
  });
});

describe('the folder', () => {
  it('without desk.yaml is refused', () => {
    const given = { folder: 'config', environment: {}, connectors: SOME_CONNECTORS };
    expect(checkConfig({}, given)).toEqual({
      findings: [
        {
          severity: 'error',
          file: 'config/desk.yaml',
          line: 1,
          column: 1,
          path: '',
          message: 'there is no desk.yaml',
          fix: 'Write one: a line with name: and the name of your desk is enough.',
        },
      ],
    });
  });

  it('with an empty desk.yaml is a desk', () => {
    expect(findingsOf({ 'desk.yaml': '' })).toEqual([]);
  });

  it('with a file that nobody reads is warned of', () => {
    expect(findingsOf({ 'triage.yml': 'rules: []\n' })).toEqual([
      'warning config/triage.yml:1:1 nobody reads triage.yml; did you mean "triage.yaml"?',
    ]);
  });
});
