import { describe, expect, it } from 'vitest';
import { aSupportWorkspace, inside, text } from '../../support/notion/a-support-workspace.ts';

describe('the version', () => {
  it('is required in a header', async () => {
    const { ask, pageId } = aSupportWorkspace();
    expect(await ask('GET', `/pages/${pageId}`, undefined, { version: null })).toMatchObject({
      status: 400,
      body: {
        object: 'error',
        status: 400,
        code: 'missing_version',
        message:
          'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
      },
    });
  });

  it('is refused where it is neither of the two that are known here', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const { status, body } = await ask('GET', `/pages/${pageId}`, undefined, { version: '2022-06-28' });
    expect([status, body['code']]).toEqual([400, 'validation_error']);
  });

  it('2025-09-03 shows and takes `archived`, which 2026-03-11 knows no more', async () => {
    const { ask, pageId, notion } = aSupportWorkspace();
    const id = notion.people.type('Tickets', { Ticket: 'a' });
    const older = await ask('GET', `/pages/${id}`, undefined, { version: '2025-09-03' });
    expect(older.body).toMatchObject({ archived: false, in_trash: false });
    const newer = await ask('GET', `/pages/${id}`);
    expect(newer.body).toMatchObject({ in_trash: false });
    expect(newer.body).not.toHaveProperty('archived');
    expect((await ask('GET', `/pages/${pageId}`)).body).not.toHaveProperty('archived');
    expect(await ask('PATCH', `/pages/${id}`, { archived: true })).toMatchObject({
      status: 400,
      body: { message: 'body failed validation: body.archived should be not present, instead was `true`.' },
    });
    const trashed = await ask('PATCH', `/pages/${id}`, { archived: true }, { version: '2025-09-03' });
    expect(trashed.body).toMatchObject({ archived: true, in_trash: true });
  });

  it('2025-09-03 appends `after`, 2026-03-11 at a `position`', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const path = `/blocks/${pageId}/children`;
    const children = [{ paragraph: { rich_text: text('a') } }];
    const first = (await ask('PATCH', path, { children })).results[0]?.id;
    const position = { type: 'after_block', after_block: { id: first } };
    expect((await ask('PATCH', path, { children, position })).status).toBe(200);
    expect((await ask('PATCH', path, { children, after: first }, { version: '2025-09-03' })).status).toBe(200);
    expect(await ask('PATCH', path, { children, after: first })).toMatchObject({
      status: 400,
      body: { message: `body failed validation: body.after should be not present, instead was \`"${first}"\`.` },
    });
    expect((await ask('PATCH', path, { children, position }, { version: '2025-09-03' })).status).toBe(400);
  });
});

describe('a token', () => {
  it('that is missing, unknown or revoked is answered with 401', async () => {
    const { ask, notion, pageId, token } = aSupportWorkspace();
    const refused = { status: 401, body: { object: 'error', code: 'unauthorized', message: 'API token is invalid.' } };
    expect(await ask('GET', `/pages/${pageId}`, undefined, { token: null })).toMatchObject(refused);
    expect(await ask('GET', `/pages/${pageId}`, undefined, { token: 'ntn_no' })).toMatchObject(refused);
    notion.revokeToken(token);
    expect(await ask('GET', `/pages/${pageId}`)).toMatchObject(refused);
  });

  it('of a connection says who it is, whatever it may do', async () => {
    const { ask, notion } = aSupportWorkspace();
    const token = notion.addConnection({ name: 'Desk', capabilities: [] });
    expect((await ask('GET', '/users/me', undefined, { token })).body).toMatchObject({
      object: 'user',
      type: 'bot',
      name: 'Desk',
      bot: { owner: { type: 'workspace' }, workspace_name: 'Support' },
    });
  });

  it('of a person writes as that person', async () => {
    const { ask, notion, database, pageId, tom } = aSupportWorkspace();
    const token = notion.addConnection({ personId: tom, shared: [pageId] });
    const made = await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } }, { token });
    expect(made.body).toMatchObject({ created_by: { id: tom }, last_edited_by: { id: tom } });
  });
});

describe('every answer', () => {
  it('has the id of its request in its body and in a header, refusals too', async () => {
    const { ask, pageId } = aSupportWorkspace();
    for (const path of [`/pages/${pageId}`, '/pages/x']) {
      const { body, headers } = await ask('GET', path);
      expect(body['request_id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-notion-request-id')).toBe(body['request_id']);
    }
  });
});

