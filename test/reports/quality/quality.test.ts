import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { figuresOf } from '../../../src/reports/figures/catalogue.ts';
import { measure } from '../../../src/reports/figures/measure.ts';
import { countsOf, groupCases, listCases, tallyBy } from '../../../src/reports/quality/cases.ts';
import { CHECKS } from '../../../src/reports/quality/checks.ts';
import { readQuality } from '../../../src/reports/quality/quality.ts';
import { spanBetween } from '../../../src/reports/span.ts';
import { at } from '../../support/builders.ts';
import { aDecision, aTriaged, MONTH, times, writeMonth } from '../../support/checked-month.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { anOutcome } from '../../support/histories.ts';

const NOW = at('2026-11-20T10:06:00Z');
const SPAN = spanBetween(MONTH.from, MONTH.to, 'Europe/Berlin') ?? fail();
const SCOPE = { span: SPAN, among: {}, now: NOW };

const CONFIG = aConfig({
  'people.yaml':
    'queues: { support: { method: none }, review: { method: none }, finance: { method: none }, technical: { method: none } }\n',
  'triage.yaml': [
    'categories: [billing, refund, bug, question, gift]\nreviewQueue: review\nrules:\n',
    '  - name: Payments\n    why: w\n    owner: o\n    when: { text: { mentions: payment } }\n    then: { category: billing } # money\n',
    aTriageRule('Crashes', '{ text: { mentions: crash } }', '{ category: bug }'),
  ].join(''),
  'routing.yaml': `defaultQueue: support
rules:
  - { name: Money, why: w, owner: o, when: { category: billing }, then: { queue: support } }
`,
  'escalation.yaml': `escalations:
  - name: Idle
    why: w
    owner: o
    after: { noProgress: 2h }
    notify: nobody
    priority: unchanged
    accountable: owner
    customer: none
    until: by_hand
`,
});

