import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { readAudit } from '../../src/db/audit.ts';
import { openDatabase } from '../../src/db/open.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';

const CSV =
  'Created,Resolved,Reassignments\n2026-03-12 10:00,2026-03-12 12:00,1\n2026-03-13 10:00,2026-03-13 11:00,0\n';

async function run(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const said = { out: '', err: '' };
  const terminal = {
    stdout: { write: (text: string) => void (said.out += text) },
    stderr: { write: (text: string) => void (said.err += text) },
    env,
  };
  return { code: await main(argv, terminal), ...said };
}

describe('tabledesk baseline', () => {
  const world = {} as { desk: RunningDesk; file: string };
  beforeAll(async () => {
    world.desk = await aRunningDesk();
    world.file = join(world.desk.dataFolder, 'old.csv');
    await writeFile(world.file, CSV);
  });
  afterAll(() => world.desk.remove());

  const env = () => ({ TABLEDESK_CONFIG: world.desk.configFolder, TABLEDESK_DATA: world.desk.dataFolder });

  it('imports by the service that runs, and report value compares with it', async () => {
    const imported = await run(['baseline', 'import', world.file, '--source', 'The old desk'], env());
    expect(imported).toEqual({
      code: 0,
      err: '',
      out: '2 tickets of the time before are there to compare with.\nSee npx tabledesk report value, or the page Value of the reports.\n',
    });
    const { out } = await run(['report', 'value', '--json'], env());
    expect(JSON.parse(out)).toMatchObject({
      baseline: [{ by: 'imported', source: 'The old desk', from: '2026-03-12', until: '2026-03-13', tickets: 2 }],
      comparisons: [
        { figure: 'first_reply_median', before: null },
        { figure: 'first_reply_kept', before: null },
        { figure: 'resolution_median', before: { value: 90, tickets: 2 }, now: null },
        { figure: 'reassignments', before: { value: 0.5, tickets: 2 } },
      ],
    });
    expect((await run(['report', 'value'], env())).out).toContain(
      '| Solution, median | 1 h 30 min, 2 tickets | not known |',
    );
  });

  it('forgets what was imported', async () => {
    expect(await run(['baseline', 'forget'], env())).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse((await run(['report', 'value', '--json'], env())).out)).toMatchObject({ baseline: [] });
  });

  it('imports nothing of a file with mistakes, and says where they are', async () => {
    await writeFile(world.file, 'created,resolved\nyesterday,\n');
    expect(await run(['baseline', 'import', world.file], env())).toEqual({
      code: 1,
      out: '',
      err: [
        'Nothing was imported, as the file has mistakes:',
        '  line 2, column created: "yesterday" is not a moment, such as 2026-03-12 10:05',
        'Mend them and import it again; a cell that nobody knows may be empty.\n',
      ].join('\n'),
    });
  });

  it('refuses what is no file, and a column that is named wrongly', async () => {
    const missing = await run(['baseline', 'import', `${world.file}.no`], env());
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('cannot be read: ENOENT')]);
    const wrong = await run(['baseline', 'import', world.file, '--column', 'created'], env());
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('our name of a column, = and theirs')]);
  });

  it('imports without a service, too', async () => {
    const folders = await deskFolders();
    const alone = { TABLEDESK_CONFIG: folders.configFolder, TABLEDESK_DATA: folders.dataFolder };
    await writeFile(world.file, CSV);
    expect(await run(['baseline', 'import', world.file], alone)).toMatchObject({ code: 0 });
    expect((await run(['report', 'value'], alone)).out).toContain('2 tickets from 12 Mar 2026 to 13 Mar 2026, old.csv');
    const connection = await openDatabase({ url: undefined, dataFolder: folders.dataFolder });
    const [noted] = await readAudit(connection.queries, { person: null, kind: null, before: null }, 2);
    expect(noted).toMatchObject({ act: 'baseline_imported', by: 'command', access: 'admin', address: null });
    await connection.close();
    await folders.remove();
  });
});
