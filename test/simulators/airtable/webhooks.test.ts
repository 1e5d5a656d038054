import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/airtable/index.ts';
import { aSupportBase, inside, type SupportBase } from '../../support/airtable/a-support-base.ts';

interface Ping {
  url: string;
  body: string;
  mac: string | null;
}

/** A desk whose pings land in a list, and are answered with 204, or with `answers` in turn. */
function aPingedBase(given: Partial<Settings> = {}, answers: Response[] = []) {
  const pings: Ping[] = [];
  const desk = aSupportBase({
    ...given,
    async ping(url, init) {
      const request = new Request(url, init);
      pings.push({ url, body: await request.text(), mac: request.headers.get('x-airtable-content-mac') });
      return answers.shift() ?? new Response(null, { status: 204 });
    },
  });
  return { ...desk, pings };
}

async function aWebhook(
  desk: SupportBase,
  filters: object = {},
  more: { includes?: object; notificationUrl?: string } = {},
) {
  const { notificationUrl, includes } = more;
  const options = { filters: { dataTypes: ['tableData'], ...filters }, ...(includes && { includes }) };
  const answer = await desk.ask('POST', `/bases/${desk.base.id}/webhooks`, {
    ...(notificationUrl !== undefined && { notificationUrl }),
    specification: { options },
  });
  expect(answer.status).toBe(200);
  const { id, macSecretBase64 } = inside(answer.body);
  return { path: `/bases/${desk.base.id}/webhooks/${String(id)}`, id: String(id), secret: String(macSecretBase64) };
}

async function payloadsOf(desk: SupportBase, path: string, cursor = 1): Promise<unknown[]> {
  const payloads = inside((await desk.ask('GET', `${path}/payloads?cursor=${cursor}`)).body)['payloads'];
  return Array.isArray(payloads) ? payloads : [];
}

describe('a webhook', () => {
  it('tells its secret once, and lives for seven days', async () => {
    const desk = aSupportBase();
    const { body } = await desk.ask('POST', `/bases/${desk.base.id}/webhooks`, {
      notificationUrl: 'https://example.com/ping',
      specification: { options: { filters: { dataTypes: ['tableData'] } } },
    });
    expect(body).toEqual({
      id: expect.stringMatching(/^ach[A-Za-z0-9]{14}$/),
      macSecretBase64: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      expirationTime: '2026-11-28T09:00:00.000Z',
    });
    const list = await desk.ask('GET', `/bases/${desk.base.id}/webhooks`);
    expect(list.body).toEqual({
      webhooks: [
        {
          id: inside(body)['id'],
          areNotificationsEnabled: true,
          cursorForNextPayload: 1,
          isHookEnabled: true,
          expirationTime: '2026-11-28T09:00:00.000Z',
          lastSuccessfulNotificationTime: null,
          lastNotificationResult: null,
          notificationUrl: 'https://example.com/ping',
          specification: { options: { filters: { dataTypes: ['tableData'] } } },
        },
      ],
    });
  });

  it('needs its scope, that of what it tells, and the role of a creator', async () => {
    const desk = aSupportBase();
    const path = `/bases/${desk.base.id}/webhooks`;
    const body = { specification: { options: { filters: { dataTypes: ['tableData'] } } } };
    const tokens = [
      desk.airtable.addToken({ userId: desk.lea, scopes: ['data.records:read'] }),
      desk.airtable.addToken({ userId: desk.lea, scopes: ['webhook:manage'] }),
      desk.airtable.addToken({ userId: desk.tom }),
    ];
    for (const token of tokens) expect((await desk.ask('POST', path, body, { token })).status).toBe(403);
  });

  it('is refused with what it does not know, and as the eleventh of its base', async () => {
    const desk = aSupportBase();
    const path = `/bases/${desk.base.id}/webhooks`;
    const make = (filters: object) => desk.ask('POST', path, { specification: { options: { filters } } });
    expect((await make({ dataTypes: ['rows'] })).status).toBe(422);
    expect((await make({ dataTypes: ['tableData'], colour: 'red' })).status).toBe(422);
    expect((await make({ dataTypes: ['tableData'], recordChangeScope: 'tblAAAAAAAAAAAAAA' })).status).toBe(422);
    for (let made = 0; made < 10; made += 1) expect((await make({ dataTypes: ['tableData'] })).status).toBe(200);
    expect((await make({ dataTypes: ['tableData'] })).status).toBe(422);
  });

  it('is prolonged by refreshing and by every reading, and stays readable for seven days after its end', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    desk.clock.pass({ days: 6 });
    expect((await desk.ask('POST', `${path}/refresh`)).body).toEqual({ expirationTime: '2026-12-04T09:00:00.000Z' });
    desk.clock.pass({ days: 6 });
    expect(await payloadsOf(desk, path)).toEqual([]);
    desk.clock.pass({ days: 6 });
    desk.airtable.people.type('Tickets', { Ticket: 'heard' });
    desk.clock.pass({ days: 1 });
    desk.airtable.people.type('Tickets', { Ticket: 'too late' });
    expect(await payloadsOf(desk, path)).toHaveLength(1);
    expect((await desk.ask('POST', `${path}/refresh`)).status).toBe(422);
    desk.clock.pass({ days: 7 });
    expect((await desk.ask('GET', `${path}/payloads`)).status).toBe(404);
  });

  it('is deleted with an empty answer', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    expect(await desk.ask('DELETE', path)).toMatchObject({ status: 200, body: undefined });
    expect((await desk.ask('GET', `/bases/${desk.base.id}/webhooks`)).body).toEqual({ webhooks: [] });
  });
});

