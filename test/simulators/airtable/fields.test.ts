import { describe, expect, it } from 'vitest';
import { aSupportBase, inside } from '../../support/airtable/a-support-base.ts';

const LONG = 'x'.repeat(100_001);

/** A field, what is written, what is read. Undefined is an empty cell, which is left out. */
const TAKEN: readonly [string, unknown, unknown][] = [
  ['Ticket', 'Printer', 'Printer'],
  ['Ticket', '', undefined],
  ['Ticket', null, undefined],
  ['Description', 'two\nlines', 'two\nlines'],
  ['Email', 'not checked', 'not checked'],
  ['Status', 'Open', 'Open'],
  ['Status', null, undefined],
  ['Tags', ['bug', 'billing'], ['bug', 'billing']],
  ['Tags', [], undefined],
  ['Number', 7.6, 8],
  ['Number', 0, 0],
  ['Confidence', 0.876, 0.88],
  ['Score', 5, 5],
  ['Send', true, true],
  ['Send', false, undefined],
  ['Day', '2026-11-21', '2026-11-21'],
  ['Due', '2026-11-21T17:00:00Z', '2026-11-21T17:00:00.000Z'],
  ['Due', '2026-11-21T17:00:00.250+02:00', '2026-11-21T15:00:00.250Z'],
  // Without an offset it is a moment in the zone of the field, Berlin.
  ['Due', '2026-11-21T17:00:00', '2026-11-21T16:00:00.000Z'],
];

const REFUSED: readonly [string, unknown][] = [
  ['Ticket', 7],
  ['Ticket', LONG],
  ['Description', ['a']],
  ['Email', true],
  ['Status', ['Open']],
  ['Status', { name: 'Open' }],
  ['Tags', 'bug'],
  ['Assignee', 'lea@example.com'],
  ['Assignee', { name: 'Lea' }],
  ['Assignee', { id: 'usrAAAAAAAAAAAAAA' }],
  ['Watchers', { id: 'usrAAAAAAAAAAAAAA' }],
  ['Number', '7'],
  ['Score', 0],
  ['Score', 6],
  ['Score', 2.5],
  ['Send', 'true'],
  ['Send', 1],
  ['Day', 'tomorrow'],
  ['Day', 1_795_251_600_000],
  ['Due', 'soon'],
  ['Files', 'https://example.com/a.png'],
  ['Files', [{ id: 'attAAAAAAAAAAAAAA' }]],
  ['Files', [{ url: 'ftp://example.com/a.png' }]],
  ['Files', [{ url: 'https://example.com/a.png', size: 3 }]],
];