describe('what is asked for', () => {
  it('is refused where the address leads nowhere, is not below /v1, or names no id', async () => {
    const { ask, notion, token } = aSupportWorkspace();
    expect(await ask('GET', '/tickets')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request_url', message: 'Invalid request URL.' },
    });
    const headers = { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' };
    const doubled = await notion.handle(new Request('https://api.notion.com//v1/users/me', { headers }));
    expect(doubled.status).toBe(400);
    expect(await ask('GET', '/pages/x')).toMatchObject({
      status: 400,
      body: { message: 'path failed validation: path.page should be a valid uuid, instead was `"x"`.' },
    });
  });

  it('is found by an id with hyphens or without', async () => {
    const { ask, pageId } = aSupportWorkspace();
    expect((await ask('GET', `/pages/${pageId.replaceAll('-', '')}`)).body['id']).toBe(pageId);
  });

  it('must be JSON of at most 500 KB', async () => {
    const { ask, database } = aSupportWorkspace();
    expect(await ask('POST', '/pages', '{')).toMatchObject({ status: 400, body: { code: 'invalid_json' } });
    const parent = { data_source_id: database.dataSourceId };
    const children = Array.from({ length: 100 }, () => ({ paragraph: { rich_text: text('x'.repeat(2000)) } }));
    const fits = await ask('POST', '/pages', { parent, children });
    expect(fits.status).toBe(200);
    const large = {
      parent,
      children: children.map(() => ({
        paragraph: { rich_text: children.slice(0, 3).flatMap(() => text('x'.repeat(2000))) },
      })),
    };
    expect(await ask('POST', '/pages', large)).toMatchObject({
      status: 400,
      body: { code: 'validation_error', message: expect.stringContaining('body.length should be ≤ `512000`') },
    });
  });
});

describe('sharing', () => {
  it('opens a page and all below it, and nothing else: what is not shared is not found', async () => {
    const { ask, notion, pageId, database, token } = aSupportWorkspace();
    const row = notion.people.type('Tickets', { Ticket: 'a' });
    const other = notion.addPage('Private');
    for (const path of [`/pages/${row}`, `/databases/${database.id}`, `/data_sources/${database.dataSourceId}`]) {
      expect((await ask('GET', path)).status).toBe(200);
    }
    const notFound = {
      status: 404,
      body: {
        code: 'object_not_found',
        message: `Could not find page with ID: ${other}. Make sure the relevant pages and databases are shared with your integration "Tabledesk".`,
      },
    };
    expect(await ask('GET', `/pages/${other}`)).toMatchObject(notFound);
    notion.share(token, other);
    expect((await ask('GET', `/pages/${other}`)).status).toBe(200);
    notion.unshare(token, pageId);
    expect((await ask('GET', `/pages/${row}`)).status).toBe(404);
    expect((await ask('POST', `/data_sources/${database.dataSourceId}/query`, {})).status).toBe(404);
  });

  it('does not take the id of a database for that of its data source', async () => {
    const { ask, database } = aSupportWorkspace();
    expect((await ask('GET', `/databases/${database.id}`)).body).toMatchObject({
      data_sources: [{ id: database.dataSourceId, name: 'Tickets' }],
    });
    expect((await ask('POST', `/data_sources/${database.id}/query`, {})).status).toBe(404);
    expect((await ask('GET', `/databases/${database.dataSourceId}`)).status).toBe(404);
  });
});

