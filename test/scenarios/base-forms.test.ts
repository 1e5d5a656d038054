import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotion, type Notion, serveNotion, type ServedNotion } from '../../simulators/notion/index.ts';
import { aNotionDatabase } from '../support/notion/a-notion-database.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

const DATABASE = 'Tickets';

const CHANNELS = `
  base-form:
    kind: notion-form
    token: env:NOTION_FORM_TOKEN
`;

describe('a form of the database in which tickets are rows', () => {
  let notion: Notion;
  let served: ServedNotion;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;

  beforeAll(async () => {
    notion = createNotion({ plan: 'business', aggregationMs: 0 });
    served = await serveNotion(notion);
    folders = await deskFolders();
    const { configFolder } = folders;
    await appendFile(join(configFolder, 'channels.yaml'), CHANNELS);
    const made = await aNotionDatabase({ notion, address: served.address, configFolder, name: DATABASE });
    desk = await aRunningDesk({
      variables: { ...made.variables, NOTION_FORM_TOKEN: 'letmein', TABLEDESK_CONFIG: configFolder },
    });
    // The first reading looks at the whole database; what comes after waits for its turn, which is a minute away.
    await until('the database was read', () => notion.requests().some(({ path }) => /\/query(?:\?|$)/.test(path)));
    await desk.settled();
  });
  afterAll(async () => {
    await desk?.remove();
    await folders?.remove();
    await served?.close();
  });

  function tell(page: { id: string; database: string }, token = 'letmein'): Promise<Response> {
    const { id, database } = page;
    const parent = { type: 'database_id', database_id: database };
    const properties = {
      Subject: { id: 's', type: 'rich_text', rich_text: [{ plain_text: 'From another database' }] },
    };
    return fetch(`${desk.address}/hooks/base-form/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source: { type: 'automation' }, data: { object: 'page', id, parent, properties } }),
    });
  }

  it('becomes a ticket where it is, at once, and only one', async () => {
    const id = notion.people.type(DATABASE, { Ticket: 'Broken chair', Description: 'It has three legs.' });
    const { id: database } = notion.database(DATABASE);
    const response = await tell({ id, database });
    expect([response.status, await response.json()]).toEqual([200, { row: id }]);
    const ticket = await desk.ticketAbout('Broken chair');
    expect((await tell({ id, database })).status).toBe(200);
    await desk.settled();
    expect((await desk.tickets()).map(({ subject }) => subject)).toEqual(['Broken chair']);
    expect(notion.people.row(DATABASE, id)?.['Key']).toBe(ticket.key);
  });

  it('of another database becomes a ticket as from any form', async () => {
    expect((await tell({ id: 'p-1', database: 'another' })).status).toBe(200);
    expect((await desk.ticketAbout('From another database')).subject).toBe('From another database');
  });

  it('is answered 200 also when its token is wrong', async () => {
    expect((await tell({ id: 'p-2', database: 'another' }, 'wrong')).status).toBe(200);
  });
});