describe('what a field takes and gives', () => {
  it.each(TAKEN)('%s takes %j and gives %j', async (field, written, read) => {
    const { ask, base } = aSupportBase();
    const { status, records } = await ask('POST', `/${base.id}/Tickets`, { fields: { [field]: written } });
    expect(status).toBe(200);
    expect(records[0]?.fields[field]).toEqual(read);
    expect(Object.hasOwn(records[0]?.fields ?? {}, field)).toBe(read !== undefined);
  });

  it.each(REFUSED)('%s refuses %j', async (field, written) => {
    const { airtable, ask, base } = aSupportBase();
    expect(await ask('POST', `/${base.id}/Tickets`, { fields: { [field]: written } })).toMatchObject({
      status: 422,
      body: {
        error: { type: 'INVALID_VALUE_FOR_COLUMN', message: `Field "${field}" cannot accept the provided value` },
      },
    });
    expect(airtable.people.rows('Tickets')).toEqual([]);
  });

  it.each(['Count', 'Made', 'Shout'])('%s is computed and refuses every value', async (field) => {
    const { ask, base } = aSupportBase();
    expect(await ask('POST', `/${base.id}/Tickets`, { fields: { [field]: null } })).toMatchObject({
      status: 422,
      body: {
        error: {
          type: 'INVALID_VALUE_FOR_COLUMN',
          message: `Field "${field}" cannot accept a value because the field is computed`,
        },
      },
    });
  });

  it('gives computed fields with every record', async () => {
    const { ask, base } = aSupportBase();
    await ask('POST', `/${base.id}/Tickets`, { fields: { Ticket: 'first' } });
    const { records } = await ask('POST', `/${base.id}/Tickets`, { fields: { Ticket: 'second' } });
    expect(records[0]?.fields).toEqual({
      Ticket: 'second',
      Count: 2,
      Made: '2026-11-21T09:00:00.000Z',
      Shout: 'SECOND!',
    });
  });

  it('gives what a lookup finds in the records that are linked, and leaves out what finds nothing', async () => {
    const { airtable, ask, base, table } = aSupportBase();
    const { designers, people } = airtable;
    const options = { linkedTableId: table.id };
    const link = designers.addField('Tickets', { name: 'Same as', type: 'multipleRecordLinks', options });
    designers.addField('Tickets', {
      name: 'Its status',
      type: 'multipleLookupValues',
      options: { recordLinkFieldId: link, fieldIdInLinkedTable: table.fields['Status'] },
    });
    const ids = ['Open', 'Closed', null].map((Status) => people.paste('Tickets', { Status }));
    const linking = [ids, ids.slice(2)].map((linked) => people.paste('Tickets', { 'Same as': linked }));
    const { records } = await ask('GET', `/${base.id}/Tickets`);
    const found = linking.map((id) => records.find((record) => record.id === id)?.fields['Its status']);
    expect(found).toEqual([['Open', 'Closed'], undefined]);
  });

  it('takes a person by id or address and gives id, address and name', async () => {
    const { ask, base, lea, tom } = aSupportBase();
    const fields = { Assignee: { email: 'lea@example.com' }, Watchers: [tom, { id: lea }] };
    const { records } = await ask('POST', `/${base.id}/Tickets`, { fields });
    const told = [
      { id: lea, email: 'lea@example.com', name: 'Lea' },
      { id: tom, email: 'tom@example.com', name: 'Tom' },
    ];
    expect(records[0]?.fields).toMatchObject({ Assignee: told[0], Watchers: [told[1], told[0]] });
  });

  it('refuses an option that is not there, with its name in two pairs of quotation marks', async () => {
    const { ask, base } = aSupportBase();
    for (const fields of [{ Status: 'Urgent' }, { Tags: ['bug', 'Urgent'] }]) {
      expect(await ask('POST', `/${base.id}/Tickets`, { fields })).toMatchObject({
        status: 422,
        body: {
          error: {
            type: 'INVALID_MULTIPLE_CHOICE_OPTIONS',
            message: 'Insufficient permissions to create new select option ""Urgent""',
          },
        },
      });
    }
  });

  it('refuses a field that is not there', async () => {
    const { ask, base } = aSupportBase();
    expect(await ask('POST', `/${base.id}/Tickets`, { fields: { Colour: 'red' } })).toMatchObject({
      status: 422,
      body: { error: { type: 'UNKNOWN_FIELD_NAME', message: 'Unknown field name: "Colour"' } },
    });
  });

  it('takes and gives fields by id where it is asked to', async () => {
    const { ask, base, table } = aSupportBase();
    const status = table.fields['Status'] ?? '';
    const { records } = await ask('POST', `/${base.id}/${table.id}`, {
      fields: { [status]: 'New' },
      returnFieldsByFieldId: true,
    });
    expect(records[0]?.fields[status]).toBe('New');
  });

  it('replaces lists of attachments whole, and keeps what is named by its id', async () => {
    const { ask, base } = aSupportBase();
    const path = `/${base.id}/Tickets`;
    const files = [{ url: 'https://example.com/a.png' }, { url: 'https://example.com/b.png', filename: 'bee.png' }];
    const [made] = (await ask('POST', path, { fields: { Files: files } })).records;
    expect(made?.fields['Files']).toMatchObject([
      { url: 'https://example.com/a.png', filename: 'a.png' },
      { url: 'https://example.com/b.png', filename: 'bee.png' },
    ]);
    const second = made?.fields['Files'];
    const { id } = inside(Array.isArray(second) ? second[1] : {});
    const [left] = (await ask('PATCH', `${path}/${made?.id}`, { fields: { Files: [{ id }] } })).records;
    expect(left?.fields['Files']).toMatchObject([{ id, filename: 'bee.png' }]);
  });

  it('writes the rest where an attachment cannot be had, and says so', async () => {
    const { ask, base } = aSupportBase({ isBrokenAttachment: (url) => url.includes('broken') });
    const fields = { Ticket: 'a', Files: [{ url: 'https://example.com/broken.png' }] };
    const { body, records } = await ask('POST', `/${base.id}/Tickets`, { records: [{ fields }] });
    expect(body).toMatchObject({ details: { message: 'partialSuccess', reasons: ['attachmentsFailedUploading'] } });
    expect(records[0]?.fields).not.toHaveProperty('Files');
  });

  it('takes links only to records that are there, and forgets those that go', async () => {
    const { airtable, ask, base, table } = aSupportBase();
    airtable.designers.addField('Tickets', {
      name: 'Related',
      type: 'multipleRecordLinks',
      options: { linkedTableId: table.id },
    });
    const other = airtable.people.type('Tickets', { Ticket: 'other' });
    const path = `/${base.id}/Tickets`;
    expect(await ask('POST', path, { fields: { Related: ['recAAAAAAAAAAAAAA'] } })).toMatchObject({
      status: 422,
      body: {
        error: { type: 'ROW_DOES_NOT_EXIST', message: 'Record ID recAAAAAAAAAAAAAA does not exist in this table' },
      },
    });
    const [linked] = (await ask('POST', path, { fields: { Related: [other] } })).records;
    expect(linked?.fields['Related']).toEqual([other]);
    airtable.people.delete('Tickets', other);
    expect(airtable.people.row('Tickets', linked?.id ?? '')).not.toHaveProperty('Related');
  });
});