describe('payloads', () => {
  it('tell what was made, with options and people in full', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    const { fields, id: tableId } = desk.table;
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a', Status: 'New', Assignee: { id: desk.tom } });
    expect(await payloadsOf(desk, path)).toEqual([
      {
        timestamp: '2026-11-21T09:00:00.000Z',
        baseTransactionNumber: 1,
        payloadFormat: 'v0',
        actionMetadata: {
          source: 'client',
          sourceMetadata: {
            user: {
              id: desk.lea,
              email: 'lea@example.com',
              name: 'Lea',
              permissionLevel: 'owner',
              profilePicUrl: expect.stringContaining('https://'),
            },
          },
        },
        changedTablesById: {
          [tableId]: {
            createdRecordsById: {
              [id]: {
                createdTime: '2026-11-21T09:00:00.000Z',
                cellValuesByFieldId: {
                  [fields['Ticket'] ?? '']: 'a',
                  [fields['Status'] ?? '']: { id: expect.stringMatching(/^sel/), name: 'New' },
                  [fields['Assignee'] ?? '']: expect.objectContaining({ id: desk.tom, permissionLevel: 'edit' }),
                },
              },
            },
          },
        },
      },
    ]);
  });

  it('tell what changed, what it was before, the cells around it, and what is gone', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a', Status: 'New', Tags: ['bug'] });
    const includes = { includePreviousCellValues: true, includeCellValuesInFieldIds: [desk.table.fields['Ticket']] };
    const { path } = await aWebhook(desk, {}, { includes });
    desk.airtable.people.as('tom@example.com').edit('Tickets', id, { Status: 'Open', Tags: [] });
    desk.airtable.people.delete('Tickets', id);
    const { Status, Tags, Ticket } = desk.table.fields;
    expect(await payloadsOf(desk, path)).toMatchObject([
      {
        actionMetadata: { sourceMetadata: { user: { id: desk.tom } } },
        changedTablesById: {
          [desk.table.id]: {
            changedRecordsById: {
              [id]: {
                current: { cellValuesByFieldId: { [Status ?? '']: { name: 'Open' }, [Tags ?? '']: null } },
                previous: { cellValuesByFieldId: { [Status ?? '']: { name: 'New' }, [Tags ?? '']: [{ name: 'bug' }] } },
                unchanged: { cellValuesByFieldId: { [Ticket ?? '']: 'a' } },
              },
            },
          },
        },
      },
      { changedTablesById: { [desk.table.id]: { destroyedRecordIds: [id] } } },
    ]);
  });

  it('come one for a request, whatever it changes, and none for what changes nothing', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    const records = Array.from({ length: 10 }, (_, index) => ({ fields: { Number: index } }));
    const made = await desk.ask('POST', `/${desk.base.id}/Tickets`, { records });
    await desk.ask('PATCH', `/${desk.base.id}/Tickets/${made.records[1]?.id}`, { fields: { Number: 1 } });
    const payloads = await payloadsOf(desk, path);
    expect(payloads).toHaveLength(1);
    expect(payloads).toMatchObject([{ actionMetadata: { source: 'publicApi' } }]);
  });

  it('leave out sources, kinds of change, tables and fields that were not asked for', async () => {
    const desk = aSupportBase();
    const quiet = await aWebhook(desk, { fromSources: ['client', 'formSubmission'] });
    const added = await aWebhook(desk, { changeTypes: ['add'] });
    const watched = await aWebhook(desk, {
      changeTypes: ['update'],
      watchDataInFieldIds: [desk.table.fields['Status']],
      recordChangeScope: desk.table.id,
    });
    const { records } = await desk.ask('POST', `/${desk.base.id}/Tickets`, { fields: { Status: 'New' } });
    const id = records[0]?.id ?? '';
    await desk.ask('PATCH', `/${desk.base.id}/Tickets/${id}`, { fields: { Status: 'Open' } });
    desk.airtable.people.edit('Tickets', id, { Number: 7 });
    desk.airtable.people.edit('Tickets', id, { Number: 8, Status: 'Closed' });
    desk.airtable.people.submit('Tickets', { Ticket: 'from a form' });
    expect(await payloadsOf(desk, quiet.path)).toHaveLength(3);
    expect(await payloadsOf(desk, added.path)).toHaveLength(2);
    const seen = await payloadsOf(desk, watched.path);
    expect(seen).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toContain(desk.table.fields['Number']);
  });

  it('tell of fields to who asks for fields', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(
      desk,
      { dataTypes: ['tableFields'] },
      { includes: { includePreviousFieldDefinitions: true } },
    );
    const id = desk.table.fields['Status'] ?? '';
    desk.airtable.people.type('Tickets', { Ticket: 'not told' });
    desk.airtable.designers.renameField('Tickets', 'Status', 'State');
    const added = desk.airtable.designers.addField('Tickets', { name: 'Extra', type: 'email' });
    desk.airtable.designers.removeField('Tickets', 'Extra');
    expect(await payloadsOf(desk, path)).toMatchObject([
      {
        changedTablesById: {
          [desk.table.id]: {
            changedFieldsById: {
              [id]: { current: { name: 'State' }, previous: { name: 'Status', type: 'singleSelect' } },
            },
          },
        },
      },
      { changedTablesById: { [desk.table.id]: { createdFieldsById: { [added]: { name: 'Extra', type: 'email' } } } } },
      { changedTablesById: { [desk.table.id]: { destroyedFieldIds: [added] } } },
    ]);
  });

  it('are read by cursor, fifty at most, and forgotten after seven days', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    for (let typed = 0; typed < 60; typed += 1) desk.airtable.people.type('Tickets', { Number: typed });
    const first = await desk.ask('GET', `${path}/payloads`);
    expect(first.body).toMatchObject({ cursor: 51, mightHaveMore: true, payloads: { length: 50 } });
    const rest = await desk.ask('GET', `${path}/payloads?cursor=51`);
    expect(rest.body).toMatchObject({ cursor: 61, mightHaveMore: false, payloads: { length: 10 } });
    expect((await desk.ask('GET', `${path}/payloads?cursor=61`)).body).toMatchObject({ cursor: 61, payloads: [] });
    expect((await desk.ask('GET', `${path}/payloads?limit=51`)).status).toBe(422);
    desk.clock.pass({ days: 6 });
    await desk.ask('POST', `${path}/refresh`);
    desk.clock.pass({ days: 1 });
    expect(await payloadsOf(desk, path)).toEqual([]);
  });

  it('do not tell of comments', async () => {
    const desk = aSupportBase();
    const { path } = await aWebhook(desk);
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a' });
    desk.airtable.people.comment('Tickets', id, 'hello');
    expect(await payloadsOf(desk, path)).toHaveLength(1);
  });
});

