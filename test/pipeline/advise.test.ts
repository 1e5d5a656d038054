import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import type { LanguageModel, ModelReading } from '../../src/ports/language-model.ts';
import { aPolicy, aQueue, aRule, MORNING } from '../support/builders.ts';
import { keepVectors } from '../../src/db/text-vectors.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClassifier, aModel, anOpinion, aReading } from '../support/opinions.ts';
import { aClock, aDesk, aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });
const BILLING = aQueue({ name: 'billing' });
const TO_BILLING = aRule(
  { queue: 'billing' },
  { name: 'Billing', when: { kind: 'is', field: 'category', values: ['billing'] } },
);
const USAGE = { requests: 1, inputTokens: 400, outputTokens: 60, cost: null, milliseconds: 900 };

type Answer = (question: TriageQuestion) => Partial<ModelReading> | Error | Promise<Partial<ModelReading>>;

/** A model that says what the test wants, and remembers what it was asked. */
function aLanguageModel(answer: Answer): LanguageModel & { asked: TriageQuestion[] } {
  const asked: TriageQuestion[] = [];
  return {
    name: 'gpt-5-mini',
    asked,
    async read(question) {
      asked.push(question);
      const said = await answer(question);
      if (said instanceof Error) throw said;
      return { ...aReading(), category: 'billing', usage: USAGE, ...said };
    },
    write: () => Promise.reject(new Error('No draft was asked for.')),
    check: async () => ({ level: 'json_schema', milliseconds: 5 }),
    level: async () => 'json_schema',
  };
}

const TOO_SLOW = new Problem({ code: 'model.too-slow', message: 'It took too long.', fix: 'Look at the endpoint.' });

