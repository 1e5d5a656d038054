import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/db/connection.ts';
import { noteLessons, readLearning } from '../../../src/db/learning-mark.ts';
import { learnedModels } from '../../../src/db/schema.ts';
import type { Example } from '../../../src/knowledge/classifier/index.ts';
import { type Lessons, lessonsIn, type Target } from '../../../src/knowledge/learning/lessons.ts';
import { train } from '../../../src/knowledge/learning/train.ts';
import { aPolicy, aTicket, MORNING } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { KNOWN_CATEGORIES, knownExamples } from '../../support/known-requests.ts';
import { putTickets, solvedTickets } from '../../support/known-tickets.ts';
import { aLearner } from '../../support/learners.ts';
import { aClock } from '../../support/pipeline.ts';

const ASKED = { subject: 'My invoice is wrong', description: 'The payment failed, and a refund has not arrived.' };

/** The same database, in which no transaction ends well. */
function onFullDisk(connection: Connection): Connection {
  const queries = new Proxy(connection.queries, {
    get: (target, name) =>
      name === 'transaction'
        ? () => Promise.reject(new Error('could not extend file: No space left on device'))
        : Reflect.get(target, name),
  });
  return { ...connection, queries };
}

/** What was learned from forty tickets, as it is stored. */
function stored(inForceAt = MORNING): typeof learnedModels.$inferInsert {
  const names = { categories: KNOWN_CATEGORIES, renamed: {} };
  const trained = train(knownExamples(40), { promise: 0.95, names, older: [] });
  if (trained.kind !== 'learned') throw new Error('Nothing was learned.');
  const { bytes, threshold, report } = trained;
  return { learnedAt: inForceAt, inForceAt, tickets: report.tickets, promise: 0.95, threshold, report, model: bytes };
}

async function allLessons(pages: AsyncIterable<Lessons>, target: Target = 'category'): Promise<readonly Example[]> {
  const all: Example[] = [];
  for await (const page of pages) all.push(...(page[target] ?? []));
  return all;
}

describe.each(ENGINES)('what a desk can learn from, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('is what people know, newest first, without what they quoted (A-099)', async () => {
    const chosen = { by: 'Ana', at: MORNING, from: 'account', to: 'billing' };
    const mistakes = [{ by: 'rule', name: 'Cards', said: 'account', confidence: null, counted: true }] as const;
    const solved = { status: 'resolved', resolvedAt: MORNING } as const;
    await putTickets(database.connection, [
      aTicket({ number: 1, category: 'billing', subject: 'One', description: 'Paid.\n> quoted', ...solved }),
      aTicket({ number: 2, category: 'account' }),
      aTicket({ number: 3, category: 'billing', overrides: { category: { ...chosen, mistakes } } }),
      aTicket({ number: 4, category: 'invoices', subject: 'Four', description: '', ...solved }),
      aTicket({ number: 5, category: 'forgotten', ...solved }),
      aTicket({ number: 6, category: 'billing', tags: ['test'], ...solved }),
      aTicket({ number: 7, category: 'billing', subject: '', description: ' ', ...solved }),
    ]);
    const names = { categories: ['billing', 'account'], renamed: { invoices: 'billing', forgotten: 'gone' } };
    const lessons = await allLessons(lessonsIn(database.connection, { names, proposable: {} }));
    expect(lessons.map(({ ticket, category, isCorrected }) => [ticket, category, isCorrected])).toEqual([
      [4, 'billing', false],
      [3, 'billing', true],
      [1, 'billing', false],
    ]);
    expect([lessons[0]?.text, lessons[2]?.text]).toEqual(['Four', 'One\nPaid.']);
  });

  it('comes in pages', async () => {
    await putTickets(database.connection, solvedTickets(260));
    const pages: number[] = [];
    const names = { categories: KNOWN_CATEGORIES, renamed: {} };
    for await (const page of lessonsIn(database.connection, { names, proposable: {} }))
      pages.push(page.category?.length ?? 0);
    expect(pages).toEqual([250, 10]);
  });

  it('is remembered as news until the next attempt: the first and the last moment', async () => {
    const { connection } = database;
    await noteLessons(connection.queries, MORNING);
    await noteLessons(connection.queries, MORNING.add({ minutes: 5 }));
    expect(await readLearning(connection)).toMatchObject({
      triedAt: null,
      firstNewsAt: MORNING,
      newsAt: MORNING.add({ minutes: 5 }),
    });
  });
});

