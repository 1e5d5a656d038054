import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachmentBytes, attachments, tickets } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { AttachedFile, AttachOutcome, TicketStore } from '../../src/ports/ticket-store.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { SUITE_COLUMNS } from '../ports/ticket-store.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aFileDesk, aLinkServer, type FileDesk, type LinkServer } from './file-desk.ts';

const INVOICE = { name: 'invoice.pdf', bytes: Buffer.from('%PDF of May') };

describe.each(ENGINES)('files on %s', (engine) => {
  let database: TestDatabase;
  let links: LinkServer;
  let desk: FileDesk;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    links = await aLinkServer();
    desk = aFileDesk(database.connection, { store: anEmbeddedStore(database.connection, SUITE_COLUMNS) });
  });
  afterEach(async () => {
    await links.close();
    await database.empty();
  });

  const state = async () => (await desk.rows()).map((row) => row.state);
  const problems = async () => (await desk.rows()).map((row) => row.problem?.code ?? null);
  const cell = async (rowId: string) => (await byHand(database.connection).readBack(rowId))?.cells['fileLinks'];

  describe('that came in a request', () => {
    it('are noted with their message, and wake their lane', async () => {
      await desk.postFiles([INVOICE, { name: 'photo.png', bytes: Buffer.alloc(3), type: 'image/png' }]);
      expect(desk.woken).toContain('attachments');
      expect(await desk.rows()).toMatchObject([
        { name: 'invoice.pdf', contentType: 'application/pdf', size: 11, part: 0, url: null, state: 'kept' },
        { name: 'photo.png', contentType: 'image/png', size: 3, part: 1, url: null, state: 'kept' },
      ]);
    });

    it('are read from there again, and copied nowhere', async () => {
      await desk.postFiles([{ name: 'a.txt', bytes: Buffer.from('first') }, INVOICE]);
      await desk.giveRows();
      await desk.files.run();
      expect(await desk.contents(1)).toBe('%PDF of May');
      expect(await database.connection.queries.select().from(attachmentBytes)).toEqual([]);
    });

    it('wait for their row, and are due when it is there', async () => {
      await desk.postFiles([INVOICE]);
      expect(await desk.files.run()).toMatchObject({ linked: 0, putOff: 0 });
      expect(await dueLanes(database.connection, desk.clock.now())).not.toContain('attachments');
      await desk.giveRows();
      expect(await dueLanes(database.connection, desk.clock.now())).toContain('attachments');
      expect(await desk.files.run()).toMatchObject({ linked: 1 });
      expect(await dueLanes(database.connection, desk.clock.now())).not.toContain('attachments');
    });
  });

  describe('behind a link', () => {
    it('are fetched at intake, so that they are here when the link is dead', async () => {
      links.answer((_request, response) => response.setHeader('content-type', 'image/png').end('pixels'));
      await desk.postLinks([{ url: `${links.address}/screen.png`, name: 'screen.png' }]);
      expect(await dueLanes(database.connection, desk.clock.now())).toContain('attachments');
      expect(await desk.files.run()).toMatchObject({ fetched: 1 });
      links.answer((_request, response) => response.writeHead(410).end());
      expect(await desk.contents(0)).toBe('pixels');
      expect(await desk.rows()).toMatchObject([{ state: 'kept', size: 6, contentType: 'image/png' }]);
      expect(links.asked).toEqual(['/screen.png']);
    });

    it('are asked for as their sender wants it', async () => {
      links.answer((request, response) => response.end(request.headers['authorization'] ?? 'a page to sign in'));
      const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
      const linkTo = async (id: string) => ({
        url: `${links.address}/of/${id.slice(-3)}`,
        headers: { authorization: 'Bearer key' },
      });
      desk = aFileDesk(database.connection, { store, linkTo });
      await desk.postLinks(['https://chat.example/files/F42']);
      await desk.files.run();
      expect([links.asked, await desk.contents(0)]).toEqual([['/of/F42'], 'Bearer key']);
    });

    it.each([
      [true, ['/f'], ['kept']],
      [false, [], ['failed']],
    ])('on a server in our own network are fetched where the admin named it: %s', async (internal, asked, became) => {
      links.answer((_request, response) => response.end('a file'));
      const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
      const linkTo = async () => ({ url: `${links.address}/f`, headers: {}, internal });
      desk = aFileDesk(database.connection, { store, linkTo, reaches: [] });
      await desk.postLinks(['https://chat.example/files/F42']);
      await desk.files.run();
      expect([links.asked, await state()]).toEqual([asked, became]);
    });

    it('on a server that the admin named are not followed from there to another', async () => {
      links.answer((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
      const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
      const linkTo = async () => ({ url: `${links.address}/f`, headers: {}, internal: true });
      desk = aFileDesk(database.connection, { store, linkTo });
      await desk.postLinks(['https://chat.example/files/F42']);
      await desk.files.run();
      expect([links.asked, await problems()]).toEqual([['/f'], ['fetch.too-many-redirects']]);
    });

    it('whose sender cannot be asked how are tried again', async () => {
      const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
      const gone = new Problem({ code: 'chat.gone', message: 'It is down.', fix: 'Wait.', retry: 'later' });
      desk = aFileDesk(database.connection, { store, linkTo: () => Promise.reject(gone) });
      await desk.postLinks(['https://chat.example/files/F42']);
      expect(await desk.files.run()).toMatchObject({ putOff: 1 });
      expect(await problems()).toEqual(['chat.gone']);
    });

    it('are kept whole, however many pieces they make, and when they are empty', async () => {
      const large = Buffer.alloc(2_500_001, 'tabledesk');
      links.answer((request, response) => response.end(request.url === '/large' ? large : ''));
      await desk.postLinks([`${links.address}/large`, `${links.address}/empty`]);
      await desk.files.run();
      expect(await desk.contents(0)).toBe(large.toString());
      expect(await desk.contents(1)).toBe('');
    });

    it('that are dead for good are given up at once, and the row says so (A-010)', async () => {
      links.answer((_request, response) => response.writeHead(404).end());
      await desk.postLinks([`${links.address}/gone.pdf?key=1`]);
      const rowId = await desk.giveRows();
      expect(await desk.files.run()).toMatchObject({ failed: 1 });
      expect(await state()).toEqual(['failed']);
      expect(await problems()).toEqual(['attachment.link-dead']);
      expect(await cell(rowId)).toBe(`gone.pdf: could not be fetched. ${links.address}/gone.pdf?key=1`);
      expect(await desk.contents(0)).toBeNull();
    });

    it('that do not answer are tried for a day, after growing pauses', async () => {
      links.answer((_request, response) => response.writeHead(503).end());
      await desk.postLinks([`${links.address}/busy.pdf`]);
      const pauses: number[] = [];
      for (;;) {
        await desk.files.run();
        const [file] = await desk.rows();
        if (file?.state !== 'waiting' || file.nextAt === null) break;
        pauses.push(file.nextAt.since(desk.clock.now()).total('seconds'));
        desk.clock.set(file.nextAt);
      }
      expect(pauses.slice(0, 6)).toEqual([5, 30, 120, 600, 3600, 3600]);
      expect(
        desk.clock
          .now()
          .since((await desk.rows())[0]?.createdAt ?? desk.clock.now())
          .total('hours'),
      ).toBeCloseTo(24.2, 0);
      expect(await state()).toEqual(['failed']);
    });

    it('that lead to where only we can go are never asked', async () => {
      const { port } = new URL(links.address);
      await desk.postLinks([`http://[::1]:${port}/a`, 'http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/b']);
      await desk.files.run();
      expect(await problems()).toEqual(Array.from({ length: 3 }, () => 'fetch.address-refused'));
      expect(links.asked).toEqual([]);
    });

    it('that lead to a page in place of the file are no file', async () => {
      links.answer((_request, response) => response.setHeader('content-type', 'text/html').end('<form>Sign in'));
      await desk.postLinks([{ url: `${links.address}/a.pdf`, name: 'a.pdf', type: 'application/pdf' }]);
      await desk.files.run();
      expect(await problems()).toEqual(['attachment.other-type']);
    });

    it('that a full disk could not take are fetched again when there is room', async () => {
      const { connection } = database;
      links.answer((_request, response) => response.end('bytes'));
      await desk.postLinks([`${links.address}/a.pdf`]);
      await connection.script(`
        create function no_room() returns trigger language plpgsql as
          $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
        create trigger no_room before insert on attachment_bytes for each row execute function no_room();
      `);
      await expect(desk.files.run()).rejects.toMatchObject({ cause: { code: '53100' } });
      expect(await state()).toEqual(['waiting']);
      expect(await desk.contents(0)).toBeNull();
      await connection.script('drop function no_room cascade');
      desk.clock.forward({ minutes: 5 });
      expect(await desk.files.run()).toMatchObject({ fetched: 1 });
      expect(await desk.contents(0)).toBe('bytes');
    });

    it('whose fetching was cut off by a crash are fetched anew, and nobody is shown half of one', async () => {
      const { queries } = database.connection;
      links.answer((_request, response) => response.end('whole'));
      await desk.postLinks([`${links.address}/a.pdf`]);
      const [file] = await desk.rows();
      await queries.insert(attachmentBytes).values({ attachmentId: file?.id ?? '', seq: 0, bytes: Buffer.from('ha') });
      await queries.insert(attachmentBytes).values({ attachmentId: file?.id ?? '', seq: 1, bytes: Buffer.from('lf') });
      expect(await desk.contents(0)).toBeNull();
      await desk.files.run();
      expect(await desk.contents(0)).toBe('whole');
    });
  });

  describe('that the base does not hold', () => {
    it('are named in the row by an address of ours, which opens them', async () => {
      const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
      desk = aFileDesk(database.connection, { store, publicAddress: 'https://desk.example' });
      await desk.postFiles([INVOICE, { name: '  ', bytes: Buffer.alloc(2_400_000) }]);
      const rowId = await desk.giveRows();
      await desk.files.run();
      const [first, second] = await desk.rows();
      expect(first?.token).toMatch(/^[0-9a-f]{32}$/);
      expect(first?.token).not.toBe(second?.token);
      expect(await cell(rowId)).toBe(
        `invoice.pdf (11 B): https://desk.example/files/${first?.id}/${first?.token}\n` +
          `file (2.4 MB): https://desk.example/files/${second?.id}/${second?.token}`,
      );
      expect((await desk.files.open(first?.id ?? '', { token: first?.token ?? '' })).kind).toBe('found');
      expect((await desk.files.open(first?.id ?? '', { token: second?.token ?? '' })).kind).toBe('unknown');
      expect((await desk.files.open(first?.id ?? '', { token: '' })).kind).toBe('unknown');
      expect((await desk.files.open('none', { token: first?.token ?? '' })).kind).toBe('unknown');
    });

    it('are named by the sender’s own link where nobody can reach us', async () => {
      links.answer((_request, response) => response.end('12345'));
      await desk.postLinks([`${links.address}/a.pdf`]);
      const rowId = await desk.giveRows();
      await desk.files.run();
      expect(await cell(rowId)).toBe(`a.pdf (5 B): ${links.address}/a.pdf`);
    });

    it('are else said to be in the console', async () => {
      await desk.postFiles([INVOICE]);
      const rowId = await desk.giveRows();
      await desk.files.run();
      expect(await cell(rowId)).toBe('invoice.pdf (11 B): in Tabledesk’s console, at T-1000');
    });

    it('stay with a ticket whose row was deleted', async () => {
      await desk.postFiles([INVOICE]);
      await desk.giveRows();
      await database.connection.queries.update(tickets).set({ detachedAt: desk.clock.now() });
      expect(await desk.files.run()).toMatchObject({ linked: 0, putOff: 0 });
      expect(await desk.rows()).toMatchObject([{ state: 'kept', nextAt: null }]);
      expect(await desk.contents(0)).toBe('%PDF of May');
    });
  });

  describe('for a base that takes them', () => {
    interface Shelf extends TicketStore {
      taken: AttachedFile[];
    }

    function aShelf(outcome: () => AttachOutcome): Shelf {
      const taken: AttachedFile[] = [];
      return {
        ...anEmbeddedStore(database.connection, SUITE_COLUMNS),
        taken,
        attach: async (_rowId, file) => {
          taken.push(file);
          return outcome();
        },
      };
    }

    it('are handed over once each, under names that are told apart', async () => {
      const shelf = aShelf(() => 'attached');
      desk = aFileDesk(database.connection, { store: shelf });
      await desk.postFiles([INVOICE, INVOICE, { name: 'INVOICE.pdf', bytes: Buffer.from('other') }]);
      await desk.giveRows();
      expect(await desk.files.run()).toMatchObject({ attached: 3, linked: 0 });
      expect(shelf.taken.map(({ name, mayBeThere }) => [name, mayBeThere])).toEqual([
        ['invoice.pdf', false],
        ['invoice (2).pdf', false],
        ['INVOICE (3).pdf', false],
      ]);
      expect(Buffer.from(shelf.taken[0]?.bytes ?? []).toString()).toBe('%PDF of May');
      await desk.files.run();
      expect(shelf.taken).toHaveLength(3);
    });

    it('are said to be there perhaps, when a crash came between the upload and its record', async () => {
      const shelf = aShelf(() => 'attached');
      desk = aFileDesk(database.connection, { store: shelf });
      await desk.postFiles([INVOICE]);
      await desk.giveRows();
      const lost = { state: 'kept', attempts: 1, nextAt: desk.clock.now() } as const;
      await database.connection.queries.update(attachments).set(lost);
      await desk.files.run();
      expect(shelf.taken.map(({ mayBeThere }) => mayBeThere)).toEqual([true]);
    });

    it('wait together while it does not answer, and then go on', async () => {
      const trouble: { problem: Problem | null } = { problem: busy({ afterSeconds: 40 }) };
      const shelf = aShelf(() => {
        if (trouble.problem !== null) throw trouble.problem;
        return 'attached';
      });
      desk = aFileDesk(database.connection, { store: shelf });
      await desk.postFiles([INVOICE, { name: 'b.pdf', bytes: Buffer.from('b') }]);
      await desk.giveRows();
      expect(await desk.files.run()).toMatchObject({ attached: 0, putOff: 1 });
      desk.clock.forward({ seconds: 39 });
      expect(await desk.files.run()).toMatchObject({ attached: 0, putOff: 0 });
      trouble.problem = null;
      desk.clock.forward({ seconds: 1 });
      expect(await desk.files.run()).toMatchObject({ attached: 2, putOff: 0 });
      expect(shelf.taken.map(({ name }) => name)).toEqual(['invoice.pdf', 'invoice.pdf', 'b.pdf']);
      expect(await problems()).toEqual([null, null]);
    });

    it('wait five minutes for what only a person can mend', async () => {
      const shelf = aShelf(() => {
        throw busy('never');
      });
      desk = aFileDesk(database.connection, { store: shelf });
      await desk.postFiles([INVOICE]);
      await desk.giveRows();
      await desk.files.run();
      const [file] = await desk.rows();
      expect(file?.nextAt?.since(desk.clock.now()).total('seconds')).toBe(300);
      expect(file?.problem?.code).toBe('store.busy');
    });

    it('are done with when the row is gone', async () => {
      desk = aFileDesk(database.connection, { store: aShelf(() => 'row_gone') });
      await desk.postFiles([INVOICE]);
      await desk.giveRows();
      await desk.files.run();
      expect(await desk.rows()).toMatchObject([{ state: 'kept', nextAt: null }]);
    });
  });

  it('whose request is gone are said to be so', async () => {
    await desk.postFiles([INVOICE]);
    const rowId = await desk.giveRows();
    await database.connection.queries.execute(sql`delete from inbox`);
    expect(await desk.files.run()).toMatchObject({ failed: 1, linked: 0 });
    expect(await problems()).toEqual(['attachment.bytes-gone']);
    expect(await cell(rowId)).toBe('invoice.pdf: could not be fetched.');
  });

  it('of a reply come to the ticket that it answers', async () => {
    await desk.postFiles([INVOICE]);
    await desk.postFiles([{ name: 'second.pdf', bytes: Buffer.from('2') }], { ticket: 'T-1000', message: 'Here.' });
    const [first, second] = await desk.rows();
    expect(second).toMatchObject({ name: 'second.pdf', position: 0, ticketKey: first?.ticketKey });
    expect(second?.messageId).not.toBe(first?.messageId);
  });
});

function busy(retry: 'never' | { afterSeconds: number }): Problem {
  return new Problem({ code: 'store.busy', message: 'The base is busy.', fix: 'Wait.', retry });
}
