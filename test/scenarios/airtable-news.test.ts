import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Airtable, createAirtable, serveAirtable, type ServedAirtable } from '../../simulators/airtable/index.ts';
import { anAirtableTable } from '../support/airtable/an-airtable-table.ts';
import { aRunningDesk, deskFolders, type RunningDesk, type ShownTicket } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

/** Where the internet would find the desk; calls to it are led to the port that it has here. */
const PUBLIC = 'https://desk.example';

const TABLE = 'Tickets';

describe('a desk on Airtable with a public address', () => {
  const calls: number[] = [];
  let airtable: Airtable;
  let served: ServedAirtable;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;

  beforeAll(async () => {
    airtable = createAirtable({ ping });
    served = await serveAirtable(airtable);
    folders = await deskFolders();
    const { configFolder } = folders;
    const { variables } = await anAirtableTable({ airtable, address: served.address, configFolder, name: TABLE });
    const own = { PUBLIC_URL: PUBLIC, TABLEDESK_CONFIG: configFolder };
    desk = await aRunningDesk({ variables: { ...variables, ...own } });
    await until('the webhook is made', () =>
      airtable.requests().some(({ method, path }) => method === 'POST' && path.endsWith('/webhooks')),
    );
  });
  afterAll(async () => {
    await desk?.remove();
    await folders?.remove();
    await served?.close();
  });

  async function ping(url: string, init: RequestInit): Promise<Response> {
    const response = await fetch(url.replace(PUBLIC, desk.address), init);
    calls.push(response.status);
    return response;
  }

  async function rowOf({ key }: ShownTicket): Promise<string> {
    const row = await until('the ticket has its row', () =>
      airtable.people.rows(TABLE).find(({ fields }) => fields['Key'] === key),
    );
    return row.id;
  }

  it('hears of an edit within moments, long before it would ask for it', async () => {
    await desk.post({ name: 'Kim', email: 'kim@example.com', subject: 'Printer', message: 'It does not print.' });
    const ticket = await desk.ticketAbout('Printer');
    const rowId = await rowOf(ticket);
    airtable.clearLog();
    airtable.people.as('Ana').edit(TABLE, rowId, { Priority: 'Critical' });
    const edited = await until(
      'the edit is taken over',
      async () => (await desk.ticketAbout('Printer')).priority === 'critical',
      { seconds: 5 },
    );
    expect(edited).toBe(true);
    expect(calls).toEqual([204]);
    expect(airtable.requests().map(({ path }) => path.split('?')[0]?.split('/').at(-1))[0]).toBe('payloads');
  });

  it('makes a ticket of a row that a person typed, and calls nobody for what it wrote itself', async () => {
    const before = calls.length;
    airtable.people.as('Ana').type(TABLE, { Subject: 'Typed by hand', Description: 'A new mouse, please.' });
    const ticket = await desk.ticketAbout('Typed by hand');
    await rowOf(ticket);
    expect(calls.slice(before)).toEqual([204]);
  });

  it('hands a ticket off when a person asks, and clears the cells again (A-050)', async () => {
    await desk.post({ name: 'Liv', email: 'liv@example.com', subject: 'Scanner', message: 'It scans nothing.' });
    const before = await desk.ticketAbout('Scanner');
    const rowId = await rowOf(before);
    const to = before.queue === 'technical' ? 'billing' : 'technical';
    airtable.people.as('Ana').edit(TABLE, rowId, { 'Hand-off reason': 'needs a log file' });
    airtable.people.as('Ana').edit(TABLE, rowId, { 'Hand off to': to });
    const row = await until('the row says so', () => {
      const found = airtable.people.row(TABLE, rowId) ?? {};
      return found['Queue'] === to && found['Hand off to'] === undefined ? found : undefined;
    });
    expect(row['Why']).toMatch(new RegExp(` handed it from ${before.queue} to ${to}: needs a log file\\.$`));
    expect(row['Hand-off reason']).toBeUndefined();
  });

  it('takes no call from strangers', async () => {
    const init = { method: 'POST', headers: { 'x-airtable-content-mac': 'hmac-sha256=00' }, body: '{}' };
    expect((await fetch(`${desk.address}/stores/airtable/news`, init)).status).toBe(401);
  });
});