describe('a desk that learns', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('says what a text may be about, from when that counts, by which words, and what it is like', async () => {
    await putTickets(database.connection, solvedTickets(40));
    const learner = await aLearner(database.connection);
    expect(learner.classifier()).toBeNull();
    await learner.run();
    const opinion = learner.classifier()?.opinionOf(ASKED) ?? null;
    expect(opinion).toMatchObject({
      from: 'classifier',
      name: 'learned on 20 November from 40 tickets',
      categories: [{ value: 'billing' }, {}, {}],
      nearest: { subject: expect.stringMatching(/^About (my|the|your|a) /) },
      reading: null,
    });
    expect(opinion?.words).toContain('invoice');
    const { confidence = 0 } = opinion?.categories[0] ?? {};
    expect(confidence >= (opinion?.threshold ?? 1)).toBe(true);
    expect(await learner.state()).toMatchObject({
      model: { tickets: 40, promise: 0.95, report: { categories: [{}, {}, {}, {}] } },
      ending: { kind: 'learned', comparison: null },
      hasNews: false,
    });
  });

  it('respects a changed config at once, and learns anew because of it', async () => {
    await putTickets(database.connection, solvedTickets(40));
    await database.connection.queries.insert(learnedModels).values(stored());
    const learner = await aLearner(database.connection);
    learner.config.change({ ...aPolicy(), categories: ['delivery', 'account'] });
    const opinion = learner.classifier()?.opinionOf(ASKED);
    expect(opinion?.categories.map(({ value }) => value)).not.toContain('billing');
    expect((opinion?.categories[0]?.confidence ?? 1) < (opinion?.threshold ?? 0)).toBe(true);
    await learner.run();
    expect(await learner.state()).toMatchObject({ ending: { kind: 'missing', missing: { tickets: 20 } } });
    const { classifier } = await aLearner(database.connection, { learning: { isOn: false } });
    expect(classifier()).toBeNull();
  });

  it('is followed by every other instance within ten seconds, which find it again after a restart', async () => {
    const clock = aClock();
    const other = await aLearner(database.connection, { clock });
    await database.connection.queries.insert(learnedModels).values(stored());
    clock.forward({ seconds: 9 });
    await other.catchUp();
    expect(other.classifier()).toBeNull();
    clock.forward({ seconds: 1 });
    await other.catchUp();
    const later = await aLearner(database.connection, { clock });
    const said = [other, later].map(({ classifier }) => classifier()?.opinionOf(ASKED)?.categories[0]);
    expect(said[0]).toMatchObject({ value: 'billing' });
    expect(said[1]).toEqual(said[0]);
  });

  it('says what is missing while tickets are few, and learns nothing anew without news', async () => {
    await putTickets(database.connection, solvedTickets(8));
    const learner = await aLearner(database.connection);
    await learner.run();
    await putTickets(database.connection, solvedTickets(40, 100));
    learner.clock.forward({ hours: 24 });
    await learner.run();
    expect(await learner.state()).toMatchObject({
      model: null,
      ending: { kind: 'missing', missing: { tickets: 8, ticketsNeeded: 30, categories: [] } },
    });
    await learner.want();
    expect([learner.woken, (await learner.state()).isWanted]).toEqual([['learn'], true]);
  });

  it('learns once an hour at most, whatever people do', async () => {
    const learner = await aLearner(database.connection);
    await learner.run();
    await noteLessons(database.connection.queries, MORNING);
    learner.clock.forward({ minutes: 59 });
    await learner.run();
    expect(await learner.state()).toMatchObject({ triedAt: MORNING, hasNews: true });
    learner.clock.forward({ minutes: 1 });
    await learner.run();
    expect(await learner.state()).toMatchObject({ triedAt: MORNING.add({ hours: 1 }), hasNews: false });
  });

  it('takes up an hour later what broke off when the process ended', async () => {
    await putTickets(database.connection, solvedTickets(40));
    const clock = aClock();
    const killed = await aLearner(database.connection, { clock });
    const running = killed.run();
    await killed.close();
    await running;
    expect(await killed.state()).toMatchObject({ model: null, triedAt: MORNING, endedAt: null });
    const next = await aLearner(database.connection, { clock });
    await next.run();
    expect((await next.state()).model).toBeNull();
    clock.forward({ hours: 1 });
    await next.run();
    expect((await next.state()).model).toMatchObject({ tickets: 40 });
  });

  it('goes by the model before where one cannot be read, warns, and learns anew', async () => {
    await putTickets(database.connection, solvedTickets(40));
    const good = stored();
    const broken = { ...good, inForceAt: MORNING.add({ minutes: 1 }), model: good.model.slice(0, 100) };
    await database.connection.queries.insert(learnedModels).values([good, broken]);
    const clock = aClock(MORNING.add({ hours: 1 }));
    const next = await aLearner(database.connection, { clock });
    expect(next.warnings).toEqual(['a learned model cannot be read; it is left out, and learned anew']);
    expect(next.classifier()?.opinionOf(ASKED)?.categories[0]).toMatchObject({ value: 'billing' });
    await next.run();
    expect((await next.state()).model).toMatchObject({ learnedAt: clock.now() });
  });

  it('goes on with what it has when the disk is full, and says so', async () => {
    await putTickets(database.connection, solvedTickets(40));
    await database.connection.queries.insert(learnedModels).values(stored());
    const full = await aLearner(onFullDisk(database.connection));
    await expect(full.run()).rejects.toThrow('No space left on device');
    expect(await full.state()).toMatchObject({
      model: { learnedAt: MORNING },
      endedAt: null,
      ending: { kind: 'failed', message: 'could not extend file: No space left on device' },
    });
    expect(full.classifier()?.opinionOf(ASKED)?.categories[0]).toMatchObject({ value: 'billing' });
  });
});
