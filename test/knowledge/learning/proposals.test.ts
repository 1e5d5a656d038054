import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Connection } from '../../../src/db/connection.ts';
import { learnedProposals } from '../../../src/db/schema.ts';
import type { ProposedField } from '../../../src/domain/proposal.ts';
import type { Priority, Ticket } from '../../../src/domain/ticket.ts';
import type { Example } from '../../../src/knowledge/classifier/index.ts';
import { lessonsIn } from '../../../src/knowledge/learning/lessons.ts';
import { trainProposal } from '../../../src/knowledge/learning/train.ts';
import { proposalWords } from '../../../src/knowledge/learning/words.ts';
import { aPolicy, aQueue, aTicket, MORNING } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { type KnownCategory, knownExamples, knownRequests } from '../../support/known-requests.ts';
import { putTickets } from '../../support/known-tickets.ts';
import { aLearner } from '../../support/learners.ts';
import { aClock } from '../../support/pipeline.ts';

const BILLING = { subject: 'My invoice is wrong', description: 'The payment failed, and a refund has not arrived.' };
const PARCEL = {
  subject: 'About my parcel',
  description: 'The courier never came, and the tracking shows no progress.',
};
const QUEUES = [aQueue(), aQueue({ name: 'finance' }), aQueue({ name: 'review' })];

function chosen(from: string, to: string): Ticket['overrides'][ProposedField] {
  return { by: 'Ana', at: MORNING, from, to };
}

/** Solved tickets that Ana had a hand in: what is about money she made urgent and gave to finance, the rest she let stand. */
function attended(count: number): readonly Ticket[] {
  return knownRequests(count).map(({ category, ...said }, index) => {
    const isMoney = category === 'billing';
    const priority: Priority = isMoney ? 'high' : 'medium';
    const queue = isMoney ? 'finance' : 'support';
    const moved = { priority: chosen('medium', 'high'), queue: chosen('support', 'finance') };
    const overrides = { category: chosen('', category), ...(isMoney ? moved : {}) } as Ticket['overrides'];
    const known = { number: index + 1, category, priority, queue, overrides };
    return aTicket({ ...said, ...known, status: 'resolved', resolvedAt: MORNING });
  });
}

function aProposer(
  connection: Connection,
  given: { proposes?: readonly ProposedField[]; clock?: ReturnType<typeof aClock> } = {},
) {
  const { proposes = ['priority', 'queue'], clock = aClock() } = given;
  return aLearner(connection, { clock, policy: aPolicy({ queues: QUEUES, triage: { proposes } }) });
}

/** The same requests, of which people made those of one kind urgent; all else had its usual priority. */
function urgentWhere(category: KnownCategory, count: number): readonly Example[] {
  return knownExamples(count).map((example) => {
    const isUrgent = example.category === category;
    return { ...example, category: isUrgent ? 'high' : 'medium', isCorrected: isUrgent };
  });
}

describe.each(ENGINES)('what a desk can learn of priority and queue, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('is what people chose, and what stood where they had a hand in the ticket', async () => {
    const solved = { status: 'resolved', resolvedAt: MORNING, category: 'billing', queue: 'finance' } as const;
    const byHand = { category: chosen('', 'billing') } as Ticket['overrides'];
    await putTickets(database.connection, [
      aTicket({ number: 1, ...solved }),
      aTicket({ number: 2, ...solved, overrides: byHand }),
      aTicket({
        number: 3,
        category: null,
        priority: 'high',
        overrides: { priority: chosen('low', 'high') } as Ticket['overrides'],
      }),
      aTicket({ number: 4, ...solved, queue: 'review', overrides: byHand }),
    ]);
    const names = { categories: ['billing'], renamed: {} };
    const proposable = { priority: ['high', 'medium'], queue: ['support', 'finance'] };
    const all: Record<string, unknown[]> = {};
    for await (const page of lessonsIn(database.connection, { names, proposable })) {
      for (const [target, examples] of Object.entries(page)) {
        (all[target] ??= []).push(
          ...examples.map(({ ticket, category, isCorrected }) => [ticket, category, isCorrected]),
        );
      }
    }
    expect(all).toEqual({
      category: [
        [4, 'billing', false],
        [2, 'billing', false],
        [1, 'billing', false],
      ],
      priority: [
        [4, 'medium', false],
        [3, 'high', true],
        [2, 'medium', false],
      ],
      queue: [[2, 'finance', false]],
    });
  });
});

