import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aSupportBase, inside, type SupportBase } from '../../support/airtable/a-support-base.ts';

function path({ base }: SupportBase): string {
  return `/${base.id}/Tickets`;
}

/** So many rows, T000, T001 and so on. */
function fill({ airtable }: SupportBase, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    airtable.people.type('Tickets', { Ticket: `T${String(index).padStart(3, '0')}`, Number: index }),
  );
}

async function allPages(desk: SupportBase, query: string): Promise<{ tickets: unknown[]; pages: number }> {
  const tickets: unknown[] = [];
  let offset: string | undefined = '';
  let pages = 0;
  while (offset !== undefined) {
    const answer = await desk.ask('GET', `${path(desk)}?${query}&offset=${offset}`);
    tickets.push(...answer.records.map(({ fields }) => fields['Ticket']));
    offset = z.object({ offset: z.string().optional() }).parse(answer.body).offset;
    pages += 1;
  }
  return { tickets, pages };
}

describe('creating', () => {
  it('takes up to ten records and answers in their order', async () => {
    const desk = aSupportBase();
    const records = Array.from({ length: 10 }, (_, index) => ({ fields: { Number: index } }));
    const answer = await desk.ask('POST', path(desk), { records });
    expect(answer.records.map(({ fields }) => fields['Number'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(answer.records[0]).toMatchObject({
      id: expect.stringMatching(/^rec[A-Za-z0-9]{14}$/),
      createdTime: '2026-11-21T09:00:00.000Z',
    });
    expect(await desk.ask('POST', path(desk), { records: [...records, { fields: {} }] })).toMatchObject({
      status: 422,
      body: { error: { type: 'INVALID_RECORDS' } },
    });
  });

  it('takes all of a batch or none', async () => {
    const desk = aSupportBase();
    const records = [{ fields: { Ticket: 'a' } }, { fields: { Number: 'seven' } }];
    expect((await desk.ask('POST', path(desk), { records })).status).toBe(422);
    expect(desk.airtable.people.rows('Tickets')).toEqual([]);
  });

  it('wants fields', async () => {
    const desk = aSupportBase();
    expect((await desk.ask('POST', path(desk), {})).body).toEqual({
      error: { type: 'INVALID_REQUEST_MISSING_FIELDS', message: 'Could not find field "fields" in the request body' },
    });
    expect((await desk.ask('POST', path(desk), { records: [] })).status).toBe(422);
    expect((await desk.ask('POST', path(desk), { records: [{ Ticket: 'a' }] })).status).toBe(422);
  });
});

describe('updating', () => {
  it('keeps what a PATCH does not name, and clears what a PUT does not', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a', Status: 'New', Tags: ['bug'] });
    await desk.ask('PATCH', path(desk), { records: [{ id, fields: { Status: 'Open' } }] });
    expect(desk.airtable.people.row('Tickets', id)).toMatchObject({ Ticket: 'a', Status: 'Open', Tags: ['bug'] });
    await desk.ask('PUT', path(desk), { records: [{ id, fields: { Status: 'Open' } }] });
    const left = desk.airtable.people.row('Tickets', id);
    expect(left).toMatchObject({ Status: 'Open', Count: 1 });
    expect(left).not.toHaveProperty('Ticket');
    expect(left).not.toHaveProperty('Tags');
  });

  it('updates one by its path', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a' });
    const { records } = await desk.ask('PATCH', `${path(desk)}/${id}`, { fields: { Status: 'Open' } });
    expect(records[0]).toMatchObject({ id, fields: { Ticket: 'a', Status: 'Open' } });
    await desk.ask('PUT', `${path(desk)}/${id}`, { fields: { Number: 3 } });
    expect(desk.airtable.people.row('Tickets', id)).not.toHaveProperty('Status');
  });

  it('refuses a batch with an id that is not there, without an id, or with one twice', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Ticket: 'a' });
    const fields = { Status: 'Open' };
    const unknown = 'recAAAAAAAAAAAAAA';
    expect(
      (
        await desk.ask('PATCH', path(desk), {
          records: [
            { id, fields },
            { id: unknown, fields },
          ],
        })
      ).body,
    ).toEqual({
      error: { type: 'ROW_DOES_NOT_EXIST', message: `Record ID ${unknown} does not exist in this table` },
    });
    expect((await desk.ask('PATCH', path(desk), { records: [{ fields }] })).status).toBe(422);
    expect(
      (
        await desk.ask('PATCH', path(desk), {
          records: [
            { id, fields },
            { id, fields },
          ],
        })
      ).status,
    ).toBe(422);
    expect(desk.airtable.people.row('Tickets', id)).not.toHaveProperty('Status');
  });
});

