import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messages } from '../../src/db/schema.ts';
import type { DraftQuestion } from '../../src/domain/draft-question.ts';
import { Problem } from '../../src/domain/problem.ts';
import { createEarlierAnswers } from '../../src/knowledge/earlier-answers.ts';
import { createPastAnswers } from '../../src/knowledge/past-answers.ts';
import { readSolved } from '../../src/knowledge/solved-tickets.ts';
import type { LanguageModel, ModelWriting } from '../../src/ports/language-model.ts';
import { ALWAYS, anArticle, aPolicy, aRule } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aModel } from '../support/opinions.ts';
import { aClock, aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

const USAGE = { requests: 1, inputTokens: 900, outputTokens: 80, cost: null, milliseconds: 900 };
const ARTICLE = anArticle({
  name: 'payment',
  title: 'When a payment fails',
  body: 'Payment failed? Try **another** card.',
  url: 'https://help.example/payment',
  approved: true,
});

/** A model that writes what the test wants, and remembers what it was asked. */
function aWriter(write: (question: DraftQuestion) => ModelWriting['written'] | Error) {
  const asked: DraftQuestion[] = [];
  const model: LanguageModel = {
    name: 'gpt-5-mini',
    read: () => Promise.reject(new Error('No ticket was to be read.')),
    async write(question) {
      asked.push(question);
      const written = write(question);
      if (written instanceof Error) throw written;
      return { written, usage: USAGE };
    },
    check: async () => ({ level: 'json_schema', milliseconds: 5 }),
    level: async () => 'json_schema',
  };
  return { model, asked };
}

/** Rests on all that it was given. */
function allOf({ materials }: DraftQuestion): ModelWriting['written'] {
  return { text: 'Try another card.', sources: materials.map(({ source }) => source) };
}

describe.each(ENGINES)('drafts by a language model, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function aDeskThatDrafts(write: Parameters<typeof aWriter>[0], { articles = [ARTICLE], hasReply = true } = {}) {
    const writer = aWriter(write);
    const policy = aPolicy({
      triage: { rules: [aRule({ category: 'billing' })], model: aModel({ draftsFor: ['billing'] }) },
      replies: { card: { name: 'card', subject: '', body: 'Hello {{ requester.name }}, try it again.' } },
      offers: {
        articles,
        drafts: hasReply
          ? [{ reply: 'card', title: 'The card', why: null, when: ALWAYS, place: 'replies/card.md' }]
          : [],
      },
    });
    const { queries } = database.connection;
    const earlierAnswers = createEarlierAnswers({
      pastAnswers: createPastAnswers(() => readSolved(queries)),
      own: () => [],
      kept: () => policy.triage.keptFromModels,
    });
    const given = { clock: aClock(), config: aLiveConfig({ policy }), languageModel: writer.model, earlierAnswers };
    return { ...aDesk(database.connection, given), asked: writer.asked };
  }

  async function ask({ pipeline }: ReturnType<typeof aDeskThatDrafts>, name: string, message?: string) {
    await postForm(database.connection, aForm(name, message));
    await pipeline.drainInbox();
    const waiting = (await allTickets(database.connection)).at(-1);
    await pipeline.advise();
    const ticket = (await allTickets(database.connection)).at(-1);
    if (ticket === undefined) throw new Error('No ticket came of it.');
    return { waiting, ticket };
  }

  it('come after the plain one, of the reply as it would go out and of the article in plain words (A-085)', async () => {
    const desk = aDeskThatDrafts(allOf);
    const { waiting, ticket } = await ask(desk, 'Greta');
    expect(waiting?.suggestion?.reply).toBe('card');
    expect(desk.woken).toContain('advise');
    expect(ticket.suggestion?.reply).toBe('model:');
    expect(ticket.draft).toMatchObject({ by: 'gpt-5-mini', text: 'Try another card.', failure: null });
    expect(desk.asked).toMatchObject([
      {
        subject: 'Payment failed',
        text: 'My payment failed twice.',
        requester: { name: 'Greta' },
        language: 'en',
        materials: [
          { source: { kind: 'reply', name: 'card' }, title: 'The card', text: 'Hello Greta, try it again.' },
          {
            source: { kind: 'article', name: 'payment' },
            title: 'When a payment fails',
            text: 'Payment failed? Try another card.\n\nhttps://help.example/payment',
          },
        ],
      },
    ]);
    expect((await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message')).toEqual([]);
    await desk.pipeline.advise();
    expect(desk.asked).toHaveLength(1);
  });

  it('rest on what was answered before, too, of which nothing tells whose it was', async () => {
    const desk = aDeskThatDrafts(allOf);
    const { ticket: first } = await ask(
      desk,
      'Jonas',
      'I am Jonas Brandt. My payment failed, my card is 4111 1111 1111 1111.',
    );
    await desk.pipeline.reply(first.key, {
      by: 'Ana',
      text: 'Hello Jonas,\n\nMr Brandt, we asked your bank to let jonas@example.com pay again, which works now.',
    });
    const changes = [{ field: 'status' as const, from: 'open', to: 'resolved' }];
    await desk.pipeline.edit(first.key, { by: 'Ana', at: desk.clock.now(), changes });
    const { ticket } = await ask(desk, 'Greta', 'My payment failed with my card.');
    expect(ticket.draft?.sources).toContainEqual({ kind: 'ticket', number: first.number });
    const earlier = desk.asked.at(-1)?.materials.find(({ source }) => source.kind === 'ticket');
    expect(earlier?.text).toContain('The team answered:\nMr […], we asked your bank to let […] pay again');
    expect(JSON.stringify(earlier)).not.toMatch(/Jonas|Brandt|4111/);
  });

  it('are asked for with what the requester wrote since', async () => {
    const desk = aDeskThatDrafts(allOf);
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    await database.connection.queries.insert(messages).values({
      id: 'further',
      ticketKey: ticket?.key ?? '',
      author: 'customer',
      authorName: 'Greta',
      visibility: 'public',
      text: 'It is a Visa card.\n\n> My payment failed twice.',
      at: desk.clock.now().add({ minutes: 1 }),
    });
    await desk.pipeline.advise();
    expect(desk.asked.map(({ text }) => text)).toEqual(['My payment failed twice.\n\nIt is a Visa card.']);
  });

  it('are asked for again when the requester writes after an answer, which the model reads (A-085)', async () => {
    const desk = aDeskThatDrafts(allOf, { hasReply: false });
    const { ticket: first } = await ask(desk, 'Greta');
    await desk.pipeline.reply(first.key, { by: 'Ana', text: 'Hello Greta, the bank refused it. Ask them.' });
    expect((await allTickets(database.connection))[0]).toMatchObject({ draft: null });
    desk.clock.forward({ minutes: 5 });
    const message = 'The bank says that it is you. Does another card help?\n\n> the bank refused it';
    const form = { ...aForm('Greta', message), ticket: `T-${first.number}` };
    await postForm(database.connection, form, { receivedAt: desk.clock.now() });
    await desk.pipeline.drainInbox();
    const [waiting] = await allTickets(database.connection);
    expect(waiting?.draft).toMatchObject({ endedAt: null, sources: [{ kind: 'answers' }, { name: 'payment' }] });
    await desk.pipeline.advise();
    expect(desk.asked).toHaveLength(2);
    expect(desk.asked.at(-1)).toMatchObject({
      text: 'The bank says that it is you. Does another card help?',
      before: 'My payment failed twice.',
      materials: [
        { source: { kind: 'answers' }, text: 'Hello Greta, the bank refused it. Ask them.' },
        { source: { kind: 'article', name: 'payment' } },
      ],
    });
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ suggestion: { reply: 'model:' }, draft: { text: 'Try another card.' } });
    await desk.pipeline.reply(first.key, { by: 'Ana', text: 'Hello Greta,\n\nTry another card.', draft: 'model:' });
    const compared = (await allDecisions(database.connection)).filter(({ code }) => code === 'respond.draft_compared');
    expect(compared.at(-1)?.params).toMatchObject({ madeOf: 'model', rewritten: 0 });
    expect((await allTickets(database.connection))[0]).toMatchObject({ draft: null });
  });

  it('are asked for from nobody where there is nothing to write from', async () => {
    const desk = aDeskThatDrafts(allOf, { articles: [], hasReply: false });
    const { ticket } = await ask(desk, 'Greta');
    expect(desk.asked).toEqual([]);
    expect(ticket).toMatchObject({ suggestion: null, draft: { failure: 'no_sources' } });
  });

  it('stay away when the model is down or wrote what cannot stand, and the plain one stands', async () => {
    const slow = new Problem({ code: 'model.too-slow', message: 'It took too long.', fix: 'Look at the endpoint.' });
    const ends: (ModelWriting['written'] | Error)[] = [slow, { fault: 'draft_link' }];
    const desk = aDeskThatDrafts(() => ends.shift() ?? { fault: 'draft_no_answer' });
    const down = await ask(desk, 'Greta');
    expect(down.ticket).toMatchObject({ suggestion: { reply: 'card' }, draft: { failure: 'model.too-slow' } });
    const dropped = await ask(desk, 'Hans');
    expect(dropped.ticket).toMatchObject({ suggestion: { reply: 'card' }, draft: { failure: 'draft_link' } });
    const sentences = (await allDecisions(database.connection)).map(({ sentence }) => sentence);
    expect(sentences).toContain('No draft by gpt-5-mini: it wrote a link that none of its sources has.');
  });

  it('are compared with what was sent, whoever offered them (A-097)', async () => {
    const desk = aDeskThatDrafts(allOf);
    const { ticket } = await ask(desk, 'Greta');
    const key = 'the-answer';
    await desk.pipeline.reply(ticket.key, {
      by: 'Ana',
      text: 'Hello Greta,\n\nTry another card.',
      draft: 'model:',
      key,
    });
    const compared = (await allDecisions(database.connection)).find(({ code }) => code === 'respond.draft_compared');
    expect(compared?.params).toMatchObject({ madeOf: 'model', message: key, rewritten: 0 });
    expect((await allTickets(database.connection))[0]).toMatchObject({ draft: null, suggestion: { reply: null } });
  });
});
