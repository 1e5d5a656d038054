import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/notion/index.ts';
import { aSupportWorkspace, inside, text, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

function paragraph(words: string, children?: unknown[]) {
  return { paragraph: { rich_text: text(words), ...(children !== undefined && { children }) } };
}

describe('the body of a page', () => {
  it('is appended to, and twice where it is asked twice', async () => {
    const { ask, notion } = aSupportWorkspace();
    const id = notion.people.paste('Tickets', {});
    const body = { children: [paragraph('a'), { to_do: { rich_text: text('b') } }] };
    const appended = await ask('PATCH', `/blocks/${id}/children`, body);
    expect(appended.body).toMatchObject({
      object: 'list',
      type: 'block',
      results: [
        { object: 'block', type: 'paragraph', parent: { type: 'page_id', page_id: id }, has_children: false },
        { type: 'to_do', to_do: { checked: false } },
      ],
    });
    await ask('PATCH', `/blocks/${id}/children`, body);
    expect(notion.people.body('Tickets', id)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('is written at its start, its end or behind a block, and read page by page', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const path = `/blocks/${pageId}/children`;
    const append = (words: string, position?: object) =>
      ask('PATCH', path, { children: [paragraph(words)], ...(position !== undefined && { position }) });
    const first = (await append('b')).results[0]?.id;
    await append('d', { type: 'end' });
    await append('a', { type: 'start' });
    await append('c', { type: 'after_block', after_block: { id: first } });
    expect((await append('x', { type: 'after_block', after_block: { id: pageId } })).status).toBe(400);
    const read = await ask('GET', `${path}?page_size=3`);
    expect(read.body).toMatchObject({ has_more: true, results: { length: 3 } });
    expect((await ask('GET', `/pages/${pageId}/markdown`)).body['markdown']).toBe('a\nb\nc\nd');
  });

  it('takes children two levels deep, and a hundred to a list', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const path = `/blocks/${pageId}/children`;
    const two = await ask('PATCH', path, { children: [paragraph('a', [paragraph('b')])] });
    expect(two.body).toMatchObject({ results: [{ has_children: true }] });
    const below = await ask('GET', `/blocks/${two.results[0]?.id}/children`);
    expect(below.body).toMatchObject({ results: [{ paragraph: { rich_text: [{ plain_text: 'b' }] } }] });
    expect((await ask('PATCH', path, { children: [paragraph('a', [paragraph('b', [paragraph('c')])])] })).status).toBe(
      400,
    );
    const many = Array.from({ length: 101 }, () => paragraph('x'));
    expect((await ask('PATCH', path, { children: many })).body['message']).toBe(
      'body failed validation: body.children.length should be ≤ `100`, instead was `101`.',
    );
    expect((await ask('PATCH', path, { children: [{ hologram: {} }] })).status).toBe(400);
  });

  it('holds at most a thousand blocks in one request', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const children = Array.from({ length: 10 }, () =>
      paragraph(
        '',
        Array.from({ length: 100 }, () => paragraph('')),
      ),
    );
    expect((await ask('PATCH', `/blocks/${pageId}/children`, { children })).body['message']).toContain(
      'should have ≤ `1000` blocks, instead had `1010`',
    );
  });

  it('gives blocks away, and keeps them in the trash', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const { results } = await ask('PATCH', `/blocks/${pageId}/children`, { children: [paragraph('a')] });
    const path = `/blocks/${results[0]?.id}`;
    expect((await ask('DELETE', path)).body).toMatchObject({ object: 'block', in_trash: true });
    expect((await ask('GET', `/blocks/${pageId}/children`)).results).toEqual([]);
    expect((await ask('GET', path)).body['in_trash']).toBe(true);
  });

  it('is read and written as Markdown', async () => {
    const { ask, pageId } = aSupportWorkspace();
    const path = `/pages/${pageId}/markdown`;
    const insert = (content: string) => ({ type: 'insert_content', insert_content: { content } });
    await ask('PATCH', path, insert('# Head\n\n- one\n- two'));
    expect((await ask('GET', path)).body).toMatchObject({
      object: 'page_markdown',
      markdown: '# Head\n- one\n- two',
      truncated: false,
    });
    await ask('PATCH', path, { type: 'replace_content', replace_content: { new_str: 'New' } });
    expect((await ask('GET', path)).body['markdown']).toBe('New');
  });

  it.each([
    [false, '2026-11-21T09:00:00.000Z'],
    [true, '2026-11-21T09:10:00.000Z'],
  ])('counts as an edit of its page or not, as is set: %s', async (blocksEdit, time) => {
    const { ask, notion, clock } = aSupportWorkspace({ blocksEdit });
    const id = notion.people.paste('Tickets', {});
    clock.pass({ minutes: 10 });
    await ask('PATCH', `/blocks/${id}/children`, { children: [paragraph('a')] });
    expect((await ask('GET', `/pages/${id}`)).body['last_edited_time']).toBe(time);
  });
});

