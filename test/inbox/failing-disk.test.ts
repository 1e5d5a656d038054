import { fdatasyncSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Disk } from '../../src/db/durable-files.ts';
import { openPglite, type PgliteConnection } from '../../src/db/pglite.ts';
import { inbox } from '../../src/db/schema.ts';
import { aServer, type TestServer } from '../support/http-server.ts';

/** A disk that takes flushes until it is told to fail, and notes each. */
function aDisk(): Disk & { failWith: string | null; notes: string[] } {
  function check(disk: { failWith: string | null; notes: string[] }): void {
    if (disk.failWith !== null) throw Object.assign(new Error(disk.failWith), { code: disk.failWith });
    disk.notes.push('flushed');
  }
  return {
    failWith: null,
    notes: [],
    flushFile(descriptor) {
      check(this);
      fdatasyncSync(descriptor);
    },
    flushFolder() {
      check(this);
    },
  };
}

describe.each(['ENOSPC', 'EIO'])('a disk that answers a flush with %s', (code) => {
  const disk = aDisk();
  let folder: string;
  let connection: PgliteConnection;
  let server: TestServer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabledesk-test-'));
    await cp(inject('pgliteTemplate'), folder, { recursive: true });
    connection = await openPglite(folder, disk);
    server = await aServer(connection);
  });
  afterEach(async () => {
    disk.failWith = null;
    await server.close();
    await connection.close();
    await rm(folder, { recursive: true, force: true });
  });

  function post(message: string): Promise<Response> {
    return fetch(`${server.address}/hooks/website`, { method: 'POST', body: new URLSearchParams({ message }) });
  }

  async function storedBodies(): Promise<string[]> {
    const rows = await connection.queries.select({ body: inbox.body }).from(inbox);
    return rows.map((row) => Buffer.from(row.body).toString()).sort();
  }

  it('is never followed by a yes, and once it works again everything goes on (A-002)', async () => {
    expect((await post('before')).status).toBe(202);

    disk.failWith = code;
    const refused = await Promise.all([post('meanwhile-1'), post('meanwhile-2'), post('meanwhile-3')]);
    expect(refused.map((response) => response.status)).toEqual([503, 503, 503]);
    expect(refused[0]?.headers.get('retry-after')).toBe('10');
    const ready = await fetch(`${server.address}/readyz`);
    expect(ready.status).toBe(503);
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200);

    disk.failWith = null;
    await expect.poll(async () => (await fetch(`${server.address}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    const again = await Promise.all([post('meanwhile-1'), post('meanwhile-2'), post('meanwhile-3'), post('after')]);
    for (const response of again) expect([200, 202]).toContain(response.status);
    expect(await storedBodies()).toEqual([
      'message=after',
      'message=before',
      'message=meanwhile-1',
      'message=meanwhile-2',
      'message=meanwhile-3',
    ]);
  }, 60_000);

  it('does not matter to what was flushed before: the answer comes after the flush', async () => {
    disk.notes.length = 0;
    const response = await post('in order');
    disk.notes.push(`answered ${response.status}`);
    expect(disk.notes).toEqual(['flushed', 'answered 202']);
  });
});
