import { describe, expect, it } from 'vitest';
import { aSupportWorkspace, inside, text, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

async function create({ ask, database }: SupportWorkspace, properties: unknown, rest: object = {}) {
  return ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId }, properties, ...rest });
}

async function refusal(desk: SupportWorkspace, properties: unknown): Promise<unknown> {
  const { status, body } = await create(desk, properties);
  return status === 400 && body['code'] === 'validation_error' ? body['message'] : status;
}

describe('a page that is made', () => {
  it('comes back whole', async () => {
    const desk = aSupportWorkspace();
    const { dataSourceId, id: databaseId, properties } = desk.database;
    const { status, body } = await create(desk, { Ticket: { title: text('Printer') } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'page',
      created_time: '2026-11-21T09:00:00.000Z',
      last_edited_time: '2026-11-21T09:00:00.000Z',
      parent: { type: 'data_source_id', data_source_id: dataSourceId, database_id: databaseId },
      in_trash: false,
      is_archived: false,
      is_locked: false,
      icon: null,
      cover: null,
      public_url: null,
      url: expect.stringMatching(/^https:\/\/www\.notion\.so\/Printer-[0-9a-f]{32}$/),
    });
    expect(inside(body['properties'])['Ticket']).toEqual({
      id: 'title',
      type: 'title',
      title: [
        {
          type: 'text',
          text: { content: 'Printer', link: null },
          annotations: {
            bold: false,
            italic: false,
            strikethrough: false,
            underline: false,
            code: false,
            color: 'default',
          },
          plain_text: 'Printer',
          href: null,
        },
      ],
    });
    expect(inside(body['properties'])['Number']).toEqual({ id: properties['Number'], type: 'number', number: null });
  });

  it('keeps what was written, and reads it back in its own way', async () => {
    const desk = aSupportWorkspace();
    const { body } = await create(desk, {
      Email: { email: 'ana@example.com' },
      Link: { url: 'https://example.com' },
      Phone: { phone_number: '+34 1' },
      Status: { status: { name: 'Open' } },
      Priority: { select: { name: 'High' } },
      Tags: { multi_select: [{ name: 'bug' }] },
      Assignee: { people: [{ id: desk.tom }] },
      Number: { number: 7.5 },
      Send: { checkbox: true },
      Due: { date: { start: '2026-11-21T17:30:29.000Z' } },
      Files: { files: [{ name: 'a.txt', external: { url: 'https://files.example.com/a.txt' } }] },
    });
    expect(body['properties']).toMatchObject({
      Email: { email: 'ana@example.com' },
      Link: { url: 'https://example.com' },
      Phone: { phone_number: '+34 1' },
      Status: { status: { name: 'Open' } },
      Priority: { select: { name: 'High', id: expect.any(String), color: expect.any(String) } },
      Tags: { multi_select: [{ name: 'bug' }] },
      Assignee: { people: [{ object: 'user', id: desk.tom, name: 'Tom' }] },
      Number: { number: 7.5 },
      Send: { checkbox: true },
      Due: { date: { start: '2026-11-21T17:30:00.000+00:00', end: null, time_zone: null } },
      Files: { files: [{ name: 'a.txt', type: 'external', external: { url: 'https://files.example.com/a.txt' } }] },
      ID: { unique_id: { prefix: 'TKT', number: 1 } },
      'Made by': { created_by: { type: 'bot', name: 'Tabledesk' } },
      Shout: { formula: { type: 'unsupported' } },
    });
  });

  it('starts with the first status to do, and nothing else', async () => {
    const desk = aSupportWorkspace();
    await create(desk, {});
    expect(desk.notion.people.rows('Tickets')[0]?.fields).toEqual({
      Status: 'New',
      ID: 1,
      Made: '2026-11-21T09:00:00.000Z',
      Edited: '2026-11-21T09:00:00.000Z',
      'Made by': 'Tabledesk',
      'Edited by': 'Tabledesk',
    });
  });

  it('is numbered by its data source, one after the other', async () => {
    const desk = aSupportWorkspace();
    desk.notion.people.paste('Tickets', {});
    await create(desk, {});
    expect((await create(desk, {})).body['properties']).toMatchObject({ ID: { unique_id: { number: 3 } } });
  });

  it('takes its properties by id, as answers spell it, or by name', async () => {
    const desk = aSupportWorkspace();
    const id = desk.database.properties['Number'] ?? '';
    expect((await create(desk, { [id]: { number: 4 } })).body['properties']).toMatchObject({ Number: { number: 4 } });
  });

  it('may be no row: a page under a page, with a title alone', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const parent = { page_id: pageId };
    const made = await ask('POST', '/pages', { parent, properties: { title: text('Notes') } });
    expect(made.body).toMatchObject({ parent: { type: 'page_id', page_id: pageId } });
    expect((await ask('POST', '/pages', { parent, properties: { Number: { number: 1 } } })).status).toBe(400);
    expect((await ask('POST', '/pages', { parent: { database_id: pageId } })).status).toBe(400);
  });

  it('brings its children along', async () => {
    const desk = aSupportWorkspace();
    const { body } = await create(desk, {}, { children: [{ paragraph: { rich_text: text('Hello') } }] });
    expect(desk.notion.people.body('Tickets', String(body['id']))).toEqual(['Hello']);
    const { body: other } = await create(desk, {}, { markdown: '# Head\n\nText' });
    expect(desk.notion.people.body('Tickets', String(other['id']))).toEqual(['Head', 'Text']);
    expect((await create(desk, {}, { children: [], markdown: '' })).status).toBe(400);
  });

  it('is made again when it is asked for again: nothing is upserted, and no key recognised', async () => {
    const desk = aSupportWorkspace();
    for (let asked = 0; asked < 2; asked += 1) await create(desk, { Key: { rich_text: text('K1') } });
    expect(desk.notion.people.rows('Tickets')).toHaveLength(2);
  });
});

