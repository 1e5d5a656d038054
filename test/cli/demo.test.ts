import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNotNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { tickets } from '../../src/db/schema.ts';
import { findDemo, markDemo } from '../../src/demo/index.ts';

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' };
  const terminal = {
    stdout: { write: (text: string) => void (said.out += text) },
    stderr: { write: (text: string) => void (said.err += text) },
    env,
  };
  return { code: await main(argv, terminal), ...said };
}

/** How many tickets of a demo have a row in its base. */
async function rowsIn(folder: string): Promise<number> {
  const connection = await openDatabase({ url: undefined, dataFolder: folder });
  try {
    return await connection.queries.$count(tickets, isNotNull(tickets.rowId));
  } finally {
    await connection.close();
  }
}

describe('tabledesk demo', () => {
  const at = { folder: '', calls: 0, server: undefined as Server | undefined };

  beforeEach(async () => {
    at.folder = await mkdtemp(join(tmpdir(), 'tabledesk-demo-'));
    at.calls = 0;
    at.server = createServer((socket) => {
      at.calls += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => at.server?.listen(0, '127.0.0.1', listening));
  });
  afterEach(async () => {
    await new Promise((closed) => at.server?.close(closed));
    await rm(at.folder, { recursive: true, force: true });
  });

  /** The real thing, as far as a demo could reach it: a mail server and a database that count who calls. */
  function realWorld(): Record<string, string> {
    const address = at.server?.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'desk@example.com',
      DATABASE_URL: `postgres://127.0.0.1:${port}/real`,
      TABLEDESK_DATA: at.folder,
    };
  }

  it(
    'fills the folder demo beside the real data, anew where that was broken off, calls nobody, and leaves it as it is the next time',
    {
      timeout: 120_000,
    },
    async () => {
      const folder = join(at.folder, 'demo');
      markDemo(folder, { seed: 1, days: 1, end: '2026-11-18T14:20:00Z', isWhole: false });
      const first = await run(['demo', '--days', '1', '--no-serve'], realWorld());
      expect(first).toMatchObject({ code: 0, err: '' });
      const [anew, played] = first.out.split('\n');
      expect(anew).toBe(`The demo in ${folder} was broken off; it is made anew.`);
      expect(played).toMatch(/^Playing 1 day of a help desk: \d+ tickets\.$/);
      expect(await readdir(at.folder)).toEqual(['demo']);
      expect(findDemo(folder)).toMatchObject({ days: 1, isWhole: true });

      const second = await run(['demo', '--no-serve'], realWorld());
      expect(second.out).toMatch(/^There is a demo in .+ already; its history ends on \d{4}-\d\d-\d\d\.\n/);
      expect(at.calls).toBe(0);
    },
  );

  it.each([
    ['Airtable', 'airtable', /\n {2}kind: airtable\n {2}settings:\n {4}base: app\w{14} # Bramble support\n/],
    ['Notion', 'notion', /\n {2}kind: notion\n {2}settings:\n {4}dataSource: [\da-f-]{36} # Tickets\n/],
  ])(
    'lives in a simulated %s when told to, made by the same steps as a real one, with a row for each ticket',
    { timeout: 120_000 },
    async (_, store, written) => {
      const { code, out, err } = await run(['demo', '--store', store, '--days', '1', '--no-serve'], realWorld());
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const [, played] = /^Playing 1 day of a help desk: (\d+) tickets\.\n$/.exec(out) ?? [];
      const folder = join(at.folder, `demo-${store}`);
      expect(await readFile(join(folder, 'config/desk.yaml'), 'utf8')).toMatch(written);
      expect(await rowsIn(folder)).toBe(Number(played));
      expect(at.calls).toBe(0);
    },
  );

  it('refuses a folder that holds a desk', async () => {
    await mkdir(join(at.folder, 'database'));
    const refused = await run(['demo', '--data', at.folder, '--no-serve']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('holds a desk that is no demo; it is left alone.');
    expect(existsSync(join(at.folder, 'demo.json'))).toBe(false);
  });

  it.each(['0', '1000', 'many'])('refuses %s days', async (days) => {
    const refused = await run(['demo', '--data', at.folder, '--days', days]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('It is a whole number from 1 to 365.');
  });
});
