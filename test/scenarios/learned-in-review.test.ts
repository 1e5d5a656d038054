import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { openLearning } from '../../src/knowledge/learning/create.ts';
import { createLog } from '../../src/kit/log.ts';
import { aPolicy, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { KNOWN_CATEGORIES, knownRequests } from '../support/known-requests.ts';
import { putTickets, solvedTickets } from '../support/known-tickets.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

/** Of none of the categories, in words that none of them has. */
const STRANGE = [
  'Bonjour, votre boutique vend-elle des vélos électriques ?',
  'Who won the cup final yesterday evening?',
];

describe.each(ENGINES)('ten requests that came before anything was learned, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());

  /** The desk, with the learning that it has when it runs. */
  async function aDeskThatLearns() {
    const { connection } = database;
    const clock = aClock();
    const config = aLiveConfig({ policy: { ...aPolicy(), categories: KNOWN_CATEGORIES } });
    const woken: string[] = [];
    const wake = async (lane: string) => void woken.push(lane);
    const learning = await openLearning({
      connection,
      config,
      embedder: async () => null,
      wake,
      now: clock.now,
      log: createLog('silent'),
    });
    return { ...aDesk(connection, { clock, config, classifier: learning.classifier }), learning, woken };
  }

  async function tenWait(): Promise<readonly Ticket[]> {
    const known = knownRequests(8, 3).map(({ subject, description }) => ({ subject, message: description }));
    const strange = STRANGE.map((message) => ({ subject: 'A question', message }));
    for (const [index, request] of [...known, ...strange].entries()) {
      await postForm(database.connection, { name: 'Greta', email: `greta${index}@example.com`, ...request });
    }
    return allTickets(database.connection);
  }

  it('get their category by themselves as soon as sixty others have taught it (A-033, A-099)', async () => {
    const desk = await aDeskThatLearns();
    await tenWait();
    await desk.pipeline.drainInbox();
    const waiting = await allTickets(database.connection);
    expect(waiting.map(({ needsReview, category }) => needsReview && category === null)).toEqual(Array(10).fill(true));

    // A person decides one of them meanwhile, against what will be learned.
    const [first] = waiting;
    const changes = [{ field: 'category' as const, from: null, to: 'product' }];
    await desk.pipeline.edit(first?.key ?? '', { by: 'Ana', at: MORNING, changes });
    await putTickets(database.connection, solvedTickets(60, 2001));
    await desk.learning.run();
    expect(desk.woken).toEqual(['advise']);
    await desk.pipeline.advise();

    const now = new Map((await allTickets(database.connection)).map((ticket) => [ticket.number, ticket]));
    const after = waiting.map(({ number }) => now.get(number));
    expect(after.map((ticket) => ticket?.category ?? null)).toEqual([
      'product',
      'delivery',
      'account',
      'product',
      'billing',
      'delivery',
      'account',
      'product',
      null,
      null,
    ]);
    expect(after.map((ticket) => ticket?.needsReview)).toEqual([...Array(8).fill(false), true, true]);
    expect(after[1]?.why).toMatch(/^Judged again, as more was learned: delivery, \d\d % sure by /);
    const decided = (await allDecisions(database.connection)).filter(({ ticketKey }) => ticketKey === after[8]?.key);
    await desk.pipeline.advise();
    const later = (await allDecisions(database.connection)).filter(({ ticketKey }) => ticketKey === after[8]?.key);
    expect(later).toHaveLength(decided.length);
  });
});
