import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../src/decide/apply.ts';
import type { Condition } from '../../src/decide/condition.ts';
import { decide } from '../../src/decide/index.ts';
import { rowColumnsRead } from '../../src/decide/conditions/row-columns.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { sentenceOf, turnSentence } from '../../src/domain/sentence.ts';
import type { RowNews, Ticket } from '../../src/domain/ticket.ts';
import { ALWAYS, aPolicy, aQueue, aRule, aTicket, MORNING, someFacts } from '../support/builders.ts';

function is(field: string, ...values: string[]): Condition {
  return { kind: 'is', field, values };
}

const EACH = { low: 60, medium: 60, high: 60, critical: 60 };

/** Gold customers go first, the north has a queue of its own, and VIPs are promised more. */
const POLICY = aPolicy({
  queues: [
    aQueue(),
    aQueue({ name: 'north', members: ['Cy'] }),
    aQueue({ name: 'review', members: [], method: 'none' }),
  ],
  triage: {
    rules: [
      aRule({ category: 'billing' }, { name: 'All is billing', place: 'triage.yaml:3' }),
      aRule({ priority: 'high' }, { name: 'Gold goes first', when: is('row.Plan', 'Gold'), place: 'triage.yaml:9' }),
    ],
  },
  routing: {
    rules: [aRule({ queue: 'north' }, { name: 'North', when: is('row.Region', 'North'), place: 'routing.yaml:2' })],
  },
  sla: {
    policies: ['VIP', 'Everybody'].map((name, index) => ({
      name,
      why: 'A promise is a promise.',
      owner: 'support lead',
      when: name === 'VIP' ? { kind: 'all', of: [is('row.vip', 'true'), is('row.plan', 'gold')] } : ALWAYS,
      place: `sla.yaml:${index + 2}`,
      promises: [],
      targets: [{ metric: 'first_reply', minutes: EACH, calendar: null, warnShare: 0.8 }],
    })),
  },
});

/** A ticket that was triaged and given to Ana, after its row changed. */
function afterRow(row: RowNews, ticket: Partial<Ticket> = {}) {
  const before = aTicket({ category: 'billing', assignee: 'Ana', ...ticket });
  const occasion: Occasion = { kind: 'edited', by: 'Ben', at: MORNING, changes: [], row };
  const loads = ['Ana', 'Ben', 'Cy'].map((name) => ({ name, open: 0, lastAssignedAt: null, away: false }));
  return decide(before, occasion, { policy: POLICY, facts: someFacts({ loads }), now: MORNING });
}

function changesIn({ effects }: ReturnType<typeof decide>) {
  return effects.flatMap((effect) => (effect.kind === 'change' ? [[effect.field, effect.to]] : []));
}

describe('a column of the team’s own that changed in the row', () => {
  it('is asked about by triage, and the sentence names it as people do', () => {
    const judgement = afterRow({ plan: 'Gold' });
    expect(changesIn(judgement)).toContainEqual(['priority', 'high']);
    const reason = judgement.reasons.find(({ change }) => change?.field === 'priority');
    expect(reason).toMatchObject({ evidence: [{ kind: 'field', name: 'row.Plan', value: 'Gold' }] });
    const sentence = 'Priority high, because Plan in the row is Gold (rule Gold goes first).';
    expect(reason === undefined ? '' : sentenceOf(reason)).toBe(sentence);
    expect(turnSentence(judgement.reasons)).toBe(sentence);
  });

  it('moves an assigned ticket where a routing rule sends it', () => {
    expect(changesIn(afterRow({ region: 'North' }))).toEqual(
      expect.arrayContaining([
        ['queue', 'north'],
        ['assignee', 'Cy'],
      ]),
    );
  });

  it('decides which promise is made', () => {
    const clocksOf = (row: RowNews, ticket: Partial<Ticket> = {}) =>
      afterRow(row, ticket).effects.flatMap((effect) => (effect.kind === 'clock' ? [effect.clock.policy] : []));
    expect(clocksOf({ vip: true }, { row: { plan: 'Gold' } })).toEqual(['VIP']);
    expect(clocksOf({ vip: false }, { row: { plan: 'Gold' } })).toEqual(['Everybody']);
  });

  it('never undoes what a person chose (A-036)', () => {
    const chosen = { by: 'Ana', at: MORNING, from: 'high', to: 'low' } as const;
    expect(
      changesIn(afterRow({ plan: 'Gold' }, { priority: 'low', overrides: { priority: chosen } })).map(
        ([field]) => field,
      ),
    ).not.toContain('priority');
  });

  it('leaves triage alone when none of its rules asks for it', () => {
    // All is billing, which would be said again.
    const categoryAfter = (row: RowNews) =>
      changesIn(afterRow(row, { category: null })).filter(([field]) => field === 'category');
    expect(categoryAfter({ region: 'South' })).toEqual([]);
    expect(categoryAfter({ plan: null })).toEqual([['category', 'billing']]);
  });

  it('is kept with the ticket, and forgotten when it is emptied', () => {
    const row = { region: 'South', vip: true };
    const { effects } = afterRow({ plan: 'Gold', region: null }, { row });
    const after = effects.reduce((ticket, effect) => applyEffect(ticket, effect, MORNING), aTicket({ row }));
    expect(after.row).toEqual({ plan: 'Gold', vip: true });
  });
});

describe('the columns that rules ask for', () => {
  it('are those of all rules, each once however it is written, with where it is asked for', () => {
    expect(rowColumnsRead(POLICY)).toEqual([
      { key: 'plan', title: 'Plan', places: ['triage.yaml:9', 'sla.yaml:2'] },
      { key: 'region', title: 'Region', places: ['routing.yaml:2'] },
      { key: 'vip', title: 'vip', places: ['sla.yaml:2'] },
    ]);
  });

  it('are none where no rule asks', () => {
    expect(rowColumnsRead(aPolicy())).toEqual([]);
  });
});
