import { cp, mkdir, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Disk } from '../../src/db/durable-files.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openPglite } from '../../src/db/pglite.ts';
import { inbox } from '../../src/db/schema.ts';
import { aServer } from '../support/http-server.ts';
import { ALL_UNDONE, aLosingDisk, type Fate, fateBySeed } from '../support/losing-disk.ts';
import { NO_FLUSH } from '../support/no-flush.ts';
import { aRunningDesk } from '../support/running-desk.ts';

/**
 * When the power goes: before the flush of that number, counted from the first request; and what is kept of writes that
 * were not flushed. Each of ten requests waits for a flush of its own, then a checkpoint has some 25.
 */
const CUTS: readonly { flushes: number; what: string; fate: Fate }[] = [
  { flushes: 1, what: 'just after the first answer of a first start', fate: ALL_UNDONE },
  { flushes: 9, what: 'in a request, whose writes are torn', fate: fateBySeed(1) },
  { flushes: 20, what: 'in a checkpoint, none of whose writes arrived', fate: ALL_UNDONE },
  { flushes: 30, what: 'in a checkpoint, whose pages are torn', fate: fateBySeed(2) },
];

const at = { folder: '' };
beforeAll(async () => {
  at.folder = await mkdtemp(join(tmpdir(), 'tabledesk-test-'));
});
afterAll(() => rm(at.folder, { recursive: true, force: true }));

/** Ten requests one after another, a checkpoint, and five at once. Tells whoever asks what senders were told so far. */
async function receive(
  dataFolder: string,
  { disk, onOpen }: { disk: Disk; onOpen: (told: ReadonlySet<string>) => void },
) {
  const told = new Set<string>();
  const connection = await openPglite(dataFolder, disk);
  const server = await aServer(connection);
  onOpen(told);
  async function post(message: string): Promise<void> {
    const body = new URLSearchParams({ message });
    const response = await fetch(`${server.address}/hooks/website`, { method: 'POST', body });
    if (response.status === 202) told.add(`message=${message}`);
  }
  for (let n = 0; n < 10; n += 1) await post(`before-${n}`);
  await connection.script('checkpoint');
  await Promise.all([1, 2, 3, 4, 5].map((n) => post(`after-${n}`)));
  return async () => {
    await server.close();
    await connection.close();
  };
}

async function storedIn(dataFolder: string): Promise<readonly string[]> {
  const connection = await openDatabase({ dataFolder, disk: NO_FLUSH });
  const rows = await connection.queries.select({ body: inbox.body }).from(inbox);
  await connection.close();
  return rows.map(({ body }) => Buffer.from(body).toString());
}

describe('a power cut', () => {
  const toldBefore = new Map<number, readonly string[]>();
  beforeAll(async () => {
    const since: { told: ReadonlySet<string> | null; opened: number } = { told: null, opened: 0 };
    const dataFolder = join(at.folder, 'first');
    await mkdir(dataFolder);
    const disk = aLosingDisk(dataFolder, (count) => {
      for (const { flushes, fate } of CUTS) {
        if (since.told === null || count !== since.opened + flushes) continue;
        disk.cut(join(at.folder, `cut-${flushes}`), fate);
        toldBefore.set(flushes, [...since.told]);
      }
    });
    const close = await receive(dataFolder, {
      disk,
      onOpen: (told) => Object.assign(since, { told, opened: disk.flushes() }),
    });
    await close();
  });

  it.each(CUTS)('$what, takes nothing that a sender was told of', async ({ flushes }) => {
    const told = toldBefore.get(flushes) ?? [];
    expect(told).toHaveLength(Math.min(flushes, 10));
    expect(await storedIn(join(at.folder, `cut-${flushes}`))).toEqual(expect.arrayContaining([...told]));
  });

  it('is gone through by the whole service, which makes one ticket of each request that was told of', async () => {
    const cut = 9;
    const desk = await aRunningDesk({ data: { copyOf: join(at.folder, `cut-${cut}`) } });
    await desk.settled();
    const texts = (await desk.tickets()).map(({ subject }) => `message=${subject}`).toSorted();
    await desk.remove();
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toEqual(expect.arrayContaining([...(toldBefore.get(cut) ?? [])]));
  });

  it('on a disk that only says that it has flushed takes what was told since', async () => {
    const dataFolder = join(at.folder, 'lying');
    await cp(inject('pgliteTemplate'), dataFolder, { recursive: true });
    const disk = aLosingDisk(dataFolder);
    const close = await receive(dataFolder, { disk: NO_FLUSH, onOpen: () => undefined });
    disk.cut(join(at.folder, 'cut-lying'), ALL_UNDONE);
    await close();
    expect(await storedIn(join(at.folder, 'cut-lying'))).toEqual([]);
  });
});

describe('an embedded database whose files are damaged', () => {
  it('is not started, and the Problem says what brings the tickets back', async () => {
    const dataFolder = join(at.folder, 'damaged');
    const place = join(dataFolder, 'database');
    await cp(inject('pgliteTemplate'), dataFolder, { recursive: true });
    await truncate(join(place, 'global/pg_control'), 0);
    await expect(storedIn(dataFolder)).rejects.toMatchObject({
      code: 'database.damaged',
      message: expect.stringMatching(
        /^The embedded database in .*damaged\/database does not start; its disk has \d+ MB free\.$/,
      ),
      fix: expect.stringContaining(`rename ${place} and start again: every ticket comes back`),
    });
  });
});
