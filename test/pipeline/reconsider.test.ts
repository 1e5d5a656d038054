import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readReconsidering } from '../../src/db/reconsidering.ts';
import { modelDays, tickets } from '../../src/db/schema.ts';
import type { LanguageModel, ModelSettings } from '../../src/ports/language-model.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { putTickets } from '../support/known-tickets.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClassifier, aModel, anOpinion, aReading } from '../support/opinions.ts';
import { aClock, aDesk, allTickets, postForm, aForm } from '../support/pipeline.ts';

const UNSURE = anOpinion({ categories: [{ value: 'billing', confidence: 0.4 }] });
const USAGE = { requests: 1, inputTokens: 400, outputTokens: 60, cost: null, milliseconds: 900 };
const SETTINGS: ModelSettings = {
  name: 'gpt-5-mini',
  timeoutSeconds: 20,
  effort: null,
  caps: { callsPerDay: 20, callsPerMonth: 1000, costPerDay: null, costPerMonth: null },
  prices: null,
  mask: null,
  maskAlso: [],
};

describe.each(ENGINES)('tickets that wait for a review, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  /** A desk that learns when it is told to, and notes of whom it was asked. */
  function aDeskThatLearns(given: { withModel?: boolean } = {}) {
    const judged: string[] = [];
    const read: string[] = [];
    const learned = { version: null as number | null, says: UNSURE };
    const languageModel: LanguageModel = {
      name: 'gpt-5-mini',
      read: async ({ subject }) => {
        read.push(subject);
        return { ...aReading(), category: 'account', usage: USAGE };
      },
      write: () => Promise.reject(new Error('No draft was asked for.')),
      check: async () => ({ level: 'json_schema', milliseconds: 5 }),
      level: async () => 'json_schema',
    };
    const triage = given.withModel === true ? { model: aModel() } : {};
    const policy = { ...aPolicy({ triage }), categories: ['billing', 'account'] };
    const config = aLiveConfig({ policy, ...(given.withModel === true && { model: SETTINGS }) });
    const classifier = () =>
      learned.version === null
        ? null
        : aClassifier({
            version: learned.version,
            opinionOf(text) {
              judged.push(text.subject);
              return learned.says;
            },
          });
    const desk = aDesk(database.connection, { clock: aClock(), config, classifier, languageModel });
    return { ...desk, judged, read, learned };
  }

  /** Tickets 1 to `count`, of which nobody knows what they are about. */
  async function someWait(count: number): Promise<void> {
    const waiting = Array.from({ length: count }, (_, index) =>
      aTicket({ number: index + 1, subject: `Number ${index + 1}`, needsReview: true }),
    );
    await putTickets(database.connection, waiting);
  }

  async function numbersNow(category: string | null): Promise<readonly number[]> {
    const all = await allTickets(database.connection);
    return all.filter((ticket) => ticket.category === category).map(({ number }) => number);
  }

  it('are judged again ten at a time, the newest first, a minute apart', async () => {
    await someWait(12);
    const { pipeline, learned, judged, clock } = aDeskThatLearns();
    await pipeline.advise();
    expect(judged).toEqual([]);
    Object.assign(learned, { version: 7, says: anOpinion() });
    await pipeline.advise();
    await pipeline.advise();
    expect(await numbersNow('billing')).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(await dueLanes(database.connection, clock.now())).not.toContain('advise');
    clock.forward({ minutes: 1 });
    expect(await dueLanes(database.connection, clock.now())).toContain('advise');
    await pipeline.advise();
    expect(await numbersNow('billing')).toHaveLength(12);
    expect(await readReconsidering(database.connection.queries)).toBeNull();
  });

  it('are judged once by each version of what was learned, whatever came of it, and written nowhere for nothing', async () => {
    await someWait(2);
    const { pipeline, learned, judged } = aDeskThatLearns();
    learned.version = 7;
    await pipeline.advise();
    await pipeline.advise();
    expect(judged).toEqual(['Number 2', 'Number 1']);
    await database.connection.queries.update(tickets).set({ dirtySince: null });
    learned.version = 8;
    await pipeline.advise();
    await pipeline.advise();
    expect(judged).toEqual(['Number 2', 'Number 1', 'Number 2', 'Number 1']);
    const rows = await database.connection.queries.select().from(tickets);
    expect(rows.map(({ dirtySince, judgedVersion }) => [dirtySince, judgedVersion])).toEqual([
      [null, 8],
      [null, 8],
    ]);
  });

  it('are not judged again by what was heard when they came in', async () => {
    const { pipeline, learned, judged } = aDeskThatLearns();
    learned.version = 7;
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(judged).toHaveLength(1);
    await pipeline.advise();
    expect(judged).toHaveLength(1);
  });

  it('keep what a person chose meanwhile, and are left alone once they are closed', async () => {
    const chosen = { by: 'Ana', at: MORNING, from: null, to: 'account' };
    await putTickets(database.connection, [
      aTicket({ number: 1, needsReview: true, category: 'account', overrides: { category: chosen } }),
      aTicket({ number: 2, needsReview: true, status: 'resolved', resolvedAt: MORNING }),
      aTicket({ number: 3 }),
    ]);
    const { pipeline, learned, judged } = aDeskThatLearns();
    Object.assign(learned, { version: 7, says: anOpinion() });
    await pipeline.advise();
    expect(judged).toEqual([]);
    expect(await numbersNow('billing')).toEqual([]);
  });

  it('are asked about when a language model comes to the desk, once', async () => {
    await someWait(2);
    const { pipeline, read, woken } = aDeskThatLearns({ withModel: true });
    await pipeline.advise();
    expect(woken).toContain('advise');
    await pipeline.advise();
    expect(read.toSorted()).toEqual(['Number 1', 'Number 2']);
    expect(await numbersNow('account')).toEqual([1, 2]);
    await database.connection.queries.delete(modelDays);
    await pipeline.advise();
    expect(read).toHaveLength(2);
  });

  it('leave half of what a language model may cost to what comes in, and go on when there is more', async () => {
    await someWait(2);
    const day = { day: '2026-11-20', model: 'gpt-5-mini', requests: 10 };
    await database.connection.queries.insert(modelDays).values(day);
    const { pipeline, learned, judged, read, clock } = aDeskThatLearns({ withModel: true });
    learned.version = 7;
    await pipeline.advise();
    expect([judged.length, read]).toEqual([2, []]);
    expect(await readReconsidering(database.connection.queries)).toEqual(clock.now().add({ hours: 1 }));
    clock.forward({ hours: 24 });
    await pipeline.advise();
    await pipeline.advise();
    expect(read).toHaveLength(2);
  });
});
