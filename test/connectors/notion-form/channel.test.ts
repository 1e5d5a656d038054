import { describe, expect, it } from 'vitest';
import { createNotionFormChannel } from '../../../connectors/notion-form/channel.ts';
import { NotionFormSettings } from '../../../connectors/notion-form/settings.ts';
import type { InboundMessage } from '../../../src/domain/message.ts';
import type { ChannelGiven } from '../../../src/kit/connector.ts';
import type { Channel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { withHeaders } from '../../support/form-tools.ts';
import { aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };
const DATABASE = '1c6e2a37-9a3f-8077-9ab1-c1d1d1d1d1d1';

function aForm(settings: object = {}, given: Partial<ChannelGiven> = {}): Channel {
  return createNotionFormChannel(NotionFormSettings.parse(settings), aChannelGiven(given));
}

async function messageIn(channel: Channel, request: RawRequest): Promise<InboundMessage> {
  const parsed = await channel.parse(request);
  const [message] = parsed.kind === 'messages' ? parsed.messages : [];
  if (message === undefined) throw new Error(`read as ${parsed.kind}`);
  return message;
}

describe('a form of Notion', () => {
  const request = recorded('notion-form', 'page');
  testChannel({
    channel: aForm(),
    secrets: SECRETS,
    authentic: [
      ['page', { ...request, token: 'new-token' }],
      [
        'the old token as a header, while both are in force',
        withHeaders(request, { 'x-tabledesk-token': 'old-token' }),
      ],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'new-toke' }],
    ],
  });

  it('is answered 200 whatever is wrong, as anything else pauses the automation', () => {
    expect(aForm().statuses).toEqual({ 401: 200, 413: 200, 429: 200, 503: 200 });
    expect(aForm().answer?.(request, { id: '01J', isRepeat: false })).toMatchObject({
      status: 200,
      body: '{"id":"01J"}',
    });
  });
});

describe('a page of another database', () => {
  it('becomes a ticket of its properties, each as people read it (A-004, A-011)', async () => {
    const message = await messageIn(aForm(), recorded('notion-form', 'page'));
    expect(message).toMatchObject({
      externalId: '1c6e2a37-9a3f-80d2-b3d0-ea3c3e1ba5a7',
      from: { email: 'zoe@example.com' },
      subject: 'Card charged twice',
      text: 'I paid once.\nI was charged twice. 🙈',
    });
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.fields).toEqual({
      Who: 'Zoë Müller',
      Plan: 'Pro',
      Areas: 'Billing, Cards',
      Since: '2026-03-01 – 2026-03-02',
      Done: 'No',
      Count: '2',
      No: 'REQ-7',
      Sum: 'two',
      Rows: '1, 2',
      Page: 'https://www.notion.so/1c6e2a379a3f80d2b3d0ea3c3e1ba5a7',
    });
  });

  it('is read as the config says, by name or id', async () => {
    for (const name of ['Who', 'a']) {
      const message = await messageIn(aForm({ fields: { name } }), recorded('notion-form', 'page'));
      expect(message.from.name).toBe('Zoë Müller');
    }
  });

  it('brings its files, those that Notion keeps and others (A-010)', async () => {
    expect((await messageIn(aForm(), recorded('notion-form', 'page'))).attachments).toMatchObject([
      { name: 'shot one.png', url: 'https://prod-files-secure.s3.example.com/shot?X-Amz-Expires=3600' },
      { name: 'log.txt', url: 'https://example.com/log.txt' },
    ]);
  });

  it('never says what an object inherits', async () => {
    const properties = {
      Note: { id: 'a', type: 'rich_text', rich_text: [{ plain_text: 'my own words' }] },
      Odd: { id: 'b', type: 'constructor' },
      Sum: { id: 'c', type: 'formula', formula: { type: 'toString' } },
    };
    const body = JSON.stringify({ data: { object: 'page', id: 'p-1', properties } });
    const message = await messageIn(aForm(), aRequest('application/json', body));
    expect(message).toMatchObject({ text: 'my own words', fields: {} });
  });

  it('is one request, however often it is told', () => {
    expect(aForm().deliveryId(recorded('notion-form', 'page'))).toBe('1c6e2a37-9a3f-80d2-b3d0-ea3c3e1ba5a7');
  });

  it('is read by names and looks where it has another shape', async () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect((await messageIn(aForm(), request)).text).toBe('It is broken.');
  });
});

describe('a page among the tickets', () => {
  const told: (readonly string[])[] = [];
  const looks: string[] = [];
  const base = {
    holds(where: readonly string[]) {
      told.push(where);
      return where.includes(DATABASE) || where.includes('ds-1');
    },
    look: async () => void looks.push('look'),
  };
  const page = (parent: object) =>
    aRequest('application/json', JSON.stringify({ data: { object: 'page', id: 'p-1', parent, properties: {} } }));

  it.each([
    ['its database', recorded('notion-form', 'page'), [DATABASE]],
    ['its data source', page({ type: 'data_source_id', data_source_id: 'ds-1', database_id: 'other' }), ['ds-1']],
  ])('is known by %s, has the database looked at, and is no message', async (_what, request, where) => {
    told.length = 0;
    looks.length = 0;
    expect(await aForm({}, { base }).greet?.(request)).toMatchObject({ status: 200 });
    expect([told, looks]).toEqual([[where], ['look']]);
  });

  it.each([
    ['of another database', page({ type: 'database_id', database_id: 'other' })],
    ['below a page', page({ type: 'page_id', page_id: DATABASE })],
    ['that is none', aRequest('application/json', '{"data":{}}')],
    ['that is broken', aRequest('application/json', '{')],
  ])('is none %s', async (_what, request) => {
    looks.length = 0;
    expect(await aForm({}, { base }).greet?.(request)).toBeNull();
    expect(looks).toEqual([]);
  });
});

describe('the text of a page', () => {
  const request = recorded('notion-form', 'page');

  async function complete(status: number, answer: unknown) {
    const asked: unknown[] = [];
    const channel = aForm(
      {},
      {
        access: 'ntn_access',
        async ask(url, { headers }) {
          asked.push([url, headers?.['authorization']]);
          return { status, headers: {}, body: Buffer.from(JSON.stringify(answer)), url };
        },
      },
    );
    const whole = await channel.complete?.(await channel.parse(request));
    return { asked, text: whole?.kind === 'messages' ? whole.messages[0]?.text : undefined };
  }

  const line = (text: string) => ({ type: 'paragraph', paragraph: { rich_text: [{ plain_text: text }] } });

  it('stands below the message', async () => {
    const results = [line('First.'), { type: 'divider', divider: {} }, line('Second.')];
    expect(await complete(200, { results })).toEqual({
      asked: [
        [
          'https://api.notion.com/v1/blocks/1c6e2a37-9a3f-80d2-b3d0-ea3c3e1ba5a7/children?page_size=100',
          'Bearer ntn_access',
        ],
      ],
      text: 'I paid once.\nI was charged twice. 🙈\n\nFirst.\nSecond.',
    });
  });

  it('changes nothing where there is none', async () => {
    expect((await complete(200, { results: [] })).text).toBe('I paid once.\nI was charged twice. 🙈');
  });

  it('is done without while Notion does not show it, or nobody gave a token', async () => {
    await expect(complete(404, {})).rejects.toMatchObject({ code: 'notion.page-not-read' });
    expect(aForm().complete).toBeUndefined();
  });
});
