import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPolicy, aRule } from '../support/builders.ts';
import { type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

const GOLD = aRule(
  { priority: 'high' as const },
  { name: 'Gold goes first', when: { kind: 'is', field: 'row.Support plan', values: ['Gold'] } },
);

describe('a ticket whose row says something in columns of the team’s own', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let server: ConsoleServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    desk = aDesk(database.connection, { config: aLiveConfig({ policy: aPolicy({ triage: { rules: [GOLD] } }) }) });
    server = await serveConsole(database.connection, desk);
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  async function page(): Promise<string> {
    const visitor = aVisitor(server.address);
    await visitor.signIn('Ana');
    return (await visitor.get('/tickets/1000')).text;
  }

  it('shows them beside the row, and as evidence, by the names that people have for them', async () => {
    expect(await page()).not.toContain('Support plan');
    const [ticket] = await allTickets(database.connection);
    const row = { changed: { 'support plan': 'Silver', 'not asked': 'x' }, found: {} };
    const edit = { by: 'Ana', at: desk.clock.now(), changes: [] };
    await desk.pipeline.edit(ticket?.key ?? '', { ...edit, row });
    expect(await page()).toMatch(/<dt><bdi>Support plan<\/bdi><\/dt>\s*<dd><bdi>Silver<\/bdi><\/dd>/);
    await desk.pipeline.edit(ticket?.key ?? '', { ...edit, row: { changed: { 'support plan': 'Gold' }, found: {} } });
    const shown = await page();
    expect(shown).toContain('Priority high, because Support plan in the row is Gold (rule Gold goes first).');
    expect(shown).toMatch(/<bdi>Support plan in the row<\/bdi>:\s*<bdi>Gold<\/bdi>/);
    expect(shown).not.toContain('not asked');
  });
});