describe.each(ENGINES)('asking a language model, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function aDeskThatAsks(answer: Answer, { trust = 1 } = {}) {
    const languageModel = aLanguageModel(answer);
    const policy = aPolicy({
      queues: [aQueue(), REVIEW, BILLING],
      triage: { model: aModel({ trust }) },
      routing: { rules: [TO_BILLING] },
    });
    const config = aLiveConfig({ policy: { ...policy, categories: ['billing', 'access'] } });
    return { ...aDesk(database.connection, { clock: aClock(), config, languageModel }), languageModel };
  }

  async function sentences(): Promise<readonly string[]> {
    const decisions = await allDecisions(database.connection);
    return decisions.flatMap(({ sentence }) => (sentence.includes('gpt-5-mini') ? [sentence] : []));
  }

  it('places a ticket that nothing else could place: in review while it is asked, then where it belongs', async () => {
    const desk = aDeskThatAsks(() => ({ severity: 'high' }));
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const [waiting] = await allTickets(database.connection);
    expect(waiting).toMatchObject({ category: null, needsReview: true, queue: 'review', assignee: null });
    expect(desk.woken).toContain('advise');
    await desk.pipeline.advise();
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'billing', severity: 'high', needsReview: false, queue: 'billing' });
    expect(ticket?.assignee).not.toBeNull();
    expect(desk.languageModel.asked).toMatchObject([
      {
        subject: 'Payment failed',
        text: 'My payment failed twice.',
        categories: [{ name: 'billing' }, { name: 'access' }],
      },
    ]);
    expect(await sentences()).toEqual([
      'No rule gives a category, so gpt-5-mini is asked.',
      'Billing, 99 % sure, as gpt-5-mini says; 80 % are needed.',
      'Severity high, as gpt-5-mini reads it.',
    ]);
    await desk.pipeline.advise();
    expect(desk.languageModel.asked).toHaveLength(1);
  });

  it('asks about several at a time, four and no more, and about each once', async () => {
    const four = Promise.withResolvers<void>();
    let underWay = 0;
    let most = 0;
    const desk = aDeskThatAsks(async () => {
      most = Math.max(most, ++underWay);
      if (underWay === 4) four.resolve();
      await four.promise;
      underWay -= 1;
      return {};
    });
    for (const name of ['Greta', 'Hans', 'Ida', 'Jo', 'Kim', 'Lena'])
      await postForm(database.connection, aForm(name, `I am ${name}.`));
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    expect(most).toBe(4);
    expect(desk.languageModel.asked).toHaveLength(6);
    expect((await allTickets(database.connection)).map(({ category }) => category)).toEqual(Array(6).fill('billing'));
  });

  it('asks about what comes in meanwhile in the same run', async () => {
    const names = ['Hans', 'Ida'];
    const desk = aDeskThatAsks(async () => {
      const name = names.shift();
      if (name === undefined) return {};
      await postForm(database.connection, aForm(name, `I am ${name}.`));
      await desk.pipeline.drainInbox();
      return {};
    });
    await postForm(database.connection, aForm('Greta', 'I am Greta.'));
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    expect((await allTickets(database.connection)).map(({ category }) => category)).toEqual(Array(3).fill('billing'));
  });

  it('leaves a ticket in review when the model is down, says so once, and asks no more', async () => {
    const desk = aDeskThatAsks(() => TOO_SLOW);
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    await desk.pipeline.advise();
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({
      category: null,
      needsReview: true,
      queue: 'review',
      advice: { failure: 'model.too-slow' },
    });
    expect(ticket?.why).toBe('A person must look: gpt-5-mini took too long.');
    expect(desk.languageModel.asked).toHaveLength(1);
  });

  it('asks again after a restart between question and answer, and takes one answer', async () => {
    const stopped = aDeskThatAsks(() => new Promise(() => {}));
    await postForm(database.connection, aForm('Greta'));
    await stopped.pipeline.drainInbox();
    void stopped.pipeline.advise();
    const desk = aDeskThatAsks(() => ({}));
    await desk.pipeline.advise();
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'billing', needsReview: false });
    expect((await sentences()).filter((each) => each.startsWith('Billing'))).toHaveLength(1);
  });

  it('keeps a person’s choice that was made while it was asked (A-036)', async () => {
    const chosen = Promise.withResolvers<void>();
    const desk = aDeskThatAsks(async () => {
      await chosen.promise;
      return {};
    });
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const asking = desk.pipeline.advise();
    const [waiting] = await allTickets(database.connection);
    const changes = [{ field: 'category' as const, from: null, to: 'access' }];
    await desk.pipeline.edit(waiting?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes });
    chosen.resolve();
    await asking;
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'access', needsReview: false, confidence: null });
    expect(ticket?.advice).toMatchObject({ by: 'gpt-5-mini', category: 'billing' });
  });

  it('gives a ticket to the review queue when no answer comes within a minute', async () => {
    const policy = aPolicy({ queues: [aQueue(), aQueue({ name: 'review' })], triage: { model: aModel() } });
    const desk = aDesk(database.connection, { config: aLiveConfig({ policy }) });
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    expect(await allTickets(database.connection)).toMatchObject([{ queue: 'review', assignee: null }]);
    desk.clock.forward({ seconds: 61 });
    await desk.pipeline.wakeDue();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.assignee).not.toBeNull();
  });

  it('believes the model as soon as people found it right often enough, and less after a correction', async () => {
    const desk = aDeskThatAsks(() => ({}), { trust: 0.5 });
    async function ask(name: string): Promise<string> {
      await postForm(database.connection, aForm(name, `I am ${name}.`));
      await desk.pipeline.drainInbox();
      await desk.pipeline.advise();
      return (await allTickets(database.connection)).at(-1)?.why ?? '';
    }
    async function choose(number: number, category: string): Promise<void> {
      const ticket = (await allTickets(database.connection)).find((each) => each.number === number);
      const changes = [{ field: 'category' as const, from: ticket?.category ?? null, to: category }];
      await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes });
    }
    expect(await ask('A')).toBe('A person must look: gpt-5-mini says billing, which is 50 % sure; 80 % are needed.');
    for (const name of ['B', 'C', 'D', 'E', 'F']) await ask(name);
    const numbers = (await allTickets(database.connection)).map(({ number }) => number);
    for (const number of numbers) await choose(number, 'billing');
    expect(await ask('G')).toContain(
      'Billing, 80 % sure, as gpt-5-mini says, right in 6 of 6 such answers; 80 % are needed',
    );
    await choose(numbers[0] ?? 0, 'access');
    expect(await ask('H')).toBe(
      'A person must look: gpt-5-mini says billing, which is 70 % sure, right in 5 of 6 such answers; 80 % are needed.',
    );
  });

  it('forms the opinion of what was learned in the turn, and lets it lower the model’s', async () => {
    const learned = anOpinion({ categories: [{ value: 'access', confidence: 0.6 }], threshold: 0.9 });
    const policy = aPolicy({ triage: { model: aModel({ trust: 0.9 }) } });
    const config = aLiveConfig({ policy: { ...policy, categories: ['billing', 'access'] } });
    const texts: string[] = [];
    const classifier = () =>
      aClassifier({
        opinionOf(text) {
          texts.push(text.description);
          return learned;
        },
      });
    const desk = aDesk(database.connection, { config, classifier, languageModel: aLanguageModel(() => ({})) });
    await postForm(database.connection, aForm('Greta', 'No money.\n\n> What did you say?'));
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    expect(texts[0]?.trim()).toBe('No money.');
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.why).toBe(
      'Billing, 80 % sure, as gpt-5-mini says; 80 % are needed, next is access at 60 %; to Ana by round robin.',
    );
  });

  it('has the vector of a new text made before the turn, and hears what was learned with it', async () => {
    const config = aLiveConfig({ policy: { ...aPolicy(), categories: ['billing', 'access'] } });
    const prepared: string[] = [];
    const heard: (number | undefined)[] = [];
    const kept = (name: string) => new Map([[name, Int8Array.of(7, -7)]]);
    const classifier = () => ({
      version: 1,
      opinionOf(_: unknown, vector?: Int8Array) {
        heard.push(vector?.[1]);
        return null;
      },
      proposalsOf: () => [],
      vectors: {
        nameOf: ({ description }: { description: string }) => description.trim(),
        async prepare(tickets: readonly { description: string }[]) {
          prepared.push(...tickets.map(({ description }) => description));
          await keepVectors(database.connection.queries, kept('No money.'), MORNING);
        },
      },
    });
    const desk = aDesk(database.connection, { config, classifier });
    await postForm(database.connection, aForm('Greta', 'No money.'));
    await desk.pipeline.drainInbox();
    await postForm(database.connection, aForm('Olaf', 'No entry.'));
    await desk.pipeline.drainInbox();
    expect([prepared, heard]).toEqual([
      ['No money.', 'No entry.'],
      [-7, undefined],
    ]);
  });
});
