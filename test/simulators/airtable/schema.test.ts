import { describe, expect, it } from 'vitest';
import { aSupportBase, inside, type SupportBase } from '../../support/airtable/a-support-base.ts';

function fieldsPath({ base, table }: SupportBase): string {
  return `/meta/bases/${base.id}/tables/${table.id}/fields`;
}

describe('reading the schema', () => {
  it('tells tables, fields with options, and views', async () => {
    const { ask, base, table } = aSupportBase();
    const { body } = await ask('GET', `/meta/bases/${base.id}/tables`);
    expect(body).toMatchObject({
      tables: [
        {
          id: table.id,
          name: 'Tickets',
          primaryFieldId: table.fields['Ticket'],
          fields: expect.arrayContaining([
            { id: table.fields['Ticket'], name: 'Ticket', type: 'singleLineText' },
            {
              id: table.fields['Status'],
              name: 'Status',
              type: 'singleSelect',
              options: {
                choices: ['New', 'Open', 'Closed'].map((name) => ({ id: expect.stringMatching(/^sel/), name })),
              },
            },
          ]),
          views: [{ id: expect.stringMatching(/^viw/), name: 'Grid view', type: 'grid' }],
        },
      ],
    });
    const wide = await ask('GET', `/meta/bases/${base.id}/tables?include[]=visibleFieldIds`);
    expect(wide.body).toMatchObject({ tables: [{ views: [{ visibleFieldIds: Object.values(table.fields) }] }] });
  });
});

describe('a formula in the schema', () => {
  it('tells the fields that it is computed from, by id or by name, each once', async () => {
    const { airtable, ask, base, table } = aSupportBase();
    const formula = `IF({${table.fields['Number'] ?? ''}} > 1, -Number, {Ticket} & {Shout})`;
    airtable.designers.addField('Tickets', { name: 'Long', type: 'formula', options: { formula } });
    airtable.designers.addField('Tickets', { name: 'Broken', type: 'formula', options: { formula: '1 +' } });
    const { body } = await ask('GET', `/meta/bases/${base.id}/tables`);
    const referenced = (name: string, ...fields: readonly string[]) =>
      expect.objectContaining({
        name,
        options: expect.objectContaining({ referencedFieldIds: fields.map((field) => table.fields[field]) }),
      });
    const fields = [referenced('Long', 'Number', 'Ticket', 'Shout'), referenced('Broken')];
    expect(body).toMatchObject({ tables: [{ fields: expect.arrayContaining(fields) }] });
  });
});

