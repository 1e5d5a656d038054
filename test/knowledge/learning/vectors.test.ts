import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/db/connection.ts';
import { textVectors } from '../../../src/db/schema.ts';
import { readVector } from '../../../src/db/text-vectors.ts';
import { judgedText } from '../../../src/decide/judged-text.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { vectorsWords } from '../../../src/knowledge/learning/words.ts';
import type { Classifier } from '../../../src/ports/classifier.ts';
import { aTicket } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { putTickets, solvedTickets } from '../../support/known-tickets.ts';
import { aLearner } from '../../support/learners.ts';
import { aClock } from '../../support/pipeline.ts';
import { aStandInEmbedder, type StandInEmbedder } from '../../support/stand-in-embedder.ts';

const DOWN = new Problem({ code: 'model.unreachable', message: 'It is down.', fix: 'Wait.', retry: 'later' });

/** In words that none of the solved tickets has. */
const NEW = aTicket({ subject: 'Consignment', description: 'It concerns consignment trouble.' });

/** What is learned of a ticket as a turn hears it: with its vector where one is kept. */
async function guessOf({ queries }: Connection, classifier: Classifier | null) {
  const text = judgedText(NEW);
  const name = classifier?.vectors?.nameOf(text);
  const vector = name === undefined ? null : await readVector(queries, name);
  return classifier?.opinionOf(text, vector ?? undefined)?.categories[0]?.value;
}

async function keptVectors({ queries }: Connection): Promise<number> {
  return (await queries.select({ name: textVectors.name }).from(textVectors)).length;
}

describe.each(ENGINES)('a desk that learns from vectors, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  async function aReader(embedder: StandInEmbedder) {
    const { connection } = database;
    await putTickets(connection, solvedTickets(60));
    const clock = aClock();
    const learner = await aLearner(connection, { clock, embedder: () => embedder });
    await learner.run();
    return { connection, clock, learner };
  }

  it('asks about a text once, and knows new words for the same', async () => {
    const embedder = aStandInEmbedder();
    const { connection, clock, learner } = await aReader(embedder);
    expect((await learner.state()).model?.vectors).toMatchObject({
      name: 'stand-in',
      tickets: 60,
      dimensions: 48,
      isUsed: true,
      isStopped: false,
    });
    const asked = embedder.asked.length;
    expect([asked, await keptVectors(connection)]).toEqual([60, 60]);
    await learner.classifier()?.vectors?.prepare([NEW]);
    await learner.classifier()?.vectors?.prepare([NEW]);
    expect(embedder.asked.slice(asked)).toEqual(['Consignment\nIt concerns consignment trouble.']);
    expect(await guessOf(connection, learner.classifier())).toBe('delivery');
    clock.forward({ hours: 2 });
    await learner.want();
    await learner.run();
    expect(embedder.asked).toHaveLength(asked + 1);
  });
});

describe('vectors of a desk', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(async () => {
    await database.empty();
    await putTickets(database.connection, solvedTickets(60));
  });
  afterAll(() => database.drop());

  it('are done without while their endpoint is down, and asked for again at the next look', async () => {
    const { connection } = database;
    const [embedder, clock] = [aStandInEmbedder('of the tests', 16), aClock()];
    embedder.fail(DOWN);
    const learner = await aLearner(connection, { clock, embedder: () => embedder });
    await learner.run();
    const { model } = await learner.state();
    expect(model).toMatchObject({ tickets: 60, vectors: { tickets: 0, joined: null, isUsed: false, isStopped: true } });
    expect(learner.warnings).toEqual(['vectors of texts could not be had; words must do']);
    expect(learner.classifier()?.vectors).toBeUndefined();
    embedder.fail(null);
    await learner.run();
    expect(embedder.asked).toHaveLength(0);
    clock.forward({ hours: 1 });
    await learner.run();
    expect((await learner.state()).model?.vectors).toMatchObject({ tickets: 60, isUsed: true, isStopped: false });
  });

  it('are done without while nobody knows where to ask, and the page says so', async () => {
    const space = async () => {
      throw new Problem({ code: 'model.no-key', message: 'There is no key.', fix: 'Set it.' });
    };
    const embedder = { ...aStandInEmbedder(), space };
    const learner = await aLearner(database.connection, { embedder: () => embedder });
    await learner.run();
    const state = await learner.state();
    expect(state.model).toMatchObject({ tickets: 60, vectors: null });
    expect(vectorsWords(state)).toBe(
      'Vectors of stand-in cannot be asked for, so words alone are heard. There is no key. Set it.',
    );
  });

  it('are missing for a new ticket when the endpoint fails, which is judged by its words', async () => {
    const { connection } = database;
    const embedder = aStandInEmbedder();
    const learner = await aLearner(connection, { embedder: () => embedder });
    await learner.run();
    const alone = await aLearner(connection, { embedder: () => null });
    embedder.fail(DOWN);
    await learner.classifier()?.vectors?.prepare([NEW]);
    embedder.fail(new Error('a fault of ours'));
    await learner.classifier()?.vectors?.prepare([NEW]);
    expect(await keptVectors(connection)).toBe(60);
    const text = judgedText(NEW);
    const opinion = learner.classifier()?.opinionOf(text);
    expect(opinion).toEqual(alone.classifier()?.opinionOf(text));
    // As another model would have it.
    expect(learner.classifier()?.opinionOf(text, Int8Array.of(1, 2, 3))).toEqual(opinion);
  });

  it('of another model mean that it is learned anew, at once; until then words are heard', async () => {
    const { connection } = database;
    const [old, other, clock] = [aStandInEmbedder(), aStandInEmbedder('of another'), aClock()];
    let current = old;
    const learner = await aLearner(connection, { clock, embedder: () => current });
    await learner.run();
    current = other;
    await learner.classifier()?.vectors?.prepare([NEW]);
    expect([other.asked, await keptVectors(connection)]).toEqual([[], 60]);
    await learner.run();
    expect(other.asked).toHaveLength(60);
    await learner.classifier()?.vectors?.prepare([NEW]);
    expect(await guessOf(connection, learner.classifier())).toBe('delivery');
  });

  it('go after a month when nothing is learned from them', async () => {
    const { connection } = database;
    const [embedder, clock] = [aStandInEmbedder(), aClock()];
    const learner = await aLearner(connection, { clock, embedder: () => embedder });
    await learner.run();
    await learner.classifier()?.vectors?.prepare([NEW]);
    clock.forward({ hours: 29 * 24 });
    await learner.want();
    await learner.run();
    expect(await keptVectors(connection)).toBe(61);
    clock.forward({ hours: 2 * 24 });
    await learner.want();
    await learner.run();
    expect(await keptVectors(connection)).toBe(60);
  });
});