describe('values that are refused', () => {
  const long = (length: number) => 'x'.repeat(length);
  const many = (length: number) => Array.from({ length });

  it.each([
    [{ No: { number: 1 } }, 'No is not a property that exists.'],
    [{ Number: { rich_text: text('1') } }, 'Number is expected to be number.'],
    [
      { Number: { number: '1' } },
      'body failed validation: body.properties.Number.number should be a number, instead was `"1"`.',
    ],
    [
      { Send: { checkbox: null } },
      'body failed validation: body.properties.Send.checkbox should be a boolean, instead was `null`.',
    ],
    [
      { Key: { rich_text: 'K1' } },
      'body failed validation: body.properties.Key.rich_text should be an array, instead was `"K1"`.',
    ],
    [
      { Key: { rich_text: [{ text: { content: long(2001) } }] } },
      'body failed validation: body.properties.Key.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.',
    ],
    [
      { Key: { rich_text: many(101).flatMap(() => text('x')) } },
      'body failed validation: body.properties.Key.rich_text.length should be ≤ `100`, instead was `101`.',
    ],
    [
      { Key: { rich_text: [{ text: { content: 'x', link: { url: long(2001) } } }] } },
      'body failed validation: body.properties.Key.rich_text[0].text.link.url.length should be ≤ `2000`, instead was `2001`.',
    ],
    [
      { Key: { rich_text: [{ equation: { expression: long(1001) } }] } },
      'body failed validation: body.properties.Key.rich_text[0].equation.expression.length should be ≤ `1000`, instead was `1001`.',
    ],
    [
      { Link: { url: long(2001) } },
      'body failed validation: body.properties.Link.url.length should be ≤ `2000`, instead was `2001`.',
    ],
    [
      { Email: { email: long(201) } },
      'body failed validation: body.properties.Email.email.length should be ≤ `200`, instead was `201`.',
    ],
    [
      { Phone: { phone_number: long(201) } },
      'body failed validation: body.properties.Phone.phone_number.length should be ≤ `200`, instead was `201`.',
    ],
    [
      { Email: { email: '' } },
      'body failed validation: body.properties.Email.email should be populated, instead was `""`.',
    ],
    [
      { Tags: { multi_select: many(101).map((_, index) => ({ name: `t${index}` })) } },
      'body failed validation: body.properties.Tags.multi_select.length should be ≤ `100`, instead was `101`.',
    ],
    [
      { Assignee: { people: many(101).map(() => ({ id: 'x' })) } },
      'body failed validation: body.properties.Assignee.people.length should be ≤ `100`, instead was `101`.',
    ],
    [{ Assignee: { people: [{ id: 'nobody' }] } }, 'Could not find user with ID: nobody.'],
    [{ Status: { status: { name: 'Odd' } } }, 'Invalid status option. Status option "Odd" does not exist.'],
    [{ Priority: { select: { name: 'a,b' } } }, 'Invalid select option, commas not allowed: a,b'],
    [
      { Due: { date: { start: 'tomorrow' } } },
      'body failed validation: body.properties.Due.date should be a valid ISO 8601 date, instead was `{"start":"tomorrow"}`.',
    ],
    [{ ID: { unique_id: { number: 4 } } }, 'ID is a unique_id property, and cannot be written.'],
    [{ Made: { created_time: '2026-11-21T09:00:00Z' } }, 'Made is a created_time property, and cannot be written.'],
    [{ Edited: {} }, 'Edited is a last_edited_time property, and cannot be written.'],
    [{ Shout: { formula: {} } }, 'Shout is a formula property, and cannot be written.'],
  ])('%j', async (properties, message) => {
    const desk = aSupportWorkspace();
    expect(await refusal(desk, properties)).toBe(message);
    expect(desk.notion.people.rows('Tickets')).toEqual([]);
  });

  it('count text in UTF-16 units', async () => {
    const desk = aSupportWorkspace();
    const faces = '😀'.repeat(1000);
    expect(await refusal(desk, { Key: { rich_text: text(faces) } })).toBe(200);
    expect(await refusal(desk, { Key: { rich_text: text(`${faces}x`) } })).toContain('≤ `2000`, instead was `2001`');
  });

  it('change nothing, not even an option of a select that came before', async () => {
    const desk = aSupportWorkspace();
    await create(desk, { Priority: { select: { name: 'Urgent' } }, Number: { number: 'x' } });
    const { body } = await desk.ask('GET', `/data_sources/${desk.database.dataSourceId}`);
    expect(JSON.stringify(body['properties'])).not.toContain('Urgent');
  });

  it('are those of a moment with an offset and a zone, and not of one with a zone alone', async () => {
    const desk = aSupportWorkspace();
    const zone = { time_zone: 'Europe/Berlin' };
    expect(await refusal(desk, { Due: { date: { start: '2026-11-21T18:00:00Z', ...zone } } })).toContain('valid ISO');
    const { body } = await create(desk, { Due: { date: { start: '2026-11-21T18:00:00', ...zone } } });
    expect(body['properties']).toMatchObject({
      Due: { date: { start: '2026-11-21T18:00:00.000+01:00', time_zone: 'Europe/Berlin' } },
    });
  });
});