describe('the blocks of a free workspace', () => {
  const LIMIT = {
    status: 403,
    body: { code: 'restricted_resource', additional_data: { block_limit: 'block_creation' } },
  };

  /** The page and the database are there already: two blocks. */
  function aFreeWorkspace(given: Partial<Settings> = {}) {
    const desk = aSupportWorkspace({ plan: 'free', blockLimit: 4, blockGraceSeconds: 0, ...given });
    const parent = { data_source_id: desk.database.dataSourceId };
    const create = (body: object = {}) => desk.ask('POST', '/pages', { parent, ...body });
    return { ...desk, create };
  }

  async function fill({ create }: { create: () => Promise<unknown> }): Promise<void> {
    await create();
    await create();
  }

  it('are counted by pages and paragraphs, and deleting gives none back', async () => {
    const { notion, create } = aFreeWorkspace({ blockLimit: 1000 });
    const before = notion.blocksUsed();
    const made = await create({ children: [paragraph('a', [paragraph('b')])] });
    expect(notion.blocksUsed() - before).toBe(3);
    notion.people.delete('Tickets', String(made.body['id']));
    expect(notion.blocksUsed() - before).toBe(3);
  });

  it('once spent stop new pages and paragraphs', async () => {
    const desk = aFreeWorkspace();
    await fill(desk);
    expect(await desk.create()).toMatchObject(LIMIT);
    expect(await desk.ask('PATCH', `/blocks/${desk.pageId}/children`, { children: [paragraph('a')] })).toMatchObject(
      LIMIT,
    );
    expect(desk.notion.people.rows('Tickets')).toHaveLength(2);
    const parent = { type: 'page_id', page_id: desk.pageId };
    expect(await desk.ask('POST', '/databases', { parent })).toMatchObject(LIMIT);
  });

  it('stop no update of a property and no comment', async () => {
    const desk = aFreeWorkspace();
    await fill(desk);
    const id = desk.notion.people.rows('Tickets')[0]?.id ?? '';
    expect((await desk.ask('PATCH', `/pages/${id}`, { properties: { Number: { number: 1 } } })).status).toBe(200);
    const comment = { parent: { page_id: id }, rich_text: text('a') };
    expect((await desk.ask('POST', '/comments', comment)).status).toBe(200);
  });

  it('have three days of grace', async () => {
    const desk = aFreeWorkspace({ blockGraceSeconds: aSupportWorkspace().notion.settings.blockGraceSeconds });
    await fill(desk);
    expect((await desk.create()).status).toBe(200);
    desk.clock.pass({ days: 3 });
    expect(await desk.create()).toMatchObject(LIMIT);
  });

  it('are without limit for one member, for a paid plan and for a personal token', async () => {
    const desk = aFreeWorkspace();
    await fill(desk);
    const token = desk.notion.addConnection({ personId: desk.lea, shared: [desk.pageId] });
    const page = { parent: { data_source_id: desk.database.dataSourceId } };
    expect((await desk.ask('POST', '/pages', page, { token })).status).toBe(200);
    desk.notion.settings.plan = 'plus';
    expect((await desk.create()).status).toBe(200);
    expect(aSupportWorkspace().notion.settings.blockLimit).toBe(1000);
  });
});