describe('creating a table', () => {
  it('makes it with its fields, the first of them primary', async () => {
    const { ask, base } = aSupportBase();
    const made = await ask('POST', `/meta/bases/${base.id}/tables`, {
      name: 'Agents',
      description: 'Who takes tickets',
      fields: [
        { name: 'Name', type: 'singleLineText' },
        {
          name: 'Shift',
          type: 'singleSelect',
          options: { choices: [{ name: 'Day' }, { name: 'Night', color: 'redBright' }] },
        },
        { name: 'Since', type: 'dateTime', options: DATE_TIME },
      ],
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        name: 'Agents',
        description: 'Who takes tickets',
        fields: [
          { name: 'Name' },
          {
            options: {
              choices: [
                { name: 'Day', color: 'blueLight2' },
                { name: 'Night', color: 'redBright' },
              ],
            },
          },
          { options: { timeZone: 'utc', dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
        ],
      },
    });
    expect((await ask('POST', `/${base.id}/Agents`, { fields: { Name: 'Lea', Shift: 'Night' } })).status).toBe(200);
  });

  it('refuses a name that is taken, no fields, and a first field that cannot be primary', async () => {
    const { ask, base } = aSupportBase();
    const path = `/meta/bases/${base.id}/tables`;
    const fields = [{ name: 'Name', type: 'singleLineText' }];
    expect((await ask('POST', path, { name: 'Tickets', fields })).status).toBe(422);
    expect((await ask('POST', path, { name: 'Agents', fields: [] })).status).toBe(422);
    const check = { name: 'Here', type: 'checkbox', options: { icon: 'check', color: 'greenBright' } };
    expect((await ask('POST', path, { name: 'Agents', fields: [check] })).status).toBe(422);
    expect((await ask('GET', path)).body).toMatchObject({ tables: { length: 1 } });
  });
});

const DATE_TIME = { timeZone: 'utc', dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' } };

describe('creating a field', () => {
  it.each([
    ['singleLineText', undefined],
    ['multilineText', undefined],
    ['richText', undefined],
    ['email', undefined],
    ['phoneNumber', undefined],
    ['url', undefined],
    ['singleCollaborator', undefined],
    ['multipleCollaborators', undefined],
    ['multipleAttachments', undefined],
    ['singleSelect', { choices: [{ name: 'a' }] }],
    ['multipleSelects', { choices: [{ name: 'a' }] }],
    ['number', { precision: 2 }],
    ['rating', { icon: 'star', max: 5, color: 'yellowBright' }],
    ['checkbox', { icon: 'check', color: 'greenBright' }],
    ['date', { dateFormat: { name: 'iso' } }],
    ['dateTime', DATE_TIME],
  ])('makes %s with its options, and refuses it with others', async (type, options) => {
    const desk = aSupportBase();
    const made = await desk.ask('POST', fieldsPath(desk), { name: 'New one', type, options, description: 'why' });
    expect(made).toMatchObject({ status: 200, body: { name: 'New one', type, description: 'why' } });
    const wrong = await desk.ask('POST', fieldsPath(desk), { name: 'Another', type, options: { colour: 'red' } });
    expect(wrong).toMatchObject({ status: 422, body: { error: { type: 'INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE' } } });
  });

  it.each([
    'autoNumber',
    'createdTime',
    'lastModifiedTime',
    'createdBy',
    'lastModifiedBy',
    'formula',
    'rollup',
    'count',
    'multipleLookupValues',
    'button',
    'aiText',
  ])('cannot make %s', async (type) => {
    const desk = aSupportBase();
    expect(await desk.ask('POST', fieldsPath(desk), { name: 'New one', type })).toMatchObject({
      status: 422,
      body: { error: { type: 'UNSUPPORTED_FIELD_TYPE_FOR_CREATE' } },
    });
  });

  it('refuses a name that is taken or empty, an unknown type, and a link to nowhere', async () => {
    const desk = aSupportBase();
    const make = (body: object) => desk.ask('POST', fieldsPath(desk), body);
    for (const name of ['Status', ' ']) {
      expect(await make({ name, type: 'email' })).toMatchObject({
        status: 422,
        body: { error: { type: 'DUPLICATE_OR_EMPTY_FIELD_NAME' } },
      });
    }
    expect((await make({ name: 'X', type: 'picture' })).status).toBe(422);
    const options = { linkedTableId: 'tblAAAAAAAAAAAAAA' };
    expect((await make({ name: 'X', type: 'multipleRecordLinks', options })).status).toBe(422);
    expect(
      (await make({ name: 'X', type: 'multipleRecordLinks', options: { linkedTableId: desk.table.id } })).status,
    ).toBe(200);
  });
});

describe('updating a field', () => {
  async function choicesOf(desk: SupportBase): Promise<{ id: unknown; name: unknown }[]> {
    const { body } = await desk.ask('PATCH', `${fieldsPath(desk)}/${desk.table.fields['Status']}`, { name: 'Status' });
    const choices = inside(inside(body)['options'])['choices'];
    return Array.isArray(choices)
      ? choices.map((choice) => ({ id: inside(choice)['id'], name: inside(choice)['name'] }))
      : [];
  }

  function change(desk: SupportBase, body: object) {
    return desk.ask('PATCH', `${fieldsPath(desk)}/${desk.table.fields['Status']}`, body);
  }

  it('renames it, and its id stays', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Status: 'New' });
    expect((await change(desk, { name: 'State', description: 'where it stands' })).body).toMatchObject({
      id: desk.table.fields['Status'],
      name: 'State',
      description: 'where it stands',
    });
    expect(desk.airtable.people.row('Tickets', id)).toMatchObject({ State: 'New' });
  });

  it('adds an option to the whole list of them, and drops one that is left out', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Status: 'New' });
    const before = await choicesOf(desk);
    const choices = [...before, { name: 'On hold' }];
    expect((await change(desk, { options: { choices } })).status).toBe(200);
    expect((await choicesOf(desk)).map(({ name }) => name)).toEqual(['New', 'Open', 'Closed', 'On hold']);
    await change(desk, { options: { choices: before.slice(1) } });
    expect(desk.airtable.people.row('Tickets', id)).not.toHaveProperty('Status');
  });

  it('refuses an option with an unknown id or a name that comes twice, and a change of nothing', async () => {
    const desk = aSupportBase();
    const [first] = await choicesOf(desk);
    for (const choices of [[{ id: 'selAAAAAAAAAAAAAA', name: 'New' }], [first, { name: 'New' }]]) {
      expect((await change(desk, { options: { choices } })).status).toBe(422);
    }
    expect((await change(desk, {})).status).toBe(422);
    expect((await change(desk, { type: 'email' })).status).toBe(422);
  });
});

describe('people who change the base', () => {
  it('rename an option: cells keep it, and writers of the old name are refused', async () => {
    const { airtable, ask, base } = aSupportBase();
    const id = airtable.people.type('Tickets', { Status: 'Open' });
    airtable.designers.renameOption('Tickets', 'Status', { from: 'Open', to: 'In work' });
    expect(airtable.people.row('Tickets', id)).toMatchObject({ Status: 'In work' });
    expect((await ask('POST', `/${base.id}/Tickets`, { fields: { Status: 'Open' } })).status).toBe(422);
  });

  it('turn a select into text and back, and what does not fit is lost', () => {
    const { airtable } = aSupportBase();
    const id = airtable.people.type('Tickets', { Status: 'Open', Ticket: 'seven', Key: '7' });
    airtable.designers.retypeField('Tickets', 'Status', { type: 'singleLineText' });
    airtable.designers.retypeField('Tickets', 'Ticket', { type: 'number', options: { precision: 0 } });
    airtable.designers.retypeField('Tickets', 'Key', { type: 'number', options: { precision: 0 } });
    const row = airtable.people.row('Tickets', id);
    expect(row).toMatchObject({ Status: 'Open', Key: 7 });
    expect(row).not.toHaveProperty('Ticket');
  });

  it('remove a field and an option: both are unknown then', async () => {
    const { airtable, ask, base } = aSupportBase();
    airtable.designers.removeField('Tickets', 'Tags');
    airtable.designers.removeOption('Tickets', 'Status', 'Open');
    const write = (fields: object) => ask('POST', `/${base.id}/Tickets`, { fields });
    expect((await write({ Tags: [] })).body).toMatchObject({ error: { type: 'UNKNOWN_FIELD_NAME' } });
    expect((await write({ Status: 'Open' })).body).toMatchObject({
      error: { type: 'INVALID_MULTIPLE_CHOICE_OPTIONS' },
    });
  });

  it('rename the table: its id still leads there', async () => {
    const { airtable, ask, base, table } = aSupportBase();
    airtable.designers.renameTable('Tickets', 'Requests');
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(403);
    expect((await ask('GET', `/${base.id}/${table.id}`)).status).toBe(200);
  });
});