describe('options', () => {
  it('of a select are made where their name is unknown, and found whatever its case', async () => {
    const desk = aSupportWorkspace();
    for (const name of ['urgent', 'Urgent', 'HIGH']) await create(desk, { Priority: { select: { name } } });
    await create(desk, { Tags: { multi_select: [{ name: 'new' }, { name: 'bug' }, { name: 'New' }] } });
    const rows = desk.notion.people.rows('Tickets').map(({ fields }) => [fields['Priority'], fields['Tags']]);
    expect(rows).toEqual([
      ['urgent', undefined],
      ['urgent', undefined],
      ['High', undefined],
      [undefined, ['new', 'bug']],
    ]);
  });

  it('go by their ids too', async () => {
    const desk = aSupportWorkspace();
    const { body } = await desk.ask('GET', `/data_sources/${desk.database.dataSourceId}`);
    const select = inside(inside(inside(body['properties'])['Priority'])['select']);
    const [, low] = [select['options']].flat();
    await create(desk, { Priority: { select: { id: inside(low)['id'] } } });
    expect(desk.notion.people.rows('Tickets')[0]?.fields['Priority']).toBe('Low');
  });
});

describe('an update', () => {
  it('keeps what it leaves out, replaces lists, and clears with null', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', {
      Ticket: 'a',
      Number: 1,
      Tags: ['bug'],
      Email: 'a@b.example',
      Status: 'Closed',
      Due: '2026-11-21',
    });
    const properties = {
      Number: { number: null },
      Tags: { multi_select: [{ name: 'billing' }] },
      Email: { email: null },
      Status: { status: null },
      Due: { date: null },
    };
    expect((await desk.ask('PATCH', `/pages/${id}`, { properties })).status).toBe(200);
    const row = desk.notion.people.row('Tickets', id);
    expect(row).toMatchObject({ Ticket: 'a', Tags: ['billing'], Status: 'New' });
    for (const gone of ['Number', 'Email', 'Due']) expect(row).not.toHaveProperty(gone);
  });

  it('is an edit by who made it, and none where nothing changes', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', { Number: 1 });
    desk.clock.pass({ minutes: 5 });
    const set = (number: number) => desk.ask('PATCH', `/pages/${id}`, { properties: { Number: { number } } });
    expect((await set(1)).body).toMatchObject({
      last_edited_time: '2026-11-21T09:00:00.000Z',
      last_edited_by: { id: desk.lea },
    });
    const bot = (await desk.ask('GET', '/users/me')).body['id'];
    expect((await set(2)).body).toMatchObject({
      last_edited_time: '2026-11-21T09:05:00.000Z',
      last_edited_by: { object: 'user', id: bot },
    });
  });

  it('puts a page into the trash and takes it out; in the trash nothing else is written', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', { Number: 1 });
    const path = `/pages/${id}`;
    expect((await desk.ask('PATCH', path, { in_trash: true })).body['in_trash']).toBe(true);
    expect(desk.notion.people.row('Tickets', id)).toBeNull();
    const properties = { Number: { number: 2 } };
    expect((await desk.ask('PATCH', path, { properties })).status).toBe(400);
    expect((await desk.ask('PATCH', path, { in_trash: false, properties })).status).toBe(200);
    expect(desk.notion.people.row('Tickets', id)).toMatchObject({ Number: 2 });
    expect((await desk.ask('DELETE', path)).status).toBe(400);
  });

  it('refuses what it does not know', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', {});
    expect((await desk.ask('PATCH', `/pages/${id}`, { colour: 'red' })).body['message']).toBe(
      'body failed validation: body.colour should be not present, instead was `"red"`.',
    );
  });

  it('answers with the properties that were asked for', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', {});
    const { body } = await desk.ask('PATCH', `/pages/${id}?filter_properties=title`, {});
    expect(Object.keys(inside(body['properties']))).toEqual(['Ticket']);
  });
});