describe.each(ENGINES)('the quality checks of a seeded month on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  beforeEach(() => world.database.empty());
  afterAll(() => world.database.drop());

  const queries = () => world.database.connection.queries;
  const quality = () => readQuality(queries(), { config: CONFIG, scope: SCOPE });

  async function findings(title: string) {
    const found = (await quality()).findings.find((part) => part.title === title);
    return found?.findings ?? [];
  }

  /** 30 right and 40 wrong of one rule, 20 right of another, 10 of a model, 5 that nothing placed. */
  const TRIAGED = [
    ...times(1, 30, (number) => aTriaged(number, { said: 'billing', came: 'billing' })),
    ...times(101, 40, (number) => aTriaged(number, { said: 'billing', came: 'refund', more: { channel: 'mail' } })),
    ...times(201, 20, (number) =>
      aTriaged(number, { rule: 'Crashes', said: 'bug', came: 'bug', more: { segment: 'gold' } }),
    ),
    ...times(301, 10, (number) => aTriaged(number, { model: 'learned', said: 'question', came: 'question' })),
    ...times(401, 5, (number) => aTriaged(number, { said: null, came: 'bug' })),
  ];

  it('counts first categories against last ones, by rule, model, channel and segment', async () => {
    await writeMonth(world.database.connection, TRIAGED);
    const groups = await groupCases(queries(), CHECKS.triage, SCOPE);
    const cells = tallyBy(groups, ({ said, came }) => `${said} ${came}`).map(({ key, cases }) => [key, cases]);
    expect(cells).toEqual([
      ['billing refund', 40],
      ['billing billing', 30],
      ['bug bug', 20],
      ['question question', 10],
      [' bug', 5],
    ]);
    const right = (by: 'thing' | 'channel' | 'segment') =>
      tallyBy(groups, (group) => group[by]).map(({ key, good, bad }) => `${key}: ${good} of ${good + bad}`);
    expect(right('thing')).toEqual(['Payments: 30 of 70', 'Crashes: 20 of 20', 'learned: 10 of 10', ': 0 of 0']);
    expect(right('channel')).toEqual(['website: 60 of 60', 'mail: 0 of 40']);
    expect(right('segment')).toEqual([': 40 of 80', 'gold: 20 of 20']);
  });

  it('has as many tickets as the overview says were resolved, and opens those of a cell', async () => {
    await writeMonth(world.database.connection, TRIAGED);
    const measured = await measure(queries(), { figures: figuresOf('resolved', 'opened'), span: SPAN, now: NOW });
    const groups = await groupCases(queries(), CHECKS.triage, SCOPE);
    expect(countsOf(groups)).toEqual({ cases: measured.get('')?.['resolved']?.value, good: 60, bad: 40 });
    const page = { limit: 3, offset: 0 };
    const only = { said: 'billing', came: 'refund' };
    const listed = await listCases(queries(), { check: CHECKS.triage, scope: SCOPE, only, ...page });
    expect([listed.total, listed.cases.length, listed.cases[0]?.number]).toEqual([40, 3, 140]);
    const none = await listCases(queries(), { check: CHECKS.triage, scope: SCOPE, only: { said: '' }, ...page });
    expect(none.total).toBe(5);
  });

  it('names the rule that is wrong, where it stands, and the line that would mend it', async () => {
    await writeMonth(world.database.connection, TRIAGED);
    const [finding, ...others] = await findings('Triage');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      says: 'The rule “Payments” gave billing to 70 tickets, and 40 of them (57 %) ended elsewhere, 40 in refund.',
      cases: 40,
      rule: { stage: 'triage', name: 'Payments', place: 'triage.yaml:4' },
      proposal: 'Have the rule give refund in place of billing.',
    });
    expect(finding?.change?.after).toBe(
      finding?.change?.before.replace('{ category: billing } # money', '{ category: refund } # money'),
    );
    expect(finding?.change?.after).not.toBe(finding?.change?.before);
  });

  it('makes no finding of few tickets, nor of what goes wrong by chance', async () => {
    await writeMonth(world.database.connection, [
      ...times(1, 15, (number) => aTriaged(number, { said: 'billing', came: 'refund' })),
      ...times(101, 22, (number) => aTriaged(number, { rule: 'Crashes', said: 'bug', came: 'bug' })),
      ...times(201, 3, (number) => aTriaged(number, { rule: 'Crashes', said: 'bug', came: 'question' })),
    ]);
    expect(await findings('Triage')).toEqual([]);
  });

  it('names categories that are taken for each other, too wide, and unused', async () => {
    await writeMonth(world.database.connection, TRIAGED);
    const says = (await findings('Categories')).map((finding) => finding.says);
    expect(says).toEqual([
      'Billing and refund were taken for each other 40 times among 70 tickets of the two (57 %).',
      'None of 105 resolved tickets is gift.',
    ]);
  });

  it('names a category whose corrections go everywhere', async () => {
    const spread = ['refund', 'bug', 'question', 'gift'];
    await writeMonth(world.database.connection, [
      ...times(1, 40, (number) => aTriaged(number, { said: 'billing', came: 'billing' })),
      ...times(101, 24, (number) => aTriaged(number, { said: 'billing', came: spread[number % 4] ?? '' })),
    ]);
    const says = (await findings('Categories')).map((finding) => finding.says);
    expect(says).toContain('Billing was corrected 24 times, into 4 other categories with none in front (2.0 bits).');
  });

  it('names rules whose tickets people move, and where to', async () => {
    const routed = (number: number, came: string) => ({
      row: anOutcome({ number, openedAt: at('2026-10-05T09:00:00Z'), queue: came }),
      made: [
        aDecision(number, {
          stage: 'route',
          code: 'route.rule',
          params: { queue: 'support' },
          source: { kind: 'rule', name: 'Money', owner: 'o' },
        }),
        ...(came === 'support'
          ? []
          : [
              aDecision(number, {
                stage: 'edit',
                code: 'edit.changed',
                field: 'queue',
                fromValue: 'support',
                toValue: came,
                source: { kind: 'person', name: 'Ana' },
              }),
            ]),
      ],
    });
    await writeMonth(world.database.connection, [
      ...times(1, 12, (number) => routed(number, 'support')),
      ...times(101, 28, (number) => routed(number, 'finance')),
    ]);
    expect(await findings('Routing')).toMatchObject([
      {
        says: 'The rule “Money” sent 40 tickets to support, and people moved 28 of them (70 %), 28 to finance.',
        rule: { place: 'routing.yaml:3' },
        proposal: 'Have the rule send them to finance.',
        change: { file: 'routing.yaml', after: expect.stringContaining('then: { queue: finance }') },
      },
    ]);
  });

  it('counts verdicts by definition, and has what is premature fire later', async () => {
    const raised = (number: number, verdict: string | null) => ({
      row: anOutcome({ number, openedAt: at('2026-10-05T09:00:00Z') }),
      made: [
        aDecision(number, {
          stage: 'escalate',
          code: 'escalate.raised',
          params: { name: 'Idle', others: [], level: 1 },
        }),
        aDecision(number, {
          stage: 'escalate',
          code: 'escalate.lowered_by_hand',
          params: { names: ['Idle'], verdict },
          source: { kind: 'person', name: 'Ana' },
        }),
      ],
    });
    await writeMonth(world.database.connection, [
      ...times(1, 10, (number) => raised(number, 'necessary')),
      ...times(101, 20, (number) => raised(number, 'premature')),
      ...times(201, 4, (number) => raised(number, 'too_late')),
      ...times(301, 6, (number) => raised(number, null)),
      ...times(401, 40, (number) => ({ row: anOutcome({ number, openedAt: at('2026-10-06T09:00:00Z') }), made: [] })),
    ]);
    const { groups } = await quality();
    expect(tallyBy(groups.escalations, ({ came }) => came).map(({ key, cases }) => [key, cases])).toEqual([
      ['premature', 20],
      ['necessary', 10],
      ['', 6],
      ['too_late', 4],
    ]);
    const found = await findings('Escalation');
    expect(found.map(({ says }) => says)).toEqual([
      '“Idle” escalated 40 times in a period with 80 new tickets (50 %): it is no exception any more.',
      '“Idle” escalated 40 times; of the 34 on which somebody said a word, 20 (59 %) were premature.',
    ]);
    expect(found[1]?.change?.after).toContain('noProgress: 3h');
  });

  it('tells hand-offs that came back, were rejected or lie from those that arrived', async () => {
    const step = (number: number, code: string, params: Record<string, string | number> = {}) =>
      aDecision(number, {
        stage: 'handoff',
        code,
        params: { instance: 1, from: 'support', to: 'technical', contract: 'To technical', ...params },
        source: { kind: 'person', name: 'Ana' },
      });
    const handed = (...codes: readonly [string, Record<string, string | number>?][]) => {
      return (number: number) => ({
        row: anOutcome({ number, openedAt: at('2026-10-05T09:00:00Z') }),
        made: codes.map(([code, params]) => step(number, code, params)),
      });
    };
    const back = { instance: 2, from: 'technical', to: 'support' };
    await writeMonth(world.database.connection, [
      ...times(1, 10, handed(['handoff.asked'], ['handoff.accepted'])),
      ...times(101, 12, handed(['handoff.asked'], ['handoff.rejected', { code: 'no_log_file' }])),
      ...times(201, 3, handed(['handoff.asked'])),
      ...times(301, 2, handed(['handoff.moved'], ['handoff.moved', back])),
    ]);
    const { groups } = await quality();
    const came = tallyBy(groups.handoffs, (group) => `${group.said}: ${group.came}`);
    expect(came.map(({ key, cases }) => [key, cases])).toEqual([
      ['support → technical: rejected: no_log_file', 12],
      ['support → technical: accepted', 10],
      ['support → technical: waits_long', 3],
      ['support → technical: came_back', 2],
      ['technical → support: accepted', 2],
    ]);
    expect(await findings('Hand-offs')).toMatchObject([
      {
        says: 'Of 27 hand-offs support → technical, 17 (63 %) came to nothing, most of them thus: rejected: no log file (12).',
        rule: { stage: 'handoff', name: 'To technical', place: null },
      },
    ]);
  });

  it('names drafts that people rewrite, and what to do with each kind', async () => {
    const answered = (reply: string, rewritten: number) => (number: number) => ({
      row: anOutcome({ number, openedAt: at('2026-10-05T09:00:00Z') }),
      made: [
        aDecision(number, {
          stage: 'respond',
          code: 'respond.draft_compared',
          params: { reply, title: `The ${reply}`, madeOf: 'reply', rewritten },
          source: { kind: 'person', name: 'Ana' },
        }),
      ],
    });
    await writeMonth(world.database.connection, [
      ...times(1, 5, answered('refund', 0)),
      ...times(101, 20, answered('refund', 0.6)),
      ...times(201, 25, answered('thanks', 0.2)),
      ...times(301, 25, answered('reset', 0.95)),
    ]);
    expect((await findings('Replies')).map(({ says, proposal }) => [says, proposal])).toEqual([
      [
        '“The reset” was the draft of 25 answers; 25 of them (100 %) have half of its words or more changed, 25 were written without it.',
        'It is offered where it does not fit: narrow suggestWhen of replies/reset.md.',
      ],
      [
        '“The refund” was the draft of 25 answers; 20 of them (80 %) have half of its words or more changed, 0 were written without it.',
        'Put into replies/refund.md what people write in its place: the tickets show it.',
      ],
    ]);
  });

  it('names categories whose solutions do not hold, by the figures of the reports', async () => {
    const solved = (category: string, reopenCount: number) => (number: number) =>
      aTriaged(number, { said: category, came: category, more: { reopenCount, customer: `customer ${number}` } });
    await writeMonth(world.database.connection, [
      ...times(1, 25, solved('bug', 1)),
      ...times(101, 100, solved('billing', 0)),
    ]);
    expect((await findings('After the solution')).map(({ says, behind }) => [says, behind])).toEqual([
      [
        'Of 25 tickets of bug, 25 (100 %) were opened again; of all it is 20 %.',
        { of: 'figure', figure: 'reopened', among: { category: 'bug' } },
      ],
    ]);
  });

  it('lists tickets that went through many hands, the most first', async () => {
    const owned = (assignmentCount: number) => (number: number) => ({
      row: anOutcome({ number, openedAt: at('2026-10-05T09:00:00Z'), assignmentCount }),
      made: [],
    });
    await writeMonth(world.database.connection, [
      ...times(1, 2, owned(2)),
      ...times(11, 1, owned(3)),
      ...times(21, 1, owned(5)),
    ]);
    const { manyOwners } = await quality();
    expect(manyOwners.tickets.map(({ number, owners }) => [number, owners])).toEqual([
      [21, 5],
      [11, 3],
    ]);
  });

  it('says nothing of a month without tickets', async () => {
    expect((await quality()).findings).toEqual([]);
  });
});

function fail(): never {
  throw new Error('there is none');
}
