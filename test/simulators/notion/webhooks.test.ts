import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/notion/index.ts';
import { aSupportWorkspace, inside } from '../../support/notion/a-support-workspace.ts';

interface Heard {
  body: Record<string, unknown>;
  text: string;
  signature: string | undefined;
}

/** A desk whose connection has a webhook, and what has come there. */
function aListener(given: Partial<Settings> = {}) {
  const heard: Heard[] = [];
  const answers: number[] = [];
  const desk = aSupportWorkspace({
    async post(_, { body: text, headers }) {
      heard.push({ text, body: inside(JSON.parse(text)), signature: headers['x-notion-signature'] });
      return new Response(null, { status: answers.shift() ?? 200 });
    },
    ...given,
  });
  const { notion, clock, token } = desk;
  const id = notion.webhooks.subscribe({ token, url: 'https://desk.example.com/webhook' });
  const events = () => heard.map(({ body }) => body);
  /** What comes once everything that waits to be told together has been. */
  async function listen(): Promise<Record<string, unknown>[]> {
    heard.splice(0);
    clock.pass({ minutes: 1 });
    await notion.deliverWebhooks();
    return events();
  }
  return { ...desk, id, heard, answers, events, listen };
}

async function aVerifiedListener(given: Partial<Settings> = {}) {
  const desk = aListener(given);
  await desk.notion.deliverWebhooks();
  const secret = String(desk.heard[0]?.body['verification_token']);
  desk.notion.webhooks.verify(desk.id, secret);
  desk.heard.splice(0);
  return { ...desk, secret };
}

describe('the handshake', () => {
  it('sends a token once, and nothing else until somebody pasted it', async () => {
    const { notion, heard, id, listen } = aListener();
    await notion.deliverWebhooks();
    await notion.deliverWebhooks();
    expect(heard).toHaveLength(1);
    const token = String(heard[0]?.body['verification_token']);
    expect(token).toMatch(/^secret_/);
    notion.people.paste('Tickets', {});
    expect(await listen()).toEqual([]);
    expect(notion.webhooks.verify(id, 'secret_wrong')).toBe(false);
    expect(notion.webhooks.verify(id, token)).toBe(true);
    notion.people.paste('Tickets', {});
    expect(await listen()).toHaveLength(1);
  });

  it('sends the same token again when it is asked to', async () => {
    const { notion, heard, id } = aListener();
    await notion.deliverWebhooks();
    notion.webhooks.resendToken(id);
    await notion.deliverWebhooks();
    expect(heard[1]?.body).toEqual(heard[0]?.body);
  });
});

describe('an event', () => {
  it('says what happened to what and by whom, and nothing of what is in it', async () => {
    const { notion, listen, database, tom, id } = await aVerifiedListener();
    const page = notion.people.as('Tom').paste('Tickets', { Ticket: 'secret words' });
    const [event] = await listen();
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: '2026-11-21T09:00:00.000Z',
      workspace_id: expect.any(String),
      workspace_name: 'Support',
      subscription_id: id,
      integration_id: expect.any(String),
      authors: [{ id: tom, type: 'person' }],
      attempt_number: 1,
      api_version: '2026-03-11',
      entity: { id: page, type: 'page' },
      type: 'page.created',
      data: { parent: { id: database.id, type: 'database', data_source_id: database.dataSourceId } },
    });
  });

  it('is signed by the token over its bytes', async () => {
    const { notion, heard, listen, secret } = await aVerifiedListener();
    notion.people.paste('Tickets', {});
    await listen();
    const expected = heard.map(({ text }) => createHmac('sha256', secret).update(text).digest('hex'));
    expect(heard.map(({ signature }) => signature)).toEqual(expected.map((hex) => `sha256=${hex}`));
    expect(heard).toHaveLength(1);
  });

  it('names properties by their encoded ids', async () => {
    const { notion, listen, database } = await aVerifiedListener();
    const page = notion.people.paste('Tickets', {});
    await listen();
    notion.people.edit('Tickets', page, { Number: 1, Key: 'K' });
    expect(await listen()).toMatchObject([
      {
        type: 'page.properties_updated',
        data: { updated_properties: [database.properties['Number'], database.properties['Key']] },
      },
    ]);
  });

  it('of our own writing names our bot', async () => {
    const { ask, listen, database } = await aVerifiedListener();
    await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } });
    const [event] = await listen();
    expect(event).toMatchObject({ authors: [{ type: 'bot', id: (await ask('GET', '/users/me')).body['id'] }] });
  });

  it('comes for what a help desk looks at', async () => {
    const { notion, listen, pageId } = await aVerifiedListener();
    const { people, designers } = notion;
    const page = people.paste('Tickets', {});
    await listen();
    const types = async (act: () => void): Promise<unknown[]> => {
      act();
      return (await listen()).map(({ type }) => type);
    };
    expect(await types(() => people.write('Tickets', page, 'a'))).toEqual(['page.content_updated']);
    expect(await types(() => people.delete('Tickets', page))).toEqual(['page.deleted']);
    expect(await types(() => people.restore('Tickets', page))).toEqual(['page.undeleted']);
    expect(await types(() => people.comment('Tickets', page, 'a'))).toEqual(['comment.created']);
    expect(await types(() => designers.renameProperty('Tickets', 'Key', 'Code'))).toEqual([
      'data_source.schema_updated',
    ]);
    expect(await types(() => designers.trashDatabase('Tickets', true))).toEqual(['data_source.deleted']);
    expect(await types(() => people.moveOut('Tickets', page, pageId))).toEqual(['page.moved']);
  });

  it('of a schema says of each property what was done', async () => {
    const { ask, listen, database } = await aVerifiedListener();
    const properties = { New: { checkbox: {} }, Key: null };
    await ask('PATCH', `/data_sources/${database.dataSourceId}`, { properties });
    expect(await listen()).toMatchObject([
      {
        entity: { id: database.dataSourceId, type: 'data_source' },
        data: {
          updated_properties: [
            { name: 'New', action: 'created' },
            { id: database.properties['Key'], name: 'Key', action: 'deleted' },
          ],
        },
      },
    ]);
  });

  it('comes only of what is shared, of the types that were asked for, and of comments with the capability', async () => {
    const { notion, listen, token, pageId, id } = await aVerifiedListener();
    const page = notion.people.paste('Tickets', {});
    await listen();
    notion.setCapabilities(token, ['read content']);
    notion.people.comment('Tickets', page, 'a');
    expect(await listen()).toEqual([]);
    notion.webhooks.setTypes(id, ['page.created']);
    notion.people.edit('Tickets', page, { Number: 1 });
    expect(await listen()).toEqual([]);
    notion.unshare(token, pageId);
    notion.people.paste('Tickets', {});
    expect(await listen()).toEqual([]);
    notion.share(token, pageId);
    notion.webhooks.unsubscribe(id);
    notion.people.paste('Tickets', {});
    expect(await listen()).toEqual([]);
  });
});

