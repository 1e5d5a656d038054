import { describe, expect, it } from 'vitest';
import { aSupportBase, inside } from '../../support/airtable/a-support-base.ts';

function aCommented() {
  const desk = aSupportBase();
  const id = desk.airtable.people.type('Tickets', { Ticket: 'a' });
  return { ...desk, id, path: `/${desk.base.id}/Tickets/${id}/comments` };
}

describe('comments', () => {
  it('tell who wrote what when and who is mentioned', async () => {
    const { ask, path, lea, tom } = aCommented();
    const { body } = await ask('POST', path, { text: `Please look, @[${tom}]` });
    expect(body).toEqual({
      id: expect.stringMatching(/^com[A-Za-z0-9]{14}$/),
      author: { id: lea, email: 'lea@example.com', name: 'Lea' },
      text: `Please look, @[${tom}]`,
      createdTime: '2026-11-21T09:00:00.000Z',
      lastUpdatedTime: null,
      mentioned: { [tom]: { type: 'user', id: tom, displayName: 'Tom', email: 'tom@example.com' } },
    });
  });

  it('are listed newest first, page by page, and counted in a listing that asks for it', async () => {
    const { airtable, ask, base, id, path } = aCommented();
    for (const text of ['one', 'two', 'three']) airtable.people.as('Tom').comment('Tickets', id, text);
    const first = inside((await ask('GET', `${path}?pageSize=2`)).body);
    expect(first).toMatchObject({ comments: [{ text: 'three' }, { text: 'two' }] });
    const rest = await ask('GET', `${path}?pageSize=2&offset=${String(first['offset'])}`);
    expect(rest.body).toMatchObject({ comments: [{ text: 'one' }], offset: null });
    const listed = await ask('GET', `/${base.id}/Tickets?recordMetadata[]=commentCount`);
    expect(listed.body).toMatchObject({ records: [{ commentCount: 3 }] });
    expect((await ask('GET', `/${base.id}/Tickets`)).body).not.toMatchObject({ records: [{ commentCount: 3 }] });
  });

  it('are changed and deleted by who wrote them alone', async () => {
    const { airtable, ask, path, tom } = aCommented();
    const token = airtable.addToken({ userId: tom });
    const { id } = inside((await ask('POST', path, { text: 'one' })).body);
    expect((await ask('PATCH', `${path}/${id}`, { text: 'two' }, { token })).status).toBe(403);
    expect((await ask('PATCH', `${path}/${id}`, { text: 'two' })).body).toMatchObject({
      text: 'two',
      lastUpdatedTime: '2026-11-21T09:00:00.000Z',
    });
    expect((await ask('DELETE', `${path}/${id}`)).body).toEqual({ id, deleted: true });
    expect((await ask('GET', path)).body).toEqual({ comments: [], offset: null });
  });

  it('need scopes of their own, and a text', async () => {
    const { airtable, ask, path, lea } = aCommented();
    const token = airtable.addToken({ userId: lea, scopes: ['data.records:read', 'data.records:write'] });
    expect((await ask('GET', path, undefined, { token })).status).toBe(403);
    expect((await ask('POST', path, { text: 'one' }, { token })).status).toBe(403);
    expect((await ask('POST', path, { text: '' })).status).toBe(422);
    expect((await ask('POST', path, { text: 'a', parentCommentId: 'comAAAAAAAAAAAAAA' })).status).toBe(422);
  });
});
