import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createAirtableFormChannel } from '../../../connectors/airtable-form/channel.ts';
import { AirtableFormSettings } from '../../../connectors/airtable-form/settings.ts';
import type { TicketBase } from '../../../src/kit/connector.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aForm(settings: object = {}, base?: TicketBase): PlainChannel {
  return createAirtableFormChannel(AirtableFormSettings.parse(settings), aChannelGiven(base && { base }));
}

/** A base of tickets, in one table, that counts how often it is looked at. */
function aBase(...ours: readonly string[]) {
  const looks: string[] = [];
  const base: TicketBase = {
    holds: (where) => ours.every((each) => where.includes(each)),
    look: async () => void looks.push('look'),
  };
  return { base, looks };
}

describe('a form of Airtable', () => {
  const request = recorded('airtable-form', 'record');
  testChannel({
    channel: aForm(),
    secrets: SECRETS,
    authentic: [
      ['record', { ...request, token: 'new-token' }],
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
});

describe('a record of another base', () => {
  it('becomes a ticket of its cells, under the names of its fields (A-004, A-010, A-011)', () => {
    expect(messageRead(aForm(), recorded('airtable-form', 'record'))).toMatchObject({
      externalId: 'recA1b2C3d4E5f6G7',
      from: { name: 'Zoë Müller', email: 'zoe@example.com' },
      text: 'I paid once.\nI was charged twice. 🙈',
      fields: { Plan: 'Pro', Form: 'Requests' },
      attachments: [{ name: 'shot one.png', contentType: 'image/png', size: 1204 }],
    });
  });

  it('is a message, and the base of tickets is not looked at', async () => {
    const { base, looks } = aBase('appOther', 'tblA1b2C3d4E5f6G7');
    expect(await aForm({}, base).greet?.(recorded('airtable-form', 'record'))).toBeNull();
    expect(looks).toEqual([]);
  });

  it('is one request, however often its automation runs', () => {
    expect(aForm().deliveryId(recorded('airtable-form', 'record'))).toBe('recA1b2C3d4E5f6G7');
  });

  it('is read by names and looks where the script was changed', async () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aForm(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
    expect(await aForm({}, aBase().base).greet?.(request)).toBeNull();
    expect(await aForm({}, aBase().base).greet?.(aRequest('application/json', '{'))).toBeNull();
  });
});

describe('a record among the tickets', () => {
  it.each([['tblA1b2C3d4E5f6G7'], ['Requests']])('has the base looked at, and is no message: %s', async (table) => {
    const { base, looks } = aBase('appA1b2C3d4E5f6G7', table);
    const answer = await aForm({}, base).greet?.(recorded('airtable-form', 'record'));
    expect(answer).toMatchObject({ status: 200, body: '{"row":"recA1b2C3d4E5f6G7"}' });
    expect(looks).toEqual(['look']);
  });
});

describe('the script to paste', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/channels/airtable-form.md'), 'utf8');
  const script = /```js\n([^]*?) {3}```/.exec(page)?.[1] ?? '';

  /** Runs it among stand-ins for what Airtable gives to a script. */
  async function run(status: number): Promise<RawRequest> {
    const sent: RawRequest[] = [];
    const [subject, files, empty] = [
      { name: 'Subject', type: 'singleLineText' },
      { name: 'Pictures', type: 'multipleAttachments' },
      { name: 'More', type: 'multipleAttachments' },
    ];
    const picture = {
      id: 'att1',
      url: 'https://files.example/1',
      filename: 'a.png',
      type: 'image/png',
      size: 7,
      thumbnails: {},
    };
    const record = {
      id: 'rec1',
      getCellValue: (field: unknown) => (field === files ? [picture] : null),
      getCellValueAsString: (field: unknown) => (field === subject ? 'The printer is on fire' : ''),
    };
    const table = {
      id: 'tbl1',
      name: 'Requests',
      fields: [subject, files, empty],
      selectRecordAsync: async () => record,
    };
    const context = createContext({
      input: { config: () => ({ record: 'rec1', table: 'Requests' }) },
      base: { id: 'app1', getTable: () => table },
      async fetch(_address: string, options: { headers: Record<string, string>; body: string }) {
        const { 'Content-Type': type = '', 'X-Tabledesk-Token': token = '' } = options.headers;
        sent.push(withHeaders(aRequest(type, options.body), { 'x-tabledesk-token': token }));
        return { ok: status < 300, status };
      },
    });
    await runInContext(`(async () => {${script.replace("TOKEN = '...'", "TOKEN = 'old-token'")}})()`, context);
    const [first] = sent;
    if (first === undefined) throw new Error('nothing was sent');
    return first;
  }

  it('sends a record so that the channel believes and reads it', async () => {
    const request = await run(202);
    expect(aForm().verify(request, SECRETS)).toEqual({ authentic: true });
    expect(messageRead(aForm(), request)).toMatchObject({
      externalId: 'rec1',
      text: 'The printer is on fire',
      attachments: [{ name: 'a.png', url: 'https://files.example/1' }],
    });
    const { base, looks } = aBase('app1', 'tbl1');
    await aForm({}, base).greet?.(request);
    expect(looks).toEqual(['look']);
  });

  it('fails aloud when it is refused, so that Airtable writes its owner', async () => {
    await expect(run(401)).rejects.toThrow('Tabledesk answered 401');
  });
});