describe('long values', () => {
  it('of people and relations show 25, and the rest by the property itself', async () => {
    const desk = aSupportWorkspace();
    const { ask, notion, database } = desk;
    notion.designers.addProperty('Tickets', {
      name: 'Related',
      type: 'relation',
      config: { data_source_id: database.dataSourceId },
    });
    const ids = Array.from({ length: 30 }, () => notion.people.paste('Tickets', {}));
    const people = ids.map((_, index) => notion.addUser({ name: `U${index}`, email: `u${index}@example.com` }).id);
    const { body } = await create(desk, {
      Related: { relation: ids.map((id) => ({ id })) },
      Assignee: { people: people.map((id) => ({ id })) },
    });
    const { Related, Assignee } = inside(body['properties']);
    expect(Related).toMatchObject({ relation: { length: 25 }, has_more: true });
    expect(Assignee).toMatchObject({ people: { length: 25 } });
    const path = `/pages/${String(body['id'])}/properties/${String(inside(Related)['id'])}`;
    const first = await ask('GET', `${path}?page_size=20`);
    expect(first.body).toMatchObject({
      object: 'list',
      type: 'property_item',
      property_item: { type: 'relation', relation: {} },
      results: { length: 20 },
      has_more: true,
    });
    const rest = await ask('GET', `${path}?page_size=20&start_cursor=${String(first.body['next_cursor'])}`);
    expect(rest.body).toMatchObject({ results: { length: 10 }, has_more: false });
  });

  it('of other types come as one', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', { Number: 3 });
    const number = desk.database.properties['Number'];
    expect((await desk.ask('GET', `/pages/${id}/properties/${number}`)).body).toMatchObject({
      object: 'property_item',
      type: 'number',
      number: 3,
    });
  });

  it('refuse a relation to a page of another data source', async () => {
    const desk = aSupportWorkspace();
    desk.notion.designers.addProperty('Tickets', {
      name: 'Related',
      type: 'relation',
      config: { data_source_id: desk.database.dataSourceId },
    });
    expect(await refusal(desk, { Related: { relation: [{ id: desk.pageId }] } })).toContain('Could not find page');
  });
});