describe('aggregation', () => {
  it('tells edits of a page together, and comments at once', async () => {
    const { notion, clock, events, listen, tom, lea } = await aVerifiedListener();
    const page = notion.people.paste('Tickets', {});
    await listen();
    notion.people.edit('Tickets', page, { Number: 1 });
    clock.pass({ seconds: 10 });
    notion.people.as('Tom').edit('Tickets', page, { Number: 2, Key: 'K' });
    notion.people.comment('Tickets', page, 'a');
    await notion.deliverWebhooks();
    expect(events().slice(1)).toMatchObject([{ type: 'comment.created', data: { page_id: page } }]);
    clock.pass({ seconds: 20 });
    await notion.deliverWebhooks();
    expect(events().slice(2)).toMatchObject([
      {
        type: 'page.properties_updated',
        timestamp: '2026-11-21T09:01:10.000Z',
        authors: [{ id: lea }, { id: tom }],
        data: { updated_properties: { length: 2 } },
      },
    ]);
  });

  it('lets "created" swallow the edits that follow', async () => {
    const { notion, listen } = await aVerifiedListener();
    notion.people.type('Tickets', { Ticket: 'a' });
    expect((await listen()).map(({ type }) => type)).toEqual(['page.created']);
  });

  it('tells nothing of what was made and trashed, or trashed and restored, meanwhile', async () => {
    const { notion, listen } = await aVerifiedListener();
    const page = notion.people.paste('Tickets', {});
    notion.people.delete('Tickets', page);
    expect(await listen()).toEqual([]);
    notion.people.restore('Tickets', page);
    await listen();
    notion.people.delete('Tickets', page);
    notion.people.restore('Tickets', page);
    expect(await listen()).toEqual([]);
  });
});

describe('delivery', () => {
  it('loses, doubles and delays events as it is told', async () => {
    const ways = [{ isLost: true }, { copies: 2 }, { lateMs: 120_000 }, {}];
    const { notion, listen } = await aVerifiedListener({ deliveries: () => ways.shift() ?? {} });
    const [, doubled, late, plain] = ['lost', 'doubled', 'late', 'plain'].map(() => notion.people.paste('Tickets', {}));
    const pages = (events: readonly Record<string, unknown>[]) => events.map(({ entity }) => inside(entity)['id']);
    const first = await listen();
    expect(pages(first)).toEqual([doubled, doubled, plain]);
    expect(first[0]?.['id']).toBe(first[1]?.['id']);
    expect(await listen()).toEqual([]);
    expect(pages(await listen())).toEqual([late]);
  });

  it('is tried again up to eight times over about a day, each with its number', async () => {
    const { notion, clock, answers, events } = await aVerifiedListener();
    notion.people.paste('Tickets', {});
    answers.push(...Array.from({ length: 8 }, () => 500));
    const began = clock.now();
    for (let minute = 0; minute < 30 * 60; minute += 1) {
      clock.pass({ minutes: 1 });
      await notion.deliverWebhooks();
      if (events().length === 8) break;
    }
    expect((clock.now() - began) / 3_600_000).toBeCloseTo(24.5, 0);
    expect(events().map((event) => event['attempt_number'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(events().map((event) => event['id'])).size).toBe(1);
    clock.pass({ days: 2 });
    await notion.deliverWebhooks();
    expect(events()).toHaveLength(8);
  });

  it('is done with any 2xx, and repeats sooner where that is set', async () => {
    const { notion, clock, answers, listen, events } = await aVerifiedListener({ webhookSpeed: 80 });
    notion.people.paste('Tickets', {});
    answers.push(404, 202);
    await listen();
    clock.pass({ seconds: 1 });
    await notion.deliverWebhooks();
    expect(events().map((event) => event['attempt_number'])).toEqual([1, 2]);
    clock.pass({ days: 1 });
    expect(await notion.deliverWebhooks()).toBe(0);
  });

  it('takes a connection that breaks for a refusal', async () => {
    const { notion, clock, events } = await aVerifiedListener();
    const { post } = notion.settings;
    notion.settings.post = () => Promise.reject(new TypeError('fetch failed'));
    notion.people.paste('Tickets', {});
    clock.pass({ minutes: 1 });
    await notion.deliverWebhooks();
    notion.settings.post = post;
    clock.pass({ minutes: 2 });
    await notion.deliverWebhooks();
    expect(events()).toMatchObject([{ attempt_number: 2 }]);
  });
});