describe('upserting', () => {
  function upsert(desk: SupportBase, records: unknown[], fieldsToMergeOn: unknown = ['Key']) {
    return desk.ask('PATCH', path(desk), { performUpsert: { fieldsToMergeOn }, records });
  }

  it('creates what is not there, updates what is, and takes records with an id as they are, in one request', async () => {
    const desk = aSupportBase();
    const known = desk.airtable.people.type('Tickets', { Key: 'K1' });
    const byId = desk.airtable.people.type('Tickets', { Ticket: 'typed by hand' });
    const answer = await upsert(desk, [
      { fields: { Key: 'K2', Status: 'New' } },
      { fields: { Key: 'K1', Status: 'Open' } },
      { id: byId, fields: { Key: 'K3' } },
    ]);
    const [made] = answer.records;
    expect(answer.records.map(({ id }) => id)).toEqual([made?.id, known, byId]);
    expect(answer.body).toMatchObject({ createdRecords: [made?.id], updatedRecords: [known, byId] });
    expect(answer.records.map(({ fields }) => fields['Key'])).toEqual(['K2', 'K1', 'K3']);
    expect(desk.airtable.requests().at(-1)?.kind).toBe('upsert');
  });

  it('does the same again without making anything twice', async () => {
    const desk = aSupportBase();
    const first = await upsert(desk, [{ fields: { Key: 'K1' } }]);
    const second = await upsert(desk, [{ fields: { Key: 'K1' } }]);
    expect(second.body).toMatchObject({ createdRecords: [], updatedRecords: [first.records[0]?.id] });
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(1);
  });

  it('refuses a key that several records have', async () => {
    const desk = aSupportBase();
    desk.airtable.people.type('Tickets', { Key: 'K1' });
    desk.airtable.people.type('Tickets', { Key: 'K1' });
    const answer = await upsert(desk, [{ fields: { Key: 'K1', Status: 'Open' } }, { fields: { Key: 'K2' } }]);
    expect(answer.status).toBe(422);
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(2);
  });

  it('refuses an unknown id, a record without its key, and keys that cannot be compared', async () => {
    const desk = aSupportBase();
    expect((await upsert(desk, [{ id: 'recAAAAAAAAAAAAAA', fields: { Key: 'K' } }])).status).toBe(422);
    expect((await upsert(desk, [{ fields: { Status: 'New' } }])).status).toBe(422);
    expect((await upsert(desk, [{ fields: { Email: 'a@b.c' } }], ['Email'])).status).toBe(422);
    expect((await upsert(desk, [{ fields: { Count: 1 } }], ['Count'])).status).toBe(422);
    expect((await upsert(desk, [{ fields: { Key: 'K' } }], [])).status).toBe(422);
    expect((await upsert(desk, [{ fields: { Key: 'K' } }], ['Key', 'Number', 'Day', 'Status'])).status).toBe(422);
    expect(desk.airtable.people.rows('Tickets')).toEqual([]);
  });

  it('creates for an empty key, every time', async () => {
    const desk = aSupportBase();
    await upsert(desk, [{ fields: { Key: null } }]);
    await upsert(desk, [{ fields: { Key: null } }]);
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(2);
  });

  it('merges on several fields of several types', async () => {
    const desk = aSupportBase();
    const id = desk.airtable.people.type('Tickets', { Key: 'K', Number: 1, Status: 'New' });
    const keys = ['Key', 'Number', 'Status'];
    const same = await upsert(desk, [{ fields: { Key: 'K', Number: 1, Status: 'New' } }], keys);
    expect(same.body).toMatchObject({ updatedRecords: [id] });
    const other = await upsert(desk, [{ fields: { Key: 'K', Number: 2, Status: 'New' } }], keys);
    expect(other.body).toMatchObject({ updatedRecords: [] });
  });

  it('lets two callers at the same time both create', async () => {
    const gates: (() => void)[] = [];
    const desk = aSupportBase({ latencyMs: 10, wait: () => new Promise<void>((open) => gates.push(open)) });
    const both = [upsert(desk, [{ fields: { Key: 'K1' } }]), upsert(desk, [{ fields: { Key: 'K1' } }])];
    while (gates.length < 2) await Promise.resolve().then(() => new Promise(setImmediate));
    for (const open of gates) open();
    await Promise.all(both);
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(2);
  });
});

