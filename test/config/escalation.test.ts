import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const PEOPLE = 'agents:\n  Ana: {}\nqueues:\n  support: { members: [Ana], method: none }\n';

const SLA = 'policies:\n  - { name: All, why: w, owner: o, targets: { first_reply: 1h } }\n';

/** The six parts, one to a line, so that a test takes one out or says another. */
const PARTS = {
  notify: 'notify: { who: [queue, Ana, boss@example.com], by: email }',
  priority: 'priority: unchanged',
  accountable: 'accountable: owner',
  customer: 'customer: none',
  until: 'until: [answered, resolved]',
};

function escalation(parts: Partial<Record<keyof typeof PARTS | 'when' | 'after' | 'level', string>> = {}): string {
  const lines = Object.values({ when: 'when: { priority: critical }', ...PARTS, ...parts }).filter(
    (line) => line !== '',
  );
  return `escalations:\n  - name: Critical\n    why: w\n    owner: o\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function findings(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return findingsOf({ 'people.yaml': PEOPLE, 'sla.yaml': SLA, 'escalation.yaml': text, ...files }).filter((line) =>
    line.includes('escalation.yaml'),
  );
}

describe('an escalation', () => {
  it('that says all six parts is taken as it is', () => {
    expect(findings(escalation())).toEqual([]);
    const { policy } = aConfig({
      'people.yaml': PEOPLE,
      'sla.yaml': SLA,
      'escalation.yaml': escalation({ after: 'after: { slaUsed: { first_reply: 80% }, noProgress: 1h 30m }' }),
    });
    expect(policy.escalation.definitions).toMatchObject([
      {
        name: 'Critical',
        level: 1,
        after: [
          {
            slaUsed: { first_reply: 0.8 },
            ownerChanges: null,
            contacts: null,
            noProgressMinutes: 90,
            waitingMinutes: null,
          },
        ],
        who: ['queue', 'Ana', 'boss@example.com'],
        priority: 'unchanged',
        accountable: null,
        customer: null,
        until: ['answered', 'resolved'],
      },
    ]);
  });

  it.each([
    [
      'who is told (A-065)',
      { notify: 'notify: { by: email }' },
      'notify.who: is missing; add it. Part 1 of 6, who is told',
    ],
    [
      'the channel (A-066)',
      { notify: 'notify: { who: [queue] }' },
      'notify.by: is missing; add it. Part 2 of 6, by which channel',
    ],
    [
      'the priority (A-067)',
      { priority: '' },
      'priority: is missing; add it. Part 3 of 6, whether the priority changes',
    ],
    [
      'who answers for it (A-068)',
      { accountable: '' },
      'accountable: is missing; add it. Part 4 of 6, who answers for it',
    ],
    [
      'the requester (A-069)',
      { customer: '' },
      'customer: is missing; add it. Part 5 of 6, what the requester is told',
    ],
    ['how it ends (A-070)', { until: '' }, 'until: is missing; add it. Part 6 of 6, how it ends'],
  ])('without a word on %s is refused, and told what to write', (_, parts, said) => {
    const [only, ...others] = findings(escalation(parts));
    expect(only).toContain(`error config/escalation.yaml`);
    expect(only).toContain(`escalations.0.${said}`);
    expect(others).toEqual([]);
  });

  it('without any part hears of all at once, each with how to say none', () => {
    const said = findings(escalation({ notify: '', priority: '', accountable: '', customer: '', until: '' }));
    expect(said).toHaveLength(5);
    expect(said[0]).toContain('To tell nobody, write nobody.');
    expect(said[1]).toContain('To leave it, write unchanged. For example: unchanged.');
    expect(said[2]).toContain('write owner. For example: owner.');
    expect(said[3]).toContain('To tell them nothing, write none. For example: none.');
  });

  it.each([
    [
      { notify: 'notify: { who: [Anna], by: email }' },
      '"Anna" is not an agent, and no mail address either; did you mean "Ana"?',
    ],
    [{ notify: 'notify: { who: [queue], by: pigeon }' }, '"pigeon" is not a way; allowed: email'],
    [{ accountable: 'accountable: Bob' }, '"Bob" is not an agent, and no mail address either'],
    [{ customer: 'customer: sorry' }, '"sorry" is not a template in replies/'],
    [{ until: 'until: whenever' }, '"whenever" is not how an escalation ends'],
    [{ until: 'until: [by_hand, resolved]' }, 'by_hand says that nothing but a person ends it'],
    [{ priority: 'priority: more' }, '"more" is not what can become of the priority'],
    [{ level: 'level: 4' }, '4 is too much; at most 3.'],
    [{ when: '' }, '"Critical" asks for nothing, so that every ticket would be escalated'],
    [{ when: 'when: { escalationLevel: 1 }' }, 'an escalation cannot ask for escalationLevel, which it sets itself'],
    [{ after: 'after: { noProgress: 0m }' }, 'noProgress of no time would escalate every ticket at once'],
    [{ after: 'after: {}' }, 'is empty, so that it asks for nothing'],
    [
      { after: 'after: { slaUsed: { next_reply: 80% } }' },
      'no policy in sla.yaml promises next_reply, so that this never fires; promise it there, or ask for first_reply.',
    ],
    [{ when: 'when: { category: bils }' }, '"bils" is not a category'],
  ])('with %j is told so', (parts, said) => {
    const found = findings(escalation(parts));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  it('has a name of its own', () => {
    const twice = escalation() + escalation().slice('escalations:\n'.length);
    expect(findings(twice)[0]).toContain('"Critical" is the name of the rule at escalation.yaml:2 too');
  });

  it('writes letters whose gaps are filled', () => {
    const text =
      'subject: Yours [{{ ticket.number }}]\n---\n{{ escalation.accountable }} sees to it since {{ escalation.since }}.';
    const letter = (body: string) => ({ 'replies/sorry.md': `---\n${body}\n` });
    expect(findings(escalation({ customer: 'customer: sorry' }), letter(text))).toEqual([]);
    const [only] = findings(escalation({ customer: 'customer: sorry' }), letter(`${text} {{ reply.text }}`));
    expect(only).toContain('replies/sorry.md has the gap "reply.text", which nothing fills here');
  });
});

describe('the steps of a category (A-078)', () => {
  it('are of a category that there is, and stand in it once', () => {
    const steps = 'categories: [bug]\nsteps:\n  bugs: [Solve]\n  bug: [Solve, Close, Solve]\n';
    const said = findingsOf({ 'people.yaml': PEOPLE, 'triage.yaml': steps }).filter((line) => line.startsWith('error'));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('"bugs" is not a category; did you mean "bug"?');
    expect(said[1]).toContain('"Solve" is a step already');
  });
});
