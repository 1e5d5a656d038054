import { describe, expect, it } from 'vitest';
import { aSupportWorkspace, inside, text, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

/** Makes a database under the shared page. */
async function make({ ask, pageId }: SupportWorkspace, properties: unknown, rest: object = {}) {
  const parent = { type: 'page_id', page_id: pageId };
  return ask('POST', '/databases', { parent, title: text('Desk'), initial_data_source: { properties }, ...rest });
}

/** Changes the schema of the tickets. */
async function change({ ask, database }: SupportWorkspace, properties: unknown) {
  return ask('PATCH', `/data_sources/${database.dataSourceId}`, { properties });
}

async function schema({ ask }: SupportWorkspace, id: string): Promise<Record<string, Record<string, unknown>>> {
  const { body } = await ask('GET', `/data_sources/${id}`);
  return Object.fromEntries(Object.entries(inside(body['properties'])).map(([name, given]) => [name, inside(given)]));
}

/** The options of a property, and their groups where it is a status. */
function optionsOf(property: Record<string, unknown> | undefined) {
  const config = inside(property?.[String(property['type'])]);
  return [config['options']].flat().map((option) => inside(option));
}

describe('a database that is made', () => {
  it('has one data source with its properties, and a table to look at', async () => {
    const desk = aSupportWorkspace();
    const { status, body } = await make(desk, {
      Name: { title: {} },
      Note: { rich_text: {}, description: 'A note' },
      Count: { number: { format: 'percent' } },
      ID: { unique_id: { prefix: 'T' } },
      Sum: { formula: { expression: '1 + 1' } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'database',
      title: [{ plain_text: 'Desk' }],
      parent: { type: 'page_id', page_id: desk.pageId },
      is_inline: false,
      in_trash: false,
      data_sources: [{ id: expect.any(String), name: 'Desk' }],
    });
    const [source] = [body['data_sources']].flat();
    expect(await schema(desk, String(inside(source)['id']))).toMatchObject({
      Name: { id: 'title', name: 'Name', type: 'title', title: {} },
      Note: { type: 'rich_text', rich_text: {}, description: 'A note' },
      Count: { type: 'number', number: { format: 'percent' } },
      ID: { type: 'unique_id', unique_id: { prefix: 'T' } },
      Sum: { type: 'formula', formula: { expression: '1 + 1' } },
    });
    const views = await desk.ask('GET', `/views?database_id=${String(body['id'])}`);
    expect(views.results).toHaveLength(1);
    expect(desk.notion.database('Desk').id).toBe(body['id']);
  });

  it('stands under a shared page, and not at the top of the workspace', async () => {
    const desk = aSupportWorkspace();
    const parent = { type: 'workspace', workspace: true };
    expect((await make(desk, { Name: { title: {} } }, { parent })).body['message']).toContain(
      'creating workspace-level private pages is not supported',
    );
    const other = { type: 'page_id', page_id: desk.notion.addPage('Private') };
    expect((await make(desk, { Name: { title: {} } }, { parent: other })).status).toBe(404);
  });

  it.each([
    [{}, 'body failed validation: body.properties should have a title property, instead had none.'],
    [{ A: { title: {} }, B: { title: {} } }, 'Cannot have more than one title property.'],
    [
      { A: { title: {} }, B: { button: {} } },
      'body failed validation: body.properties.B.button should be not present: it cannot be created.',
    ],
    [
      { A: { title: {} }, B: { wish: {} } },
      'body failed validation: body.properties.B should have one type, instead had 0.',
    ],
    [
      { A: { title: {} }, B: { number: { digits: 2 } } },
      'body failed validation: body.properties.B.number.digits should be not present, instead was `2`.',
    ],
    [
      { A: { title: {} }, B: { select: { options: [{ name: 'a,b' }] } } },
      'Invalid select option, commas not allowed: a,b',
    ],
    [
      { A: { title: {} }, B: { select: { options: [{ name: 'a' }, { name: 'A' }] } } },
      'Cannot have two options with the same name: A.',
    ],
    [
      { A: { title: {} }, B: { select: { options: [{ name: 'a', color: 'mauve' }] } } },
      expect.stringContaining('body.properties.B.select.options[0].color should be `"default"`'),
    ],
    [
      {
        A: { title: {} },
        B: { select: { options: Array.from({ length: 101 }, (_, name) => ({ name: String(name) })) } },
      },
      'body failed validation: body.properties.B.select.options.length should be ≤ `100`, instead was `101`.',
    ],
  ])('is refused with %j', async (properties, message) => {
    expect((await make(aSupportWorkspace(), properties)).body['message']).toEqual(message);
  });

  it('is refused with a schema of more than 50 KB', async () => {
    const many = Array.from({ length: 700 }, (_, index) => [`Property ${index}`, { rich_text: {} }]);
    const { body } = await make(aSupportWorkspace(), { A: { title: {} }, ...Object.fromEntries(many) });
    expect(body['message']).toMatch(/^The schema of the data source is too large/);
  });

  it('goes into the trash with its rows, and comes back', async () => {
    const desk = aSupportWorkspace();
    const { id, dataSourceId } = desk.database;
    desk.notion.people.paste('Tickets', {});
    expect((await desk.ask('PATCH', `/databases/${id}`, { in_trash: true })).body['in_trash']).toBe(true);
    expect((await desk.ask('POST', `/data_sources/${dataSourceId}/query`, {})).status).toBe(404);
    expect((await desk.ask('GET', `/data_sources/${dataSourceId}`)).body['in_trash']).toBe(true);
    await desk.ask('PATCH', `/databases/${id}`, { in_trash: false, title: text('Cases') });
    expect((await desk.ask('POST', `/data_sources/${dataSourceId}/query`, {})).results).toHaveLength(1);
    expect(desk.notion.database('Cases').id).toBe(id);
  });
});

describe('a status', () => {
  it('is made with its groups, or with those of every new one', async () => {
    const desk = aSupportWorkspace();
    const options = [
      { name: 'New', group: 'To-do', color: 'red' },
      { name: 'On hold', group: 'In progress' },
      { name: 'Closed', group: 'Complete' },
    ];
    await make(desk, { A: { title: {} }, Status: { status: { options } }, Phase: { status: {} } });
    const { dataSourceId } = desk.notion.database('Desk');
    const { Status, Phase } = await schema(desk, dataSourceId);
    expect(optionsOf(Status)).toMatchObject([{ name: 'New', color: 'red' }, { name: 'On hold' }, { name: 'Closed' }]);
    const [first, second] = optionsOf(Status).map(({ id }) => id);
    expect(inside(Status?.['status'])['groups']).toMatchObject([
      { name: 'To-do', option_ids: [first] },
      { name: 'In progress', option_ids: [second] },
      { name: 'Complete' },
    ]);
    expect(optionsOf(Phase).map(({ name }) => name)).toEqual(['Not started', 'In progress', 'Done']);
  });

  it('cannot be made where a workspace refuses it', async () => {
    const desk = aSupportWorkspace({ createsStatus: false });
    expect((await make(desk, { A: { title: {} }, Status: { status: {} } })).status).toBe(400);
    expect((await make(desk, { A: { title: {} }, Status: { select: {} } })).status).toBe(200);
  });
});

describe('the schema of a data source', () => {
  it('gets properties, and renames and describes them; a description that is left out is cleared', async () => {
    const desk = aSupportWorkspace();
    const { dataSourceId, properties } = desk.database;
    const id = properties['Number'] ?? '';
    const { status } = await change(desk, {
      New: { checkbox: {} },
      [id]: { name: 'No.' },
      Key: { rich_text: {}, description: 'Ours' },
    });
    expect(status).toBe(200);
    const after = await schema(desk, dataSourceId);
    expect(after['New']).toMatchObject({ type: 'checkbox', checkbox: {} });
    expect(after['No.']).toMatchObject({ id, type: 'number' });
    expect(after['Key']).toMatchObject({ description: 'Ours' });
    await change(desk, { Key: { name: 'Code' } });
    expect((await schema(desk, dataSourceId))['Code']).toMatchObject({ description: 'Ours' });
    await change(desk, { Code: { rich_text: {} } });
    expect((await schema(desk, dataSourceId))['Code']).toMatchObject({ description: null });
  });

  it('loses a column of all rows with null', async () => {
    const desk = aSupportWorkspace();
    const id = desk.notion.people.paste('Tickets', { Number: 3, Key: 'K' });
    await change(desk, { Number: null });
    expect(await schema(desk, desk.database.dataSourceId)).not.toHaveProperty('Number');
    expect(desk.notion.people.row('Tickets', id)).not.toHaveProperty('Number');
    expect((await change(desk, { Number: null })).body['message']).toBe('Number is not a property that exists.');
    expect((await change(desk, { Ticket: null })).status).toBe(400);
  });

  it('takes options as the whole list of those to keep', async () => {
    const desk = aSupportWorkspace();
    const { dataSourceId } = desk.database;
    const [high, low] = ['High', 'Low'].map((Priority) => desk.notion.people.paste('Tickets', { Priority }));
    const [first] = optionsOf((await schema(desk, dataSourceId))['Priority']);
    await change(desk, {
      Priority: { select: { options: [{ id: first?.['id'] }, { name: 'Urgent', color: 'pink' }] } },
    });
    expect(optionsOf((await schema(desk, dataSourceId))['Priority'])).toMatchObject([
      { name: 'High', color: first?.['color'] },
      { name: 'Urgent', color: 'pink' },
    ]);
    expect(desk.notion.people.row('Tickets', high ?? '')).toMatchObject({ Priority: 'High' });
    expect(desk.notion.people.row('Tickets', low ?? '')).not.toHaveProperty('Priority');
  });

  it('renames and recolours no option', async () => {
    const desk = aSupportWorkspace();
    const [high] = optionsOf((await schema(desk, desk.database.dataSourceId))['Priority']);
    const other = high?.['color'] === 'red' ? 'blue' : 'red';
    for (const option of [
      { id: high?.['id'], name: 'Higher' },
      { name: 'High', color: other },
    ]) {
      expect((await change(desk, { Priority: { select: { options: [option] } } })).status).toBe(400);
    }
  });

  it('adds to a status, with the group', async () => {
    const desk = aSupportWorkspace();
    const { dataSourceId } = desk.database;
    const kept = optionsOf((await schema(desk, dataSourceId))['Status']).map(({ id }) => ({ id }));
    await change(desk, { Status: { status: { options: [...kept, { name: 'Pending', group: 'In progress' }] } } });
    const { groups, options } = inside((await schema(desk, dataSourceId))['Status']?.['status']);
    expect([options].flat().map((option) => inside(option)['name'])).toEqual(['New', 'Open', 'Closed', 'Pending']);
    expect(groups).toMatchObject([
      { option_ids: { length: 1 } },
      { option_ids: { length: 2 } },
      { option_ids: { length: 1 } },
    ]);
  });

  it('changes a type, and what does not fit is lost', async () => {
    const desk = aSupportWorkspace();
    const [first = '', second = ''] = ['12', 'many'].map((Key) => desk.notion.people.paste('Tickets', { Key }));
    await change(desk, { Key: { number: {} } });
    expect(desk.notion.people.row('Tickets', first)).toMatchObject({ Key: 12 });
    expect(desk.notion.people.row('Tickets', second)).not.toHaveProperty('Key');
  });

  it('is left as it was where one thing of many is refused', async () => {
    const desk = aSupportWorkspace();
    expect((await change(desk, { New: { checkbox: {} }, Key: { odd: {} } })).status).toBe(400);
    expect((await change(desk, { Key: { name: 'Number' } })).status).toBe(400);
    expect(await schema(desk, desk.database.dataSourceId)).not.toHaveProperty('New');
  });
});

describe('designers', () => {
  it('do what the API cannot: rename options, add buttons, and retype by hand', async () => {
    const desk = aSupportWorkspace();
    const { people, designers } = desk.notion;
    const id = people.paste('Tickets', { Priority: 'High', Tags: ['bug'] });
    designers.renameOption('Tickets', 'Priority', { from: 'High', to: 'Urgent' });
    designers.addProperty('Tickets', { name: 'Go', type: 'button' });
    designers.renameProperty('Tickets', 'Email', 'Mail');
    designers.removeOption('Tickets', 'Tags', 'bug');
    designers.addOption('Tickets', 'Status', { name: 'Pending', group: 'In progress' });
    designers.retypeProperty('Tickets', 'Priority', { type: 'rich_text' });
    designers.removeProperty('Tickets', 'Phone');
    expect(people.row('Tickets', id)).toMatchObject({ Priority: 'Urgent' });
    expect(people.row('Tickets', id)).not.toHaveProperty('Tags');
    const after = await schema(desk, desk.database.dataSourceId);
    expect(after).toMatchObject({ Go: { type: 'button' }, Mail: { type: 'email' }, Priority: { type: 'rich_text' } });
    expect(after).not.toHaveProperty('Phone');
    expect(optionsOf(after['Status']).map(({ name }) => name)).toContain('Pending');
    designers.renameDatabase('Tickets', 'Cases');
    expect(people.rows('Cases')).toHaveLength(1);
    designers.trashDatabase('Cases', true);
    expect((await desk.ask('GET', `/databases/${desk.database.id}`)).body['in_trash']).toBe(true);
  });
});

describe('views', () => {
  const aView = (desk: SupportWorkspace, rest: object) =>
    desk.ask('POST', '/views', {
      database_id: desk.database.id,
      data_source_id: desk.database.dataSourceId,
      name: 'Open',
      type: 'table',
      ...rest,
    });

  it('are made with filter, sorts and columns, changed and deleted', async () => {
    const desk = aSupportWorkspace();
    const filter = { property: 'Status', status: { equals: 'Open' } };
    const sorts = [{ property: 'Due', direction: 'ascending' }];
    const configuration = {
      type: 'table',
      properties: [{ property_id: desk.database.properties['Key'], visible: true }],
    };
    const made = await aView(desk, { filter, sorts, configuration });
    expect(made.body).toMatchObject({
      object: 'view',
      parent: { type: 'database_id', database_id: desk.database.id },
      name: 'Open',
      type: 'table',
      filter,
      sorts,
      configuration,
    });
    const path = `/views/${String(made.body['id'])}`;
    expect((await desk.ask('PATCH', path, { name: 'Mine', sorts: null })).body).toMatchObject({
      name: 'Mine',
      sorts: null,
      filter,
    });
    const all = () => desk.ask('GET', `/views?data_source_id=${desk.database.dataSourceId}`);
    expect((await all()).results).toHaveLength(2);
    await desk.ask('DELETE', path);
    expect((await all()).results).toHaveLength(1);
    expect((await desk.ask('GET', path)).status).toBe(404);
  });

  it('are refused with a filter, a sort or a column that leads nowhere', async () => {
    const desk = aSupportWorkspace();
    for (const odd of [
      { filter: { property: 'No', status: { equals: 'Open' } } },
      { sorts: [{ property: 'No', direction: 'ascending' }] },
      { configuration: { type: 'table', properties: [{ property_id: 'no' }] } },
      { configuration: { type: 'board' } },
      { type: 'heap' },
    ]) {
      expect([odd, (await aView(desk, odd)).status]).toEqual([odd, 400]);
    }
  });

  it('cost no block', async () => {
    const desk = aSupportWorkspace();
    const before = desk.notion.blocksUsed();
    await aView(desk, {});
    expect(desk.notion.blocksUsed()).toBe(before);
  });
});
