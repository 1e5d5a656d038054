import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { inbox } from '../../src/db/schema.ts';
import { startChild } from '../support/child.ts';

/** Posts one request after another until the service is gone, and tells of each yes. */
async function postUntilGone(address: string, line: string, yes: (name: string, id: string) => void): Promise<void> {
  for (let n = 0; ; n += 1) {
    const name = `${line}-${n}`;
    const response = await fetch(`${address}/hooks/json/letmein`, {
      method: 'POST',
      headers: { 'idempotency-key': name },
      body: `{"message":"${name}"}`,
    }).catch(() => null);
    if (response === null) return;
    const answer = (await response.json().catch(() => null)) as { id: string } | null;
    if (answer !== null) yes(name, answer.id);
  }
}

describe('a service that is killed while requests pour in', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabledesk-test-'));
    await cp(inject('pgliteTemplate'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has everything that it said yes to, exactly once, twice over (A-002)', async () => {
    const told = new Map<string, string>();
    for (const round of [1, 2]) {
      const child = await startChild('receiving-service.ts', folder);
      const address = /^listening (.+)$/.exec(child.firstLine)?.[1];
      if (address === undefined) throw new Error(child.firstLine);
      const enough = told.size + 30 + 7 * round;
      const senders = Array.from({ length: 20 }, (_, n) =>
        postUntilGone(address, `round-${round}-${n}`, (name, id) => {
          told.set(name, id);
          if (told.size === enough) void child.kill();
        }),
      );
      await Promise.all(senders);
    }

    const connection = await openDatabase({ dataFolder: folder });
    const rows = await connection.queries.select().from(inbox);
    await connection.close();
    const stored = Map.groupBy(rows, (row) => row.deliveryId);
    expect(told.size).toBeGreaterThanOrEqual(37 + 44);
    for (const [name, id] of told) {
      expect(stored.get(`id:${name}`)?.map((row) => row.id)).toEqual([id]);
      expect(Buffer.from(stored.get(`id:${name}`)?.[0]?.body ?? []).toString()).toBe(`{"message":"${name}"}`);
    }
    for (const same of stored.values()) expect(same).toHaveLength(1);
  }, 90_000);
});