describe('comments', () => {
  async function aComment({ ask, notion }: SupportWorkspace) {
    const pageId = notion.people.paste('Tickets', {});
    const made = await ask('POST', '/comments', { parent: { page_id: pageId }, rich_text: text('Hello') });
    return { pageId, made };
  }

  it('begin a discussion, and go on in it', async () => {
    const desk = aSupportWorkspace();
    const { pageId, made } = await aComment(desk);
    expect(made.body).toMatchObject({
      object: 'comment',
      parent: { type: 'page_id', page_id: pageId },
      rich_text: [{ plain_text: 'Hello' }],
      display_name: { type: 'integration', resolved_name: 'Tabledesk' },
    });
    desk.notion.people.as('Tom').reply(String(made.body['discussion_id']), 'Hi');
    const listed = await desk.ask('GET', `/comments?block_id=${pageId}`);
    expect(listed.body).toMatchObject({
      results: [{ rich_text: [{ plain_text: 'Hello' }] }, { created_by: { object: 'user', id: desk.tom } }],
    });
    expect(desk.notion.people.comments('Tickets', pageId)).toEqual([
      { by: 'Tabledesk', text: 'Hello' },
      { by: 'Tom', text: 'Hi' },
    ]);
  });

  it('are listed by when they were written, whatever discussion they are in', async () => {
    const desk = aSupportWorkspace();
    const pageId = desk.notion.people.paste('Tickets', {});
    const first = desk.notion.people.comment('Tickets', pageId, 'One');
    desk.clock.pass({ minutes: 1 });
    desk.notion.people.comment('Tickets', pageId, 'Two');
    desk.clock.pass({ minutes: 1 });
    desk.notion.people.reply(first, 'Three');
    const { results } = await desk.ask('GET', `/comments?block_id=${pageId}`);
    expect(results).toMatchObject(['One', 'Two', 'Three'].map((plain_text) => ({ rich_text: [{ plain_text }] })));
  });

  it('are corrected and withdrawn by people, too', async () => {
    const desk = aSupportWorkspace();
    const pageId = desk.notion.people.paste('Tickets', {});
    const discussion = desk.notion.people.comment('Tickets', pageId, 'One');
    desk.notion.people.reply(discussion, 'Tow');
    desk.notion.people.correct(discussion, 'Two');
    const listed = await desk.ask('GET', `/comments?block_id=${pageId}`);
    expect(listed.results).toMatchObject(['One', 'Two'].map((plain_text) => ({ rich_text: [{ plain_text }] })));
    desk.notion.people.withdraw(discussion);
    expect((await desk.ask('GET', `/comments?block_id=${pageId}`)).results).toHaveLength(1);
  });

  it('are hidden from a connection of which nobody ticked that it may read them', async () => {
    const desk = aSupportWorkspace();
    const token = desk.notion.addConnection({ shared: [desk.pageId] });
    const pageId = desk.notion.people.paste('Tickets', {});
    const { status, body } = await desk.ask('GET', `/comments?block_id=${pageId}`, undefined, { token });
    expect([status, body['code']]).toEqual([403, 'restricted_resource']);
  });

  it('are listed until they are resolved', async () => {
    const desk = aSupportWorkspace();
    const pageId = desk.notion.people.paste('Tickets', {});
    const kept = desk.notion.people.comment('Tickets', pageId, 'One');
    desk.notion.people.resolve(desk.notion.people.comment('Tickets', pageId, 'Two'));
    const { results } = await desk.ask('GET', `/comments?block_id=${pageId}`);
    expect(results).toMatchObject([{ discussion_id: kept }]);
  });

  it('take a name of their own, Markdown or rich text, and a place', async () => {
    const { ask, notion } = aSupportWorkspace();
    const parent = { page_id: notion.people.paste('Tickets', {}) };
    const display_name = { type: 'custom', custom: { name: 'Ana' } };
    expect((await ask('POST', '/comments', { parent, markdown: 'a', display_name })).body).toMatchObject({
      display_name: { type: 'custom', resolved_name: 'Ana' },
    });
    for (const odd of [{ parent }, { parent, markdown: 'a', rich_text: text('a') }, { markdown: 'a' }]) {
      expect([odd, (await ask('POST', '/comments', odd)).status]).toEqual([odd, 400]);
    }
  });

  it('are changed and deleted by who wrote them', async () => {
    const desk = aSupportWorkspace();
    const { pageId, made } = await aComment(desk);
    const path = `/comments/${String(made.body['id'])}`;
    expect((await desk.ask('PATCH', path, { markdown: 'Better' })).body).toMatchObject({
      rich_text: [{ plain_text: 'Better' }],
    });
    desk.notion.people.reply(String(made.body['discussion_id']), 'Mine');
    const [, other] = (await desk.ask('GET', `/comments?block_id=${pageId}`)).results;
    expect((await desk.ask('DELETE', `/comments/${other?.id}`)).status).toBe(403);
    expect((await desk.ask('DELETE', path)).status).toBe(200);
    expect((await desk.ask('GET', path)).status).toBe(404);
  });

  it.each([
    [false, '2026-11-21T09:00:00.000Z'],
    [true, '2026-11-21T09:10:00.000Z'],
  ])('count as an edit of their page or not, as is set: %s', async (commentsEdit, time) => {
    const { ask, notion, clock } = aSupportWorkspace({ commentsEdit });
    const id = notion.people.paste('Tickets', {});
    clock.pass({ minutes: 10 });
    notion.people.comment('Tickets', id, 'a');
    expect((await ask('GET', `/pages/${id}`)).body['last_edited_time']).toBe(time);
  });
});