describe('typecast', () => {
  it('loosens every field of the request and makes missing options', async () => {
    const { ask, base } = aSupportBase();
    const fields = {
      Ticket: 7,
      Number: '12',
      Send: 'true',
      Status: 'Urgent',
      Tags: 'bug, odd',
      Assignee: 'tom@example.com',
    };
    const { records } = await ask('POST', `/${base.id}/Tickets`, { fields, typecast: true });
    expect(records[0]?.fields).toMatchObject({
      Ticket: '7',
      Number: 12,
      Send: true,
      Status: 'Urgent',
      Tags: ['bug', 'odd'],
      Assignee: { name: 'Tom' },
    });
    expect((await ask('POST', `/${base.id}/Tickets`, { fields: { Status: 'Urgent' } })).status).toBe(200);
  });

  it('makes no option for who may not change the schema', async () => {
    const { airtable, ask, base, tom } = aSupportBase();
    const token = airtable.addToken({ userId: tom });
    const body = { fields: { Status: 'Urgent' }, typecast: true };
    expect(await ask('POST', `/${base.id}/Tickets`, body, { token })).toMatchObject({
      status: 422,
      body: { error: { type: 'INVALID_MULTIPLE_CHOICE_OPTIONS' } },
    });
  });

  it('leaves no option behind from a batch that was refused', async () => {
    const { ask, base } = aSupportBase();
    const records = [{ fields: { Status: 'Urgent' } }, { fields: { Colour: 'red' } }];
    expect((await ask('POST', `/${base.id}/Tickets`, { records, typecast: true })).status).toBe(422);
    expect((await ask('POST', `/${base.id}/Tickets`, { fields: { Status: 'Urgent' } })).status).toBe(422);
  });
});

describe('uploaded files', () => {
  it('come over a host of their own, and are read for two hours', async () => {
    const { airtable, ask, base, table, clock } = aSupportBase();
    const id = airtable.people.type('Tickets', { Ticket: 'a' });
    const path = `/${base.id}/${id}/${table.fields['Files']}/uploadAttachment`;
    const body = { contentType: 'text/plain', filename: 'note.txt', file: Buffer.from('hello').toString('base64') };
    expect((await ask('POST', path, body)).status).toBe(404);
    const content = { origin: 'https://content.airtable.com' };
    const { status, records } = await ask('POST', path, body, content);
    expect(status).toBe(200);
    const [file] = [records[0]?.fields[table.fields['Files'] ?? '']].flat();
    expect(file).toMatchObject({ filename: 'note.txt', size: 5, type: 'text/plain' });
    const url = String(inside(file)['url']);
    expect(await (await airtable.handle(new Request(url))).text()).toBe('hello');
    clock.pass({ hours: 2 });
    expect((await airtable.handle(new Request(url))).status).toBe(410);
    const big = { ...body, file: Buffer.alloc(5 * 1024 * 1024 + 1).toString('base64') };
    expect((await ask('POST', path, big, content)).status).toBe(413);
    expect((await ask('POST', path, { ...body, file: '???' }, content)).status).toBe(422);
  });
});
