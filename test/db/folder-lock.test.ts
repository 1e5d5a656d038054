import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { lockFolder } from '../../src/db/folder-lock.ts';
import { openPglite } from '../../src/db/pglite.ts';
import { startChild } from '../support/child.ts';

describe('a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabledesk-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is held against a second process, which names the first, and free at once when that is killed', async () => {
    await cp(inject('pgliteTemplate'), folder, { recursive: true });
    const first = await startChild('receiving-service.ts', folder);
    expect(first.firstLine).toMatch(/^listening /);

    const second = await startChild('receiving-service.ts', folder);
    expect(second.firstLine).toBe(`problem data.in-use The data folder ${folder} is in use by process ${first.pid}.`);
    expect(await second.ended()).toBe(1);
    await expect(openPglite(folder)).rejects.toMatchObject({ code: 'data.in-use', fix: /TABLEDESK_DATA/ });

    await first.kill();
    const connection = await openPglite(folder);
    await connection.close();
  }, 60_000);

  it('is held against the same process too, until it lets go', () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`);
    release();
    lockFolder(folder)();
  });

  it('is made when it is not there', () => {
    const release = lockFolder(join(folder, 'new', 'deep'));
    release();
    expect(() => lockFolder(join(folder, 'new', 'deep'))()).not.toThrow();
  });
});