describe('capabilities', () => {
  const RESTRICTED = {
    status: 403,
    body: { code: 'restricted_resource', message: 'Insufficient permissions for this endpoint.' },
  };

  it('are each asked for by what needs them', async () => {
    const { ask, notion, pageId, database, token } = aSupportWorkspace();
    const row = notion.people.type('Tickets', { Ticket: 'a' });
    const parent = { data_source_id: database.dataSourceId };
    const asked = [
      ['read content', 'GET', `/pages/${row}`, undefined],
      ['read content', 'POST', `/data_sources/${database.dataSourceId}/query`, {}],
      ['insert content', 'POST', '/pages', { parent }],
      ['update content', 'PATCH', `/pages/${row}`, { properties: { Number: { number: 1 } } }],
      ['update content', 'PATCH', `/data_sources/${database.dataSourceId}`, { properties: {} }],
      ['insert content', 'PATCH', `/blocks/${pageId}/children`, { children: [] }],
      ['read comments', 'GET', `/comments?block_id=${row}`, undefined],
      ['insert comments', 'POST', '/comments', { parent: { page_id: row }, rich_text: text('a') }],
      ['read users', 'GET', '/users', undefined],
    ] as const;
    for (const [capability, method, path, body] of asked) {
      const all = [
        'read content',
        'update content',
        'insert content',
        'read comments',
        'insert comments',
        'read users',
      ] as const;
      notion.setCapabilities(
        token,
        all.filter((one) => one !== capability),
      );
      expect(await ask(method, path, body), `${method} ${path}`).toMatchObject(RESTRICTED);
      notion.setCapabilities(token, all);
      expect((await ask(method, path, body)).status, `${method} ${path}`).toBe(200);
    }
  });

  it('without reading leave of a page that was made but its id', async () => {
    const { ask, notion, database, pageId } = aSupportWorkspace();
    const token = notion.addConnection({ capabilities: ['insert content'], shared: [pageId] });
    const { body } = await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } }, { token });
    expect(Object.keys(body).sort()).toEqual(['id', 'object', 'request_id']);
  });

  it('without updating make no new name of a select', async () => {
    const { ask, notion, database, pageId } = aSupportWorkspace();
    const token = notion.addConnection({ capabilities: ['read content', 'insert content'], shared: [pageId] });
    const parent = { data_source_id: database.dataSourceId };
    const known = { parent, properties: { Priority: { select: { name: 'High' } } } };
    expect((await ask('POST', '/pages', known, { token })).status).toBe(200);
    const unknown = { parent, properties: { Priority: { select: { name: 'Urgent' } } } };
    expect(await ask('POST', '/pages', unknown, { token })).toMatchObject(RESTRICTED);
    expect(notion.people.rows('Tickets')).toHaveLength(1);
  });
});

describe('users', () => {
  it('are listed with their bots, page by page, and guests are not', async () => {
    const { ask, lea, tom, gil } = aSupportWorkspace();
    const first = await ask('GET', '/users?page_size=2');
    expect(first.body).toMatchObject({ type: 'user', user: {}, has_more: true });
    expect(first.results.map(({ id }) => id)).toEqual([lea, tom]);
    const rest = await ask('GET', `/users?page_size=2&start_cursor=${String(first.body['next_cursor'])}`);
    expect(rest.body).toMatchObject({ has_more: false, next_cursor: null, results: [{ type: 'bot' }] });
    expect((await ask('GET', `/users/${gil}`)).status).toBe(404);
    expect((await ask('GET', `/users/${lea}`)).body).toMatchObject({ name: 'Lea', type: 'person' });
  });

  it('tell their mail address with a capability of its own', async () => {
    const { ask, notion, lea, token } = aSupportWorkspace();
    expect((await ask('GET', `/users/${lea}`)).body['person']).toEqual({ email: 'lea@example.com' });
    notion.setCapabilities(token, ['read users']);
    expect((await ask('GET', `/users/${lea}`)).body['person']).toEqual({});
  });

  it('stand in pages whole, or with but an id for a guest or without the capability', async () => {
    const { ask, notion, lea, gil, token } = aSupportWorkspace();
    const id = notion.people.type('Tickets', { Assignee: ['Lea', 'Gil'] });
    const people = async (): Promise<unknown> =>
      inside(inside((await ask('GET', `/pages/${id}`)).body['properties'])['Assignee'])['people'];
    expect(await people()).toMatchObject([
      { id: lea, name: 'Lea' },
      { object: 'user', id: gil },
    ]);
    notion.setCapabilities(token, ['read content']);
    expect(await people()).toEqual([
      { object: 'user', id: lea },
      { object: 'user', id: gil },
    ]);
  });
});

describe('search', () => {
  it('finds what was shared by its title, data sources and pages', async () => {
    const { ask, notion, pageId, database } = aSupportWorkspace();
    notion.addPage('Help for nobody');
    expect((await ask('POST', '/search', { query: 'help' })).results.map(({ id }) => id)).toEqual([pageId]);
    const sources = await ask('POST', '/search', { filter: { property: 'object', value: 'data_source' } });
    expect(sources.body).toMatchObject({ results: [{ object: 'data_source', id: database.dataSourceId }] });
    expect((await ask('POST', '/search', { filter: { property: 'object', value: 'database' } })).status).toBe(400);
  });

  it('lags behind where that is set', async () => {
    const { ask, notion, clock, token } = aSupportWorkspace({ searchLagMs: 30_000 });
    clock.pass({ minutes: 1 });
    notion.share(token, notion.addPage('Fresh'));
    expect((await ask('POST', '/search', { query: 'fresh' })).results).toEqual([]);
    clock.pass({ seconds: 30 });
    expect((await ask('POST', '/search', { query: 'fresh' })).results).toHaveLength(1);
  });
});