describe('files', () => {
  async function upload(desk: SupportWorkspace, bytes: string): Promise<{ id: string; status: number }> {
    const made = await desk.ask('POST', '/file_uploads', { filename: 'a.txt', content_type: 'text/plain' });
    expect(made.body).toMatchObject({ object: 'file_upload', status: 'pending', filename: 'a.txt' });
    const form = new FormData();
    form.set('file', new Blob([bytes], { type: 'text/plain' }), 'a.txt');
    const id = String(made.body['id']);
    const sent = await desk.notion.handle(
      new Request(`https://api.notion.com/v1/file_uploads/${id}/send`, {
        method: 'POST',
        headers: { authorization: `Bearer ${desk.token}`, 'notion-version': '2026-03-11' },
        body: form,
      }),
    );
    return { id, status: sent.status };
  }

  const fileIn = (body: Record<string, unknown>) => {
    const [file] = [inside(inside(body['properties'])['Files'])['files']].flat();
    return inside(file);
  };

  it('are announced, sent, put into a page, and read by an address that dies in an hour', async () => {
    const desk = aSupportWorkspace();
    const { id: uploadId, status } = await upload(desk, 'hello');
    expect(status).toBe(200);
    const page = desk.notion.people.paste('Tickets', {});
    const properties = { Files: { files: [{ file_upload: { id: uploadId } }] } };
    const { body } = await desk.ask('PATCH', `/pages/${page}`, { properties });
    expect(fileIn(body)).toMatchObject({
      name: 'a.txt',
      type: 'file',
      file: { expiry_time: '2026-11-21T10:00:00.000Z' },
    });
    const url = String(inside(fileIn(body)['file'])['url']);
    const read = await desk.notion.handle(new Request(url));
    expect([await read.text(), read.headers.get('content-type')]).toEqual(['hello', 'text/plain']);
    desk.clock.pass({ hours: 1 });
    expect((await desk.notion.handle(new Request(url))).status).toBe(403);
  });

  it('are kept by what was read, and gone where they are left out', async () => {
    const desk = aSupportWorkspace();
    const page = desk.notion.people.paste('Tickets', {});
    const bytes = new TextEncoder().encode('x');
    desk.notion.people.attach('Tickets', page, { property: 'Files', filename: 'b.png', type: 'image/png', bytes });
    const there = fileIn((await desk.ask('GET', `/pages/${page}`)).body);
    const keep = { Files: { files: [there, { name: 'c', external: { url: 'https://example.com/c' } }] } };
    expect((await desk.ask('PATCH', `/pages/${page}`, { properties: keep })).status).toBe(200);
    expect(desk.notion.people.row('Tickets', page)?.['Files']).toEqual(['b.png', 'c']);
    await desk.ask('PATCH', `/pages/${page}`, { properties: { Files: { files: [] } } });
    expect(desk.notion.people.row('Tickets', page)).not.toHaveProperty('Files');
  });

  it('that were not sent, or are too large for the plan, are refused', async () => {
    const desk = aSupportWorkspace({ plan: 'free' });
    const { status } = await upload(desk, 'x'.repeat(5 * 1024 * 1024 + 1));
    expect(status).toBe(400);
    const { body } = await desk.ask('POST', '/file_uploads', {});
    const page = desk.notion.people.paste('Tickets', {});
    const properties = { Files: { files: [{ file_upload: { id: body['id'] } }] } };
    expect((await desk.ask('PATCH', `/pages/${page}`, { properties })).status).toBe(400);
    desk.clock.pass({ hours: 1 });
    expect((await desk.ask('GET', `/file_uploads/${String(body['id'])}`)).body['status']).toBe('expired');
  });
});
