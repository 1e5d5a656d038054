import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArticleSearch } from '../../src/knowledge/article-search.ts';
import { type AskedOf, findProblems, readRequests } from '../../src/knowledge/problems.ts';
import { anArticle, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aDesk, aForm, postForm } from '../support/pipeline.ts';

const SINCE = MORNING.subtract({ hours: 24 * 56 });

const CRASHES = [
  'The app crashes when I open the calendar',
  'App crash on opening calendar',
  'calendar opens and the app crashes at once',
  'My app crashed again in the calendar view',
];
const INVOICES = ['Where is my invoice for May?', 'invoice for May missing', 'I did not get the invoice for May'];
const OTHERS = ['My lamp flickers', 'Wrong name on the parcel', 'When is the shop open?', 'Cancel order 77'];

function request(text: string, number: number, its: Partial<AskedOf> = {}): AskedOf {
  return {
    key: `key-${number}`,
    number,
    subject: text,
    text,
    category: 'technical',
    requester: `${number}@example.com`,
    openedAt: MORNING.subtract({ hours: 24 * (60 - number) }),
    isOpen: false,
    incident: null,
    ...its,
  };
}

const REQUESTS = [
  ...CRASHES.map((text, at) => request(text, 40 + at, { isOpen: at > 1, incident: at === 0 ? 77 : null })),
  ...INVOICES.map((text, at) => request(text, 20 + at, { category: 'billing' })),
  ...OTHERS.map((text, at) => request(text, 30 + at, { category: null })),
];

function problemsOf(
  requests: readonly AskedOf[],
  articles = [anArticle({ title: 'Get a refund', body: 'In 30 days.' })],
) {
  return findProblems(requests, { articles, findArticles: createArticleSearch(), since: SINCE, now: MORNING });
}

describe('what comes again and again (A-098, A-107)', () => {
  it('is told with its terms, its tickets, who asks, and whether it becomes more', async () => {
    const [crashes, invoices, ...others] = await problemsOf(REQUESTS);
    expect(others).toEqual([]);
    expect(crashes).toMatchObject({
      requesters: 4,
      later: 4,
      earlier: 0,
      open: 2,
      incidents: [77],
      category: 'technical',
    });
    expect(CRASHES).toContain(crashes?.title);
    expect(crashes?.tickets.toSorted()).toEqual([40, 41, 42, 43]);
    expect(crashes?.terms.slice(0, 2).toSorted()).toEqual(['app', 'calendar']);
    expect(invoices).toMatchObject({ requesters: 3, later: 0, earlier: 3, category: 'billing', incidents: [] });
    expect(invoices?.terms).toContain('invoice');
  });

  it('names the article that answers it, for customers or for the team, and says where there is none', async () => {
    const article = anArticle({
      name: 'invoices',
      title: 'Where is my invoice',
      body: 'Every invoice is under Account.',
    });
    const [crashes, invoices] = await problemsOf(REQUESTS, [article]);
    expect(crashes?.article).toBeNull();
    expect(invoices?.article?.name).toBe('invoices');
    const [, forTheTeam] = await problemsOf(REQUESTS, [{ ...article, audience: 'internal' }]);
    expect(forTheTeam?.article?.audience).toBe('internal');
  });

  it('is nothing of one person who asks again and again, nor of few', async () => {
    expect(await problemsOf(CRASHES.map((text, at) => request(text, at, { requester: 'one@example.com' })))).toEqual(
      [],
    );
    expect(await problemsOf([])).toEqual([]);
  });
});

describe.each(ENGINES)('the requests of late on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  afterAll(() => world.database.drop());

  it('are read with open ones among them, from a moment on', async () => {
    const { connection } = world.database;
    await postForm(connection, aForm('Greta'));
    await postForm(connection, aForm('Ada'), { receivedAt: SINCE.subtract({ hours: 1 }) });
    await aDesk(connection).pipeline.drainInbox();
    expect(await readRequests(connection.queries, SINCE)).toMatchObject([
      {
        text: 'Payment failed\nMy payment failed twice.',
        requester: 'greta@example.com',
        isOpen: true,
        incident: null,
        openedAt: MORNING,
      },
    ]);
  });
});