describe('pings', () => {
  const notificationUrl = 'https://example.com/ping';

  it('say that something changed, and not what, with a signature', async () => {
    const desk = aPingedBase();
    const { id, secret } = await aWebhook(desk, {}, { notificationUrl });
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    expect(await desk.airtable.deliverPings()).toBe(1);
    const [ping] = desk.pings;
    const body = JSON.stringify({
      base: { id: desk.base.id },
      webhook: { id },
      timestamp: '2026-11-21T09:00:00.000Z',
    });
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(body).digest('hex');
    expect(ping).toEqual({ url: notificationUrl, body, mac: `hmac-sha256=${mac}` });
  });

  it('stand for all changes since the last', async () => {
    const desk = aPingedBase();
    await aWebhook(desk, {}, { notificationUrl });
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    desk.airtable.people.type('Tickets', { Ticket: 'b' });
    await desk.airtable.deliverPings();
    expect(await desk.airtable.deliverPings()).toBe(0);
    desk.airtable.people.type('Tickets', { Ticket: 'c' });
    await desk.airtable.deliverPings();
    expect(desk.pings).toHaveLength(2);
  });

  it('are not sent without an address', async () => {
    const desk = aPingedBase();
    await aWebhook(desk);
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    expect(await desk.airtable.deliverPings()).toBe(0);
  });

  it('must be answered with 200 or 204 and nothing more', async () => {
    const answers = [new Response('OK'), new Response(null, { status: 503 }), new Response(null, { status: 200 })];
    const desk = aPingedBase({}, answers);
    await aWebhook(desk, {}, { notificationUrl });
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    const results: unknown[] = [];
    for (const seconds of [10, 20, 40]) {
      await desk.airtable.deliverPings();
      const { body } = await desk.ask('GET', `/bases/${desk.base.id}/webhooks`);
      results.push([inside(body)['webhooks']].flat().map((webhook) => inside(webhook)['lastNotificationResult'])[0]);
      desk.clock.pass({ seconds });
    }
    expect(results).toMatchObject([
      {
        success: false,
        retryNumber: 0,
        willBeRetried: true,
        error: { message: 'The HTTP response body is not empty' },
      },
      {
        success: false,
        retryNumber: 1,
        error: { message: 'The HTTP request returned a 503 status code instead of 200 or 204' },
      },
      { success: true, retryNumber: 2 },
    ]);
  });

  it('are repeated thirteen times over about a day, then given up until somebody enables them again', async () => {
    const failing = Array.from({ length: 14 }, () => new Response(null, { status: 500 }));
    const desk = aPingedBase({}, failing);
    const { path } = await aWebhook(desk, {}, { notificationUrl });
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    for (let tried = 0; tried < 14; tried += 1) {
      expect(await desk.airtable.deliverPings()).toBe(1);
      expect(await desk.airtable.deliverPings()).toBe(0);
      desk.clock.pass({ seconds: 10 * 2 ** tried });
    }
    desk.airtable.people.type('Tickets', { Ticket: 'b' });
    expect(await desk.airtable.deliverPings()).toBe(0);
    const { body } = await desk.ask('GET', `/bases/${desk.base.id}/webhooks`);
    expect(body).toMatchObject({ webhooks: [{ areNotificationsEnabled: false, isHookEnabled: true }] });
    expect(await payloadsOf(desk, path)).toHaveLength(2);
    expect(await desk.ask('POST', `${path}/enableNotifications`, { enable: true })).toMatchObject({ status: 200 });
    expect(await desk.airtable.deliverPings()).toBe(1);
    expect(desk.pings).toHaveLength(15);
  });

  it('come back faster where that is set', async () => {
    const desk = aPingedBase({ pingSpeed: 1000 }, [new Response(null, { status: 500 })]);
    await aWebhook(desk, {}, { notificationUrl });
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    await desk.airtable.deliverPings();
    desk.clock.pass({ seconds: 0.01 });
    expect(await desk.airtable.deliverPings()).toBe(1);
  });
});
