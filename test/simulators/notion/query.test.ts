import { describe, expect, it } from 'vitest';
import { aSupportWorkspace, inside, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

/** The titles of what a filter finds, in order of their numbers. */
async function found({ ask, database }: SupportWorkspace, filter: unknown): Promise<string[]> {
  const path = `/data_sources/${database.dataSourceId}/query`;
  const asked = await ask('POST', path, { filter, sorts: [{ property: 'Ticket', direction: 'ascending' }] });
  expect(asked).toMatchObject({ status: 200 });
  return asked.results.map(({ properties }) => titleIn(properties));
}

function titleIn(properties: Record<string, unknown>): string {
  const [piece] = [inside(properties['Ticket'])['title']].flat();
  return piece === undefined ? '' : String(inside(piece)['plain_text']);
}

async function refusal({ ask, database }: SupportWorkspace, body: unknown): Promise<unknown> {
  const asked = await ask('POST', `/data_sources/${database.dataSourceId}/query`, body);
  return asked.status === 400 ? asked.body['message'] : asked.status;
}

function threeTickets(desk: SupportWorkspace): void {
  const { people } = desk.notion;
  people.paste('Tickets', {
    Ticket: 'a',
    Key: 'K1',
    Email: 'ana@example.com',
    Status: 'Open',
    Priority: 'High',
    Tags: ['bug'],
    Assignee: ['Lea'],
    Number: 1,
    Send: true,
    Due: '2026-11-21',
  });
  people.paste('Tickets', {
    Ticket: 'b',
    Key: 'k1 and more',
    Status: 'Closed',
    Priority: 'Low',
    Tags: ['bug', 'billing'],
    Number: 20,
    Due: '2026-11-23T15:00:00Z',
  });
  people.paste('Tickets', { Ticket: 'c' });
}

describe('filters', () => {
  it.each([
    [{ property: 'Key', rich_text: { equals: 'K1' } }, ['a']],
    [{ property: 'Key', rich_text: { contains: 'k1' } }, ['a', 'b']],
    [{ property: 'Key', rich_text: { does_not_contain: 'k1' } }, ['c']],
    [{ property: 'Key', rich_text: { starts_with: 'k1' } }, ['a', 'b']],
    [{ property: 'Key', rich_text: { ends_with: 'MORE' } }, ['b']],
    [{ property: 'Key', rich_text: { is_empty: true } }, ['c']],
    [{ property: 'Ticket', title: { does_not_equal: 'a' } }, ['b', 'c']],
    [{ property: 'Email', email: { equals: 'ana@example.com' } }, ['a']],
    [{ property: 'Email', email: { is_not_empty: true } }, ['a']],
    [{ property: 'Number', number: { equals: 1 } }, ['a']],
    [{ property: 'Number', number: { does_not_equal: 1 } }, ['b', 'c']],
    [{ property: 'Number', number: { greater_than: 1 } }, ['b']],
    [{ property: 'Number', number: { less_than_or_equal_to: 20 } }, ['a', 'b']],
    [{ property: 'ID', unique_id: { greater_than_or_equal_to: 2 } }, ['b', 'c']],
    [{ property: 'Send', checkbox: { equals: true } }, ['a']],
    [{ property: 'Send', checkbox: { does_not_equal: true } }, ['b', 'c']],
    [{ property: 'Status', status: { equals: 'Open' } }, ['a']],
    [{ property: 'Status', status: { equals: ['New', 'Open'] } }, ['a', 'c']],
    [{ property: 'Status', status: { does_not_equal: 'Closed' } }, ['a', 'c']],
    [{ property: 'Priority', select: { equals: 'Low' } }, ['b']],
    [{ property: 'Priority', select: { is_empty: true } }, ['c']],
    [{ property: 'Tags', multi_select: { contains: 'billing' } }, ['b']],
    [{ property: 'Tags', multi_select: { does_not_contain: ['billing'] } }, ['a', 'c']],
    [{ property: 'Assignee', people: { is_empty: true } }, ['b', 'c']],
    [{ property: 'Files', files: { is_not_empty: true } }, []],
    [{ property: 'Due', date: { equals: '2026-11-23' } }, ['b']],
    [{ property: 'Due', date: { equals: 'today' } }, ['a']],
    [{ property: 'Due', date: { before: '2026-11-23T15:00:00Z' } }, ['a']],
    [{ property: 'Due', date: { on_or_before: '2026-11-23T15:00:00Z' } }, ['a', 'b']],
    [{ property: 'Due', date: { after: '2026-11-22' } }, ['b']],
    [{ property: 'Due', date: { next_week: {} } }, ['a', 'b']],
    [{ property: 'Due', date: { this_week: {} } }, ['a']],
    [{ property: 'Due', date: { is_empty: true } }, ['c']],
    [{ property: 'Made by', created_by: { contains: 'me' } }, []],
    [{ property: 'Shout', formula: { string: { is_empty: true } } }, ['a', 'b', 'c']],
    [{ property: 'Shout', formula: { string: { contains: 'a' } } }, []],
    [{ timestamp: 'created_time', created_time: { on_or_after: '2026-11-21T09:00:00Z' } }, ['a', 'b', 'c']],
    [{ timestamp: 'last_edited_time', last_edited_time: { after: '2026-11-21T09:00:00Z' } }, []],
    [{ property: 'Edited', last_edited_time: { past_week: {} } }, ['a', 'b', 'c']],
  ])('%j finds %j', async (filter, titles) => {
    const desk = aSupportWorkspace();
    threeTickets(desk);
    expect(await found(desk, filter)).toEqual(titles);
  });

  it('name a person by id, and oneself by "me"', async () => {
    const desk = aSupportWorkspace();
    threeTickets(desk);
    expect(await found(desk, { property: 'Assignee', people: { contains: desk.lea } })).toEqual(['a']);
    const { dataSourceId } = desk.database;
    await desk.ask('POST', '/pages', { parent: { data_source_id: dataSourceId } });
    expect(await found(desk, { property: 'Made by', created_by: { contains: 'me' } })).toEqual(['']);
  });

  it('name a property by its id, encoded or not, as by its name', async () => {
    const desk = aSupportWorkspace();
    threeTickets(desk);
    const id = desk.database.properties['Number'] ?? '';
    for (const property of [id, decodeURIComponent(id)]) {
      expect(await found(desk, { property, number: { equals: 1 } })).toEqual(['a']);
    }
  });

  it('are joined by `and` and `or`, two levels deep', async () => {
    const desk = aSupportWorkspace();
    threeTickets(desk);
    const number = (equals: number) => ({ property: 'Number', number: { equals } });
    const filter = {
      and: [{ property: 'Tags', multi_select: { contains: 'bug' } }, { or: [number(20), number(30)] }],
    };
    expect(await found(desk, filter)).toEqual(['b']);
    expect(await refusal(desk, { filter: { and: [{ or: [{ and: [number(1)] }] }] } })).toMatch(
      /^body failed validation: body\.filter\.and\[0\]\.or\[0\]\.and should be not present/,
    );
  });

  it('look up a hundred tickets by their numbers at once, and not a hundred and one', async () => {
    const desk = aSupportWorkspace();
    threeTickets(desk);
    const numbers = (length: number) =>
      Array.from({ length }, (_, equals) => ({ property: 'Number', number: { equals } }));
    expect(await found(desk, { or: numbers(100) })).toEqual(['a', 'b']);
    expect(await refusal(desk, { filter: { or: numbers(101) } })).toBe(
      'body failed validation: body.filter.or.length should be ≤ `100`, instead was `101`.',
    );
  });

  it.each([
    [{ property: 'No', number: { equals: 1 } }, 'Could not find property with name or id: No'],
    [{ property: 'Priority', status: { equals: 'High' } }, 'database property select does not match filter status'],
    [
      { property: 'Number', number: { equals: '1' } },
      'body failed validation: body.filter.number.equals should be a number, instead was `"1"`.',
    ],
    [
      { property: 'Number', number: { like: 1 } },
      'body failed validation: body.filter.number.like should be not present, instead was `1`.',
    ],
    [
      { property: 'Number', number: { equals: 1, less_than: 3 } },
      'body failed validation: body.filter.number should be an object with one condition, instead was `{"equals":1,"less_than":3}`.',
    ],
    [{ property: 'Status', status: { equals: 'Odd' } }, 'status option "Odd" not found for property "Status".'],
    [
      { property: 'Due', date: { after: 'soon' } },
      'body failed validation: body.filter.date.after should be a valid ISO 8601 date, instead was `"soon"`.',
    ],
    [
      { property: 'Send', checkbox: { is_empty: true } },
      'body failed validation: body.filter.checkbox.is_empty should be not present, instead was `true`.',
    ],
    [
      { property: 'Shout', formula: { string: { contains: 1 } } },
      'body failed validation: body.filter.formula.string.contains should be a string, instead was `1`.',
    ],
    [
      { timestamp: 'closed_time', closed_time: {} },
      'body failed validation: body.filter.timestamp should be `"created_time"` or `"last_edited_time"`, instead was `"closed_time"`.',
    ],
  ])('%j is refused', async (filter, message) => {
    expect(await refusal(aSupportWorkspace(), { filter })).toBe(message);
  });
});

describe('sorts', () => {
  it('go by a property or a time, the first one first, and by the order of options', async () => {
    const { ask, notion, database } = aSupportWorkspace();
    for (const [Ticket, Priority, Number] of [
      ['a', 'Low', 1],
      ['b', 'High', 1],
      ['c', 'Low', 2],
      ['d', null, 3],
    ] as const) {
      notion.people.paste('Tickets', { Ticket, Priority, Number });
    }
    const sorted = async (...sorts: unknown[]): Promise<string[]> => {
      const { results } = await ask('POST', `/data_sources/${database.dataSourceId}/query`, { sorts });
      return results.map(({ properties }) => titleIn(properties));
    };
    const ascending = (property: string) => ({ property, direction: 'ascending' });
    const descending = (property: string) => ({ property, direction: 'descending' });
    expect(await sorted(ascending('Priority'), descending('Number'))).toEqual(['b', 'c', 'a', 'd']);
    expect(await sorted(descending('Ticket'))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('by time order what was edited in the same minute as they like', async () => {
    const { ask, notion, database, clock } = aSupportWorkspace();
    const [first = '', second = ''] = ['a', 'b'].map((Ticket) => notion.people.paste('Tickets', { Ticket }));
    clock.pass({ minutes: 2 });
    notion.people.edit('Tickets', first, { Number: 1 });
    const sorts = [{ timestamp: 'last_edited_time', direction: 'ascending' }];
    const { results } = await ask('POST', `/data_sources/${database.dataSourceId}/query`, { sorts });
    expect(results.map(({ id }) => id)).toEqual([second, first]);
  });

  it('name a known property and a direction', async () => {
    const desk = aSupportWorkspace();
    expect(await refusal(desk, { sorts: [{ property: 'No', direction: 'ascending' }] })).toBe(
      'Could not find sort property with name or id: No',
    );
    expect(await refusal(desk, { sorts: [{ property: 'Number', direction: 'up' }] })).toBe(
      'body failed validation: body.sorts[0].direction should be `"ascending"` or `"descending"`, instead was `"up"`.',
    );
  });
});

describe('pages of a query', () => {
  function manyTickets(desk: SupportWorkspace, count: number): void {
    for (let Number = 0; Number < count; Number += 1) desk.notion.people.paste('Tickets', { Number });
  }

  /** All ids, page by page, and what the last page said. */
  async function readThrough(
    { ask, database }: SupportWorkspace,
    body: Record<string, unknown> = {},
    between: () => void = () => {},
  ) {
    const pages: string[][] = [];
    const path = `/data_sources/${database.dataSourceId}/query`;
    let cursor: unknown = null;
    let last: Record<string, unknown> = {};
    do {
      if (pages.length > 0) between();
      const asked = await ask('POST', path, { ...body, start_cursor: cursor });
      pages.push(asked.results.map(({ id }) => id));
      last = asked.body;
      cursor = last['next_cursor'];
    } while (cursor !== null);
    return { pages, last };
  }

  it('hold a hundred, and never more', async () => {
    const desk = aSupportWorkspace();
    manyTickets(desk, 250);
    const { pages, last } = await readThrough(desk);
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat()).size).toBe(250);
    expect(last).toMatchObject({
      object: 'list',
      type: 'page_or_data_source',
      page_or_data_source: {},
      has_more: false,
      next_cursor: null,
      request_status: { type: 'complete' },
    });
    expect(await refusal(desk, { page_size: 101 })).toBe(
      'body failed validation: body.page_size should be ≤ `100`, instead was `101`.',
    );
    expect(await refusal(desk, { start_cursor: 'nowhere' })).toBe('The start_cursor provided is invalid.');
  });

  it('may be short without being the last', async () => {
    const desk = aSupportWorkspace({ shortPageChance: 1 });
    manyTickets(desk, 30);
    const { pages } = await readThrough(desk, { page_size: 10 });
    expect(pages.slice(0, -1).some(({ length }) => length < 10)).toBe(true);
    expect(pages.flat()).toHaveLength(30);
  });

  it('end at 10,000 rows, and say so but in `request_status`', async () => {
    const desk = aSupportWorkspace({ queryDepth: 250 });
    manyTickets(desk, 260);
    const { pages, last } = await readThrough(desk);
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(last).toMatchObject({
      has_more: false,
      request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' },
    });
    expect(aSupportWorkspace().notion.settings.queryDepth).toBe(10_000);
  });

  it('give a row twice that was edited meanwhile, and lose none', async () => {
    const desk = aSupportWorkspace();
    manyTickets(desk, 25);
    const edited = desk.notion.people.rows('Tickets')[0]?.id ?? '';
    const { pages } = await readThrough(
      desk,
      { page_size: 10, sorts: [{ timestamp: 'last_edited_time', direction: 'ascending' }] },
      () => {
        desk.clock.pass({ minutes: 5 });
        desk.notion.people.edit('Tickets', edited, { Key: String(desk.clock.now()) });
      },
    );
    expect(new Set(pages.flat()).size).toBe(25);
  });
});

describe('what a query shows', () => {
  it('is trimmed by `filter_properties`, in both spellings, by id or name', async () => {
    const { ask, notion, database } = aSupportWorkspace();
    notion.people.paste('Tickets', { Ticket: 'a', Number: 1 });
    const path = `/data_sources/${database.dataSourceId}/query`;
    const number = encodeURIComponent(decodeURIComponent(database.properties['Number'] ?? ''));
    for (const query of [
      `?filter_properties=title&filter_properties=${number}`,
      `?filter_properties[]=title&filter_properties[]=Number`,
    ]) {
      const { results } = await ask('POST', `${path}${query}`, {});
      expect(Object.keys(results[0]?.properties ?? {})).toEqual(['Ticket', 'Number']);
    }
    expect((await ask('POST', `${path}?filter_properties=No`, {})).status).toBe(400);
  });

  it('is neither trash nor archive, which has a question of its own', async () => {
    const { ask, notion, database } = aSupportWorkspace();
    const [kept = '', trashed = '', archived = ''] = ['a', 'b', 'c'].map((Ticket) =>
      notion.people.paste('Tickets', { Ticket }),
    );
    notion.people.delete('Tickets', trashed);
    notion.people.archive('Tickets', archived, true);
    const path = `/data_sources/${database.dataSourceId}/query`;
    expect((await ask('POST', path, {})).results.map(({ id }) => id)).toEqual([kept]);
    expect((await ask('POST', path, { is_archived: true })).results.map(({ id }) => id)).toEqual([archived]);
    expect((await ask('POST', path, { in_trash: true })).status).toBe(400);
    expect((await ask('GET', `/pages/${trashed}`)).body['in_trash']).toBe(true);
  });

  it('lags behind where that is set: new rows later, changed ones as they were', async () => {
    const { ask, notion, database, clock } = aSupportWorkspace({ queryLagMs: 4000 });
    const path = `/data_sources/${database.dataSourceId}/query`;
    const numbers = async () =>
      (await ask('POST', path, {})).results.map(({ properties }) => inside(properties['Number'])['number']);
    const id = notion.people.paste('Tickets', { Number: 1 });
    expect(await numbers()).toEqual([]);
    clock.pass({ seconds: 4 });
    expect(await numbers()).toEqual([1]);
    notion.people.edit('Tickets', id, { Number: 2 });
    clock.pass({ seconds: 1 });
    notion.people.edit('Tickets', id, { Number: 3 });
    expect(await numbers()).toEqual([1]);
    clock.pass({ seconds: 3 });
    expect(await numbers()).toEqual([2]);
    clock.pass({ seconds: 1 });
    expect(await numbers()).toEqual([3]);
    expect(inside(inside((await ask('GET', `/pages/${id}`)).body['properties'])['Number'])['number']).toBe(3);
  });
});

describe('times', () => {
  it.each([
    ['nearest', 29, '2026-11-21T09:00:00.000Z'],
    ['nearest', 30, '2026-11-21T09:01:00.000Z'],
    ['down', 59, '2026-11-21T09:00:00.000Z'],
    ['up', 1, '2026-11-21T09:01:00.000Z'],
  ] as const)('are told by minutes, rounded %s: %i s past the hour is %s', async (rounding, seconds, told) => {
    const { ask, notion, clock, database } = aSupportWorkspace({ rounding });
    clock.pass({ seconds });
    const id = notion.people.paste('Tickets', { Ticket: 'a' });
    const { body } = await ask('GET', `/pages/${id}`);
    expect(body).toMatchObject({ created_time: told, last_edited_time: told });
    expect(body['properties']).toMatchObject({ Made: { created_time: told }, Edited: { last_edited_time: told } });
    const filter = { timestamp: 'last_edited_time', last_edited_time: { equals: told } };
    expect((await ask('POST', `/data_sources/${database.dataSourceId}/query`, { filter })).results).toHaveLength(1);
  });
});
