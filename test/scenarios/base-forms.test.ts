import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Airtable, createAirtable, serveAirtable, type ServedAirtable } from '../../simulators/airtable/index.ts';
import { createNotion, type Notion, serveNotion, type ServedNotion } from '../../simulators/notion/index.ts';
import { anAirtableTable } from '../support/airtable/an-airtable-table.ts';
import { aNotionDatabase } from '../support/notion/a-notion-database.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

const DATABASE = 'Tickets';
const TABLE = 'Tickets';

function channels(kind: string): string {
  return `
  base-form:
    kind: ${kind}
    token: env:BASE_FORM_TOKEN
`;
}

describe('a form of the Notion database in which tickets are rows', () => {
  let notion: Notion;
  let served: ServedNotion;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;

  beforeAll(async () => {
    notion = createNotion({ plan: 'business', aggregationMs: 0 });
    served = await serveNotion(notion);
    folders = await deskFolders();
    const { configFolder } = folders;
    await appendFile(join(configFolder, 'channels.yaml'), channels('notion-form'));
    const made = await aNotionDatabase({ notion, address: served.address, configFolder, name: DATABASE });
    desk = await aRunningDesk({
      variables: { ...made.variables, BASE_FORM_TOKEN: 'letmein', TABLEDESK_CONFIG: configFolder },
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

describe('a form of the Airtable base in which tickets are rows', () => {
  let airtable: Airtable;
  let served: ServedAirtable;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;
  let place: { base: string; table: string };

  beforeAll(async () => {
    airtable = createAirtable();
    served = await serveAirtable(airtable);
    folders = await deskFolders();
    const { configFolder } = folders;
    await appendFile(join(configFolder, 'channels.yaml'), channels('airtable-form'));
    const { variables, ...made } = await anAirtableTable({
      airtable,
      address: served.address,
      configFolder,
      name: TABLE,
    });
    place = made;
    desk = await aRunningDesk({
      variables: { ...variables, BASE_FORM_TOKEN: 'letmein', TABLEDESK_CONFIG: configFolder },
    });
    // The first reading looks at the whole table; what comes after waits for its turn, which is a minute away.
    await until('the table was read', () => readings() > 0);
    await desk.settled();
  });
  afterAll(async () => {
    await desk?.remove();
    await folders?.remove();
    await served?.close();
  });

  function readings(): number {
    return airtable.requests().filter(({ path }) => path.includes(`/${place.table}/listRecords`)).length;
  }

  /** As the script of the guide tells of a record. */
  async function tell(record: string, table = place.table): Promise<[number, unknown]> {
    const fields = { Subject: 'From another table', Description: 'It is broken.' };
    const body = JSON.stringify({
      base: place.base,
      table: { id: table, name: 'Anything' },
      record,
      fields,
      files: [],
    });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${desk.address}/hooks/base-form/letmein`, { method: 'POST', headers, body });
    return [response.status, await response.json()];
  }

  async function submit(subject: string): Promise<string> {
    return airtable.people.submit(TABLE, { Subject: subject, Description: 'It has three legs.' });
  }

  async function ticketsAbout(subject: string) {
    return (await desk.tickets()).filter((ticket) => ticket.subject === subject);
  }

  it('becomes a ticket where it is, at once (A-015)', async () => {
    const id = await submit('Broken chair');
    expect(await tell(id)).toEqual([200, { row: id }]);
    const { key } = await desk.ticketAbout('Broken chair');
    await desk.settled();
    expect(airtable.people.row(TABLE, id)).toMatchObject({ Key: key, Subject: 'Broken chair' });
  });

  it('becomes one ticket however often its automation runs, also while the table is being read', async () => {
    airtable.settings.faults = ({ path }) =>
      path.includes('/listRecords') ? { kind: 'slow-headers', milliseconds: 150 } : null;
    const first = await submit('Broken lamp');
    const told = [tell(first), tell(first)];
    const second = await submit('Broken door');
    told.push(tell(first), tell(second), tell(second));
    for (const [status] of await Promise.all(told)) expect(status).toBe(200);
    await Promise.all([desk.ticketAbout('Broken lamp'), desk.ticketAbout('Broken door')]);
    airtable.settings.faults = () => null;
    expect((await tell(first))[0]).toBe(200);
    await desk.settled();
    expect([await ticketsAbout('Broken lamp'), await ticketsAbout('Broken door')]).toEqual([
      [expect.objectContaining({ key: airtable.people.row(TABLE, first)?.['Key'] })],
      [expect.objectContaining({ key: airtable.people.row(TABLE, second)?.['Key'] })],
    ]);
    expect(airtable.people.rows(TABLE)).toHaveLength(3);
  });

  it('of another table becomes a ticket as from any form, with a row of its own', async () => {
    expect((await tell('recA1b2C3d4E5f6G7', 'tblA1b2C3d4E5f6G7'))[0]).toBe(202);
    const { key } = await desk.ticketAbout('From another table');
    await desk.settled();
    expect(airtable.people.rows(TABLE).map(({ fields }) => fields['Key'])).toContain(key);
  });
});
