import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countArticleUse, readArticleRecords } from '../../src/db/article-uses.ts';
import { messages, tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { openKnowledge } from '../../src/knowledge/create.ts';
import { anArticle, aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk } from '../support/pipeline.ts';

const ARTICLES = [
  anArticle({ name: 'password', title: 'A new <password>', approved: true }),
  anArticle({ name: 'runbook', title: 'Unlock an account', audience: 'internal' }),
];

describe.each(ENGINES)('the page Knowledge on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
    const answered = (how: 'solved' | 'not_solved' | null): Partial<Ticket> => ({
      selfService: {
        template: 'answer',
        article: { name: 'password', title: 'A new password' },
        sentAt: MORNING,
        endedAt: how === null ? null : MORNING,
        how,
      },
    });
    const asked = (subject: string): Partial<Ticket> => ({
      subject,
      description: subject,
      status: 'closed',
      resolvedAt: MORNING,
      closedAt: MORNING,
    });
    await put(1, answered('solved'));
    await put(2, { ...answered('solved'), reopenCount: 1 });
    await put(3, answered('not_solved'));
    await put(4, answered(null));
    await put(5, asked('Export contacts to a spreadsheet'));
    await put(6, asked('How to export contacts to a spreadsheet'));
    await put(7, asked('contacts export into a spreadsheet'));
    const written = { author: 'agent', authorName: 'Ana', visibility: 'public', at: MORNING } as const;
    const answer = { ...written, id: 'm5', ticketKey: 'key-5', text: 'Open the list, then Export.' };
    await database.connection.queries.insert(messages).values(answer);
    const use = { article: 'password', at: MORNING };
    for (const each of ['opened', 'opened', 'answered'] as const) {
      await countArticleUse(database.connection.queries, { ...use, use: each });
    }
  });
  afterAll(() => database.drop());

  async function put(number: number, its: Partial<Ticket>): Promise<void> {
    const email = `${number}@example.com`;
    const ticket = aTicket({ key: `key-${number}`, number, ...its });
    const of = { ...ticket, requester: { ...ticket.requester, email } };
    const at = { openedAt: MORNING, updatedAt: MORNING };
    await database.connection.queries.insert(tickets).values({ key: of.key, ticket: of, fingerprint: 'f', ...at });
  }

  it('counts what an article sent, solved, and what came back, each ticket once (A-088)', async () => {
    const { queries } = database.connection;
    const records = await readArticleRecords(queries, MORNING.subtract({ hours: 24 }));
    expect([...records.values()]).toEqual([
      { article: 'password', sent: 4, solved: 1, cameBack: 2, opened: 2, answered: 1 },
    ]);
    expect((await readArticleRecords(queries, MORNING.add({ hours: 48 }))).size).toBe(0);
  });

  it('shows them, and the questions that no article answers with an outline (A-098)', async () => {
    const config = aLiveConfig({ policy: aPolicy({ offers: { articles: ARTICLES } }), helpPage: true });
    const knowledge = await openKnowledge(database.connection);
    const server = await serveConsole(database.connection, aDesk(database.connection, { config }), { knowledge });
    const visitor = aVisitor(server.address);
    await visitor.signIn();
    const page = (await visitor.get('/knowledge')).text.replaceAll(/\s+/g, ' ');
    const found = (await visitor.get('/knowledge?q=spreadsheet+exprt')).text.replaceAll(/\s+/g, ' ');
    const nothing = (await visitor.get('/knowledge?q=xyzzy')).text;
    await server.close();
    expect(found).toMatch(
      /<bdi>Export contacts to a spreadsheet<\/bdi>.*<pre dir="auto"> ?Open the list, then Export\.<\/pre>/,
    );
    expect(nothing).toContain('Neither an article nor an answer says anything of that.');
    expect(page).toContain('A new &#60;password&#62;');
    expect(page).toMatch(/Approved<\/span> ?<\/th> <td>4<\/td> ?<td>1<\/td> ?<td>2<\/td> ?<td>2<\/td> ?<td>1<\/td>/);
    expect(page).toContain('For the team alone');
    expect(page).toMatch(/3 tickets of 3 requesters/);
    expect(page).toContain('- contacts export into a spreadsheet');
    expect(page).toContain('<a href="/tickets/7">T-7</a>');
  });
});
