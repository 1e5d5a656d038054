import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeptFromModels } from '../../src/decide/policy.ts';
import { aDeskThatAsks, anyAnswer } from '../support/asking-desk.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aModelEndpoint, type ModelEndpoint } from '../support/model-endpoint.ts';
import { aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

describe.each(ENGINES)('what is kept from models, on %s', (engine) => {
  let database: TestDatabase;
  let endpoint: ModelEndpoint;
  beforeAll(async () => {
    database = await aDatabase(engine);
    endpoint = await aModelEndpoint(anyAnswer);
  });
  beforeEach(async () => {
    endpoint.asked.length = 0;
    await database.empty();
  });
  afterAll(async () => {
    await endpoint.close();
    await database.drop();
  });

  const aDesk = (kept: KeptFromModels, wishes: Parameters<typeof aDeskThatAsks>[2] = {}) =>
    aDeskThatAsks(database.connection, endpoint, { kept, ...wishes });

  async function comeIn(desk: Awaited<ReturnType<typeof aDeskThatAsks>>, channel: string): Promise<void> {
    await postForm(database.connection, aForm('Greta', `A secret of ${channel}: my payment failed.`), { channel });
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    await desk.learn();
  }

  /** Everything that the endpoint was sent, in one text. */
  const sent = () => JSON.stringify(endpoint.asked.map(({ body }) => body));

  it('is nothing where nothing is named: opinion, draft and vectors are asked for', async () => {
    await comeIn(await aDesk({ channels: [], categories: [] }), 'hr-mail');
    expect(endpoint.asked.map(({ path }) => path)).toEqual([
      '/v1/embeddings',
      '/v1/chat/completions',
      '/v1/chat/completions',
      '/v1/embeddings',
    ]);
    expect(sent().match(/A secret of hr-mail/g)).toHaveLength(4);
  });

  it('is everything of a channel that is named, and nothing of the others', async () => {
    const desk = await aDesk({ channels: ['hr-mail'], categories: [] });
    await comeIn(desk, 'hr-mail');
    expect(endpoint.asked).toEqual([]);
    await comeIn(desk, 'website');
    expect(endpoint.asked).toHaveLength(4);
    expect(sent()).not.toContain('A secret of hr-mail');
  });

  it('is everything of a category that is named, however the ticket came to it', async () => {
    const desk = await aDesk({ channels: [], categories: ['billing'] });
    await comeIn(desk, 'website');
    expect(endpoint.asked).toEqual([]);
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'billing', advice: null, draft: null });
  });

  it('is what may be of such a category, by what was learned, which the reason says', async () => {
    const desk = await aDesk({ channels: [], categories: ['account'] }, { rules: [] });
    await comeIn(desk, 'website');
    expect(endpoint.asked).toEqual([]);
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: null, needsReview: true });
    expect((await allDecisions(database.connection)).map(({ sentence }) => sentence)).toContain(
      'A person must look: gpt-5-mini is not asked, because it may be of “account”, of which nothing goes to models; ' +
        'technical 50 % and account 30 % are guessed, 93 % are needed.',
    );
  });

  it('is asked about where a person says that it is of another category', async () => {
    const desk = await aDesk({ channels: [], categories: ['technical'] }, { rules: [] });
    await comeIn(desk, 'website');
    expect(endpoint.asked).toEqual([]);
    const [ticket] = await allTickets(database.connection);
    const changes = [{ field: 'category' as const, from: null, to: 'account' }];
    await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes });
    await desk.pipeline.advise();
    expect(endpoint.asked.map(({ path }) => path)).toContain('/v1/chat/completions');
  });

  it('counts for what was to be asked already when the config came', async () => {
    const desk = await aDesk({ channels: [], categories: [] });
    await postForm(database.connection, aForm('Greta', 'A secret of website: my payment failed.'));
    await desk.pipeline.drainInbox();
    const before = endpoint.asked.length;
    const { triage, ...policy } = desk.config.current().policy;
    const kept = { channels: ['website'], categories: [] };
    desk.config.change({ ...policy, triage: { ...triage, keptFromModels: kept } });
    await desk.pipeline.advise();
    expect(endpoint.asked).toHaveLength(before);
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'billing', suggestion: { articles: ['pay'] } });
  });
});