describe('deleting', () => {
  it('takes up to ten ids in the query, and says which are gone', async () => {
    const desk = aSupportBase();
    const ids = fill(desk, 11);
    const query = (some: string[]) => some.map((id) => `records[]=${id}`).join('&');
    expect((await desk.ask('DELETE', `${path(desk)}?${query(ids)}`)).status).toBe(422);
    const gone = await desk.ask('DELETE', `${path(desk)}?${query(ids.slice(0, 2))}`);
    expect(gone.body).toEqual({ records: ids.slice(0, 2).map((id) => ({ id, deleted: true })) });
    expect((await desk.ask('DELETE', `${path(desk)}/${ids[2]}`)).body).toEqual({ id: ids[2], deleted: true });
    expect((await desk.ask('DELETE', `${path(desk)}?${query(ids.slice(2, 4))}`)).body).toMatchObject({
      error: { type: 'ROW_DOES_NOT_EXIST' },
    });
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(8);
  });
});

describe('listing', () => {
  it('gives a hundred records a page, and an offset that is text until the last', async () => {
    const desk = aSupportBase();
    fill(desk, 250);
    const first = await desk.ask('GET', path(desk));
    expect(first.records).toHaveLength(100);
    expect(inside(first.body)['offset']).toMatch(/^itr[A-Za-z0-9]{14}\/rec[A-Za-z0-9]{14}$/);
    const { tickets, pages } = await allPages(desk, 'pageSize=100');
    expect(pages).toBe(3);
    expect(new Set(tickets).size).toBe(250);
    expect((await desk.ask('GET', `${path(desk)}?pageSize=101`)).status).toBe(422);
  });

  it('gives the same page again for the same offset', async () => {
    const desk = aSupportBase();
    fill(desk, 5);
    const offset = String(inside((await desk.ask('GET', `${path(desk)}?pageSize=2`)).body)['offset']);
    const once = await desk.ask('GET', `${path(desk)}?pageSize=2&offset=${offset}`);
    const again = await desk.ask('GET', `${path(desk)}?pageSize=2&offset=${offset}`);
    expect(again.body).toEqual(once.body);
  });

  it('forgets a listing that was left, and says so without a message', async () => {
    const desk = aSupportBase({ iteratorIdleSeconds: 60 });
    fill(desk, 5);
    const offset = String(inside((await desk.ask('GET', `${path(desk)}?pageSize=2`)).body)['offset']);
    desk.clock.pass({ seconds: 60 });
    const gone = { error: { type: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' } };
    expect(await desk.ask('GET', `${path(desk)}?offset=${offset}`)).toMatchObject({ status: 422 });
    expect((await desk.ask('GET', `${path(desk)}?offset=${offset}`)).body).toEqual(gone);
    expect((await desk.ask('GET', `${path(desk)}?offset=itrX/recY`)).body).toEqual(gone);
  });

  it('is no snapshot: what is edited between two pages may be missed or come twice', async () => {
    const desk = aSupportBase();
    const [first = ''] = fill(desk, 4);
    const query = 'pageSize=2&sort[0][field]=Ticket';
    const page = await desk.ask('GET', `${path(desk)}?${query}`);
    expect(page.records.map(({ fields }) => fields['Ticket'])).toEqual(['T000', 'T001']);
    desk.airtable.people.edit('Tickets', first, { Ticket: 'T009' });
    const offset = String(inside(page.body)['offset']);
    const rest = await desk.ask('GET', `${path(desk)}?${query}&offset=${offset}`);
    expect(rest.records.map(({ fields }) => fields['Ticket'])).toEqual(['T002', 'T003']);
    const last = await desk.ask('GET', `${path(desk)}?${query}&offset=${String(inside(rest.body)['offset'])}`);
    expect(last.records.map(({ fields }) => fields['Ticket'])).toEqual(['T009']);
  });

  it('sorts by fields: numbers as numbers, options in their order, empty first', async () => {
    const desk = aSupportBase();
    const { people } = desk.airtable;
    people.type('Tickets', { Ticket: 'a', Status: 'Closed', Number: 10 });
    people.type('Tickets', { Ticket: 'b', Status: 'New', Number: 9 });
    people.type('Tickets', { Ticket: 'c' });
    people.type('Tickets', { Ticket: 'd', Status: 'New', Number: 10 });
    const order = async (query: string) => (await allPages(desk, query)).tickets.join('');
    expect(await order('sort[0][field]=Status&sort[0][direction]=asc&sort[1][field]=Ticket')).toBe('cbda');
    expect(await order('sort[0][field]=Number&sort[0][direction]=desc&sort[1][field]=Ticket')).toBe('adbc');
    expect((await desk.ask('GET', `${path(desk)}?sort[0][field]=Colour`)).status).toBe(422);
  });

  it('stops at maxRecords, over pages too', async () => {
    const desk = aSupportBase();
    fill(desk, 10);
    expect(await allPages(desk, 'maxRecords=5&pageSize=2')).toMatchObject({ pages: 3, tickets: { length: 5 } });
  });

  it('gives only the fields that are asked for, by name or id', async () => {
    const desk = aSupportBase();
    desk.airtable.people.type('Tickets', { Ticket: 'a', Status: 'New' });
    const status = desk.table.fields['Status'] ?? '';
    expect((await desk.ask('GET', `${path(desk)}?fields[]=${status}`)).records[0]?.fields).toEqual({ Status: 'New' });
    const byId = await desk.ask('GET', `${path(desk)}?fields[]=Status&returnFieldsByFieldId=true`);
    expect(byId.records[0]?.fields).toEqual({ [status]: 'New' });
    expect((await desk.ask('GET', `${path(desk)}?fields[]=Colour`)).body).toMatchObject({
      error: { type: 'UNKNOWN_FIELD_NAME' },
    });
  });

  it('takes the same over POST, the stray method of the npm client included', async () => {
    const desk = aSupportBase();
    fill(desk, 3);
    const body = { pageSize: 2, filterByFormula: '{Number} > 0', fields: ['Ticket'], method: 'post' };
    const answer = await desk.ask('POST', `${path(desk)}/listRecords?timeZone=UTC&userLocale=en`, body);
    expect(answer.records.map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([{ Ticket: 'T001' }, { Ticket: 'T002' }]),
    );
    expect((await desk.ask('POST', `${path(desk)}/listRecords`, { ...body, timeZone: 'UTC' })).status).toBe(422);
    expect(desk.airtable.requests()[0]).toMatchObject({ kind: 'list', records: 2 });
  });

  it('knows views, and refuses one that is not there and cells as text', async () => {
    const desk = aSupportBase();
    const [first, second] = fill(desk, 2);
    const inView = await desk.ask('GET', `${path(desk)}?view=Grid%20view`);
    expect(inView.records.map(({ id }) => id)).toEqual([first, second]);
    expect((await desk.ask('GET', `${path(desk)}?view=Mine`)).body).toMatchObject({
      error: { type: 'VIEW_NAME_NOT_FOUND' },
    });
    expect((await desk.ask('GET', `${path(desk)}?cellFormat=string&timeZone=UTC&userLocale=en`)).status).toBe(422);
  });

  it('reads one record, and refuses fields there', async () => {
    const desk = aSupportBase();
    const [id] = fill(desk, 1);
    expect((await desk.ask('GET', `${path(desk)}/${id}`)).records[0]?.fields['Ticket']).toBe('T000');
    expect((await desk.ask('GET', `${path(desk)}/${id}?fields[]=Ticket`)).body).toMatchObject({
      error: { type: 'INVALID_REQUEST_UNKNOWN' },
    });
  });
});