describe('a desk that proposes', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('proposes what people chose for others like it, where it is sure, and finds it again after a restart', async () => {
    await putTickets(database.connection, attended(80));
    const learner = await aProposer(database.connection);
    await learner.run();
    const again = await aProposer(database.connection);
    for (const { classifier } of [learner, again]) {
      expect(classifier()?.proposalsOf(BILLING)).toMatchObject(
        [
          {
            field: 'priority',
            value: 'high',
            name: 'learned on 20 November from 80 tickets',
            nearest: { subject: /^About/ },
          },
          { field: 'queue', value: 'finance' },
        ].map((each) => ({
          ...each,
          ...('nearest' in each && { nearest: { subject: expect.stringMatching(/^About/) } }),
        })),
      );
      const [first] = classifier()?.proposalsOf(BILLING) ?? [];
      expect((first?.confidence ?? 0) >= (first?.threshold ?? 1)).toBe(true);
      expect(classifier()?.proposalsOf(PARCEL)).toEqual([]);
    }
    const { proposals, model } = await learner.state();
    expect(model).toMatchObject({ tickets: 80 });
    expect(proposals).toMatchObject([
      { field: 'priority', promise: 0.95, outcome: { kind: 'learned', report: { tickets: 80 } } },
      { field: 'queue', outcome: { kind: 'learned', report: { tickets: 80 } } },
    ]);
  });

  it('learns nothing from what rules alone decided, and says what is missing', async () => {
    const untouched = attended(80).map((ticket) => ({ ...ticket, overrides: {} }));
    await putTickets(database.connection, untouched);
    const learner = await aProposer(database.connection);
    await learner.run();
    expect(learner.classifier()?.opinionOf(BILLING)?.categories[0]).toMatchObject({ value: 'billing' });
    expect(learner.classifier()?.proposalsOf(BILLING)).toEqual([]);
    const [priority] = (await learner.state()).proposals;
    expect(priority === undefined ? null : proposalWords(priority)).toBe(
      'Priority: nothing is suggested yet. At least 30 tickets are needed of which a person chose it, or chose something else and let it stand, five each of two values. So far there are 0.',
    );
  });

  it('goes on without one that cannot be read, warns, and learns it anew', async () => {
    await putTickets(database.connection, attended(80));
    const clock = aClock();
    const { run } = await aProposer(database.connection, { clock });
    await run();
    const { field, model } = learnedProposals;
    const damaged = { model: Buffer.from('damaged') };
    await database.connection.queries.update(learnedProposals).set(damaged).where(eq(field, 'priority'));
    const next = await aProposer(database.connection, { clock });
    expect(next.warnings).toEqual([
      'what was learned of a field cannot be read; no value of it is suggested until it is learned anew, which npx tabledesk train does at once',
    ]);
    expect(next.classifier()?.proposalsOf(BILLING)).toMatchObject([{ field: 'queue', value: 'finance' }]);
    clock.forward({ hours: 1 });
    await next.run();
    expect(next.classifier()?.proposalsOf(BILLING)).toMatchObject([{ field: 'priority', value: 'high' }, {}]);
    const [again] = await database.connection.queries.select({ model }).from(learnedProposals);
    expect(again?.model?.length).toBeGreaterThan(100);
  });

  it('learns only what the config asks for, and is followed by other instances', async () => {
    await putTickets(database.connection, attended(80));
    const clock = aClock();
    const other = await aProposer(database.connection, { clock });
    const learner = await aProposer(database.connection, { clock, proposes: ['queue'] });
    await learner.run();
    expect((await learner.state()).proposals.map(({ field }) => field)).toEqual(['queue']);
    clock.forward({ seconds: 10 });
    await other.catchUp();
    expect(other.classifier()?.proposalsOf(BILLING)).toMatchObject([{ field: 'queue', value: 'finance' }]);
  });
});

describe('what is learned of such a field', () => {
  it('is never a value that people did not choose themselves, however often it stood', () => {
    const trained = trainProposal(urgentWhere('billing', 160), 0.9);
    if (trained.kind !== 'learned') throw new Error('Nothing was learned.');
    const { categories } = trained.report;
    expect(categories.map(({ category, coverage }) => [category, coverage > 0])).toEqual([
      ['high', true],
      ['medium', false],
    ]);
  });

  it('is nothing where people chose fewer than five', () => {
    const few = urgentWhere('billing', 160).map((each, index) => ({
      ...each,
      isCorrected: each.isCorrected && index < 16,
    }));
    const trained = trainProposal(few, 0.9);
    expect(trained).toMatchObject({ kind: 'learned', report: { coverage: 0 } });
  });
});
