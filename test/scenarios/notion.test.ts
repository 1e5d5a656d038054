import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotion, serveNotion } from '../../simulators/notion/index.ts';
import { aCommandLine } from '../support/command-line.ts';
import { until } from '../support/until.ts';

/** A simulated Notion with one page that is shared, and a desk that knows nothing of it yet. */
async function aWorld() {
  const notion = createNotion({ plan: 'business' });
  notion.addUser({ name: 'Lea', email: 'lea@example.com' });
  const page = notion.addPage('Help desk');
  const served = await serveNotion(notion);
  const commandLine = await aCommandLine({ NOTION_BASE_URL: served.address });
  return {
    ...commandLine,
    notion,
    page,
    token: notion.addConnection({ shared: [page] }),
    rows: () => notion.people.rows('Tickets').map(({ id, fields }) => ({ id, ...fields })),
    async drop() {
      await served.close();
      await commandLine.remove();
    },
  };
}

describe('a desk in Notion, from an empty page on', () => {
  const at: { world: Awaited<ReturnType<typeof aWorld>> | null } = { world: null };
  beforeAll(async () => void (at.world = await aWorld()));
  afterAll(() => at.world?.drop());

  function world() {
    if (at.world === null) throw new Error('The world was not made.');
    return at.world;
  }

  it('is refused in a script that does not say what it must, and nothing is written', async () => {
    const { run, token, env, notion } = world();
    const file = join(env.TABLEDESK_CONFIG, 'desk.yaml');
    const before = await readFile(file, 'utf8');
    expect(await run(['connect', 'notion'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('  2. Under "Capabilities" tick these, and save:\n') as unknown,
      err: expect.stringContaining('Set NOTION_TOKEN in the environment or in .env.') as unknown,
    });
    expect(await run(['connect', 'notion'], { NOTION_TOKEN: token })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Say it with --database, one of: new (Make a new one)') as unknown,
    });
    expect(await run(['connect', 'notion', '--yes'], { NOTION_TOKEN: notion.addConnection() })).toMatchObject({
      code: 1,
      err: expect.stringContaining('no page is shared with the connection') as unknown,
    });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('is connected by one command, which checks itself and leaves no secret in the config', async () => {
    const { run, token, page, env, cwd, notion } = world();
    const link = `https://www.notion.so/Help-desk-${page.replaceAll('-', '')}`;
    const argv = ['connect', 'notion', '--page', link, '--new-database', 'Tickets', '--plan', 'business', '--yes'];
    const { code, out, err } = await run(argv, { NOTION_TOKEN: token });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('✓ Notion       It lets us in, and has everything that we need.\n');
    expect(out).toContain(
      'i Notion       Comments that people write on the page of a ticket are not read, as the connection may not.\n',
    );
    const made = notion.database('Tickets');
    expect(out).toContain(`The database is at https://www.notion.so/${made.id.replaceAll('-', '')}\n`);
    expect(out).not.toContain(token);
    const desk = await readFile(join(env.TABLEDESK_CONFIG, 'desk.yaml'), 'utf8');
    expect(desk).toContain(`  kind: notion\n  settings:\n    dataSource: ${made.dataSourceId} # Tickets\n`);
    expect(desk).not.toContain(token);
    // What the environment has already is not written a second time.
    await expect(stat(join(cwd, '.env'))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 60_000);

  it('is mended by `doctor --fix`, and told what is left to be done by hand', async () => {
    const { run, token, notion } = world();
    notion.designers.removeProperty('Tickets', 'Reply');
    notion.designers.removeOption('Tickets', 'Status', 'Closed');
    notion.designers.addOption('Tickets', 'Status', { name: 'Closed', group: 'To-do' });
    const { code, out } = await run(['doctor', '--fix'], { NOTION_TOKEN: token });
    expect(code).toBe(0);
    expect(out).toContain('Mended:\n✓ Notion  Added the property "Reply".\n');
    expect(out).toContain('! Notion       The property "Status" has "Closed" not in the group Complete.\n');
    notion.designers.removeOption('Tickets', 'Status', 'Closed');
    notion.designers.addOption('Tickets', 'Status', { name: 'Closed', group: 'Complete' });
    expect((await run(['doctor'], { NOTION_TOKEN: token })).out).toContain('✓ Notion       It lets us in');
  }, 60_000);

  it('takes a request to a row, a person’s edit to the ticket, and finds itself again in the database', async () => {
    const { run, token, start, rows, notion, env } = world();
    Object.assign(env, { NOTION_TOKEN: token });
    const service = await start();
    const request = {
      name: 'Greta',
      email: 'greta@example.com',
      subject: 'Paid twice',
      message: 'Payment failed twice.',
    };
    await fetch(`${service.address}/hooks/website`, { method: 'POST', body: new URLSearchParams(request) });
    const row = await until('the row', () => rows().find((each) => 'Subject' in each && 'Owner' in each), {
      seconds: 60,
    });
    expect(row).toMatchObject({ Subject: 'Paid twice', Category: 'billing', Priority: 'High', Number: 1001 });
    await service.stop();

    notion.people.edit('Tickets', row.id, { Priority: 'Low' });
    await rm(env.TABLEDESK_DATA, { recursive: true });
    const resynced = await run(['resync']);
    expect(resynced).toMatchObject({ code: 0, err: '' });
    expect(resynced.out).toBe(
      'Reading the base: done.\n  1 ticket restored from the base\n  1 ticket changed in the base and taken over\n',
    );
    const explained = await run(['explain', 'T-1001']);
    expect(explained.out).toContain('T-1001 Paid twice\n');
    expect(explained.out).toMatch(/^\w+, low, billing; owner /m);
    expect((await run(['resync'])).out).toBe('Reading the base: done.\nEverything was as it should be.\n');
  }, 120_000);
});
