import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmbeddedStore } from '../connectors/embedded/desk-rows.ts';
import { SUITE_COLUMNS } from '../ports/ticket-store.ts';
import { type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer, TOKEN } from '../support/http-server.ts';
import { aFileDesk, aLinkServer, type FileDesk, type LinkServer } from './file-desk.ts';

/** What a stranger sends who hopes that a browser runs it. */
const PAGE = { name: 'Rechnung “Mai”.svg', bytes: Buffer.from('<svg onload="alert(1)"/>'), type: 'image/svg+xml' };

describe('a file', () => {
  let database: TestDatabase;
  let links: LinkServer;
  let desk: FileDesk;
  let server: TestServer;
  let pages: ConsoleServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    links = await aLinkServer();
    desk = aFileDesk(database.connection, { store: anEmbeddedStore(database.connection, SUITE_COLUMNS) });
    server = await aServer(database.connection, { attachments: desk.files });
    pages = await serveConsole(database.connection, { ...desk }, { attachments: desk.files });
    links.answer((request, response) =>
      request.url === '/late' ? response.writeHead(503).end() : response.writeHead(404).end(),
    );
    await desk.postFiles([PAGE]);
    await desk.postLinks([{ url: `${links.address}/dead`, name: 'dead.pdf' }, `${links.address}/late`]);
    await desk.files.run();
  });
  afterAll(async () => {
    await server.close();
    await pages.close();
    await links.close();
    await database.drop();
  });

  async function address(index: number): Promise<string> {
    const file = (await desk.rows())[index];
    return `/files/${file?.id}/${file?.token}`;
  }

  function expectSaved(headers: Headers): void {
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="/);
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''Rechnung%20%E2%80%9CMai%E2%80%9D.svg");
  }

  it('is saved and never shown to whoever has its address, without a session', async () => {
    const answer = await fetch(`${server.address}${await address(0)}`);
    expect(answer.status).toBe(200);
    expectSaved(answer.headers);
    expect(answer.headers.get('content-length')).toBe('24');
    expect(await answer.text()).toBe('<svg onload="alert(1)"/>');
  });

  it('has an address that nobody can guess, and that no log keeps', async () => {
    const path = await address(0);
    const [id, token] = path.split('/').slice(2);
    for (const wrong of [`/files/${id}/${'0'.repeat(32)}`, `/files/${id}/${token?.slice(1)}`, `/files/none/${token}`]) {
      const answer = await fetch(`${server.address}${wrong}`);
      expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'file.unknown' } }]);
    }
    expect((await fetch(`${server.address}/files/${id}`)).status).toBe(404);
    expect(server.log.join('\n')).toContain(`/files/${id}/***`);
    expect(server.log.join('\n')).not.toContain(token);
  });

  it('says that it is not here when it is not', async () => {
    const answer = await fetch(`${server.address}${await address(1)}`);
    expect([answer.status, await answer.json()]).toMatchObject([410, { error: { code: 'file.gone' } }]);
  });

  it('opens in the console for whoever is signed in, and for nobody else', async () => {
    const [file, dead] = await desk.rows();
    const visitor = aVisitor(pages.address);
    expect((await visitor.get(`/files/${file?.id}`)).status).toBe(303);
    await visitor.signIn();
    const answer = await visitor.get(`/files/${file?.id}`);
    expect(answer.status).toBe(200);
    expectSaved(answer.headers);
    expect(answer.text).toBe('<svg onload="alert(1)"/>');
    expect((await visitor.get(`/files/${dead?.id}`)).status).toBe(410);
    expect((await visitor.get('/files/none')).status).toBe(404);
  });

  it('stands in the conversation as a download, and else with what became of it', async () => {
    const [file] = await desk.rows();
    const visitor = aVisitor(pages.address);
    await visitor.signIn();
    const { text } = await visitor.get('/tickets/1000');
    expect(text).toContain(`<a href="/files/${file?.id}" download>`);
    const second = await visitor.get('/tickets/1001');
    expect(second.text).toContain(`href="${links.address}/dead"`);
    expect(second.text).toContain('could not be fetched');
    expect(second.text).toContain('to be fetched again');
    expect(second.text).not.toContain('/files/');
  });

  it('is told by the API with its state, and the address where it can be had', async () => {
    const shown = async (number: number) => {
      const answer = await fetch(`${server.address}/api/tickets/${number}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      const { messages } = (await answer.json()) as { messages: { attachments: object[] }[] };
      return messages[0]?.attachments;
    };
    expect(await shown(1000)).toEqual([
      {
        name: PAGE.name,
        contentType: 'image/svg+xml',
        size: 24,
        url: null,
        state: 'kept',
        address: await address(0),
      },
    ]);
    expect(await shown(1001)).toMatchObject([
      { name: 'dead.pdf', url: `${links.address}/dead`, state: 'failed', address: null },
      { name: 'late', url: `${links.address}/late`, state: 'waiting', address: null },
    ]);
  });
});
