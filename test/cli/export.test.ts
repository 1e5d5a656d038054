import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORTS } from '../../src/reports/export/export.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';

describe('the command export', () => {
  const world = {} as { line: CommandLine };
  beforeAll(async () => {
    world.line = await aCommandLine({});
  });
  afterAll(() => world.line.remove());

  it('prints the same by itself as through the service that has the data folder', async () => {
    const { line } = world;
    const alone = await line.run(['export', 'tickets', '--from', '2026-01-01', '--to', '2026-12-31']);
    expect(alone).toMatchObject({ code: 0, err: '' });
    expect(alone.out).toMatch(/^\uFEFFticket_key,number,subject,.*\r\n$/);
    const service = await line.start();
    try {
      expect(await line.run(['export', 'tickets', '--from', '2026-01-01', '--to', '2026-12-31'])).toEqual(alone);
    } finally {
      await service.stop();
    }
  });

  it('writes all tables into a folder, with the playbook beside them', async () => {
    const folder = join(world.line.cwd, 'out');
    const { code, out } = await world.line.run(['export', '--folder', folder, '--format', 'jsonl']);
    const files = [...EXPORTS.map((what) => `${what}.jsonl`), 'playbook.md'];
    expect({ code, out }).toEqual({ code: 0, out: files.map((file) => `${join(folder, file)}\n`).join('') });
    expect((await readdir(folder)).toSorted()).toEqual(files.toSorted());
    const [first = ''] = (await readFile(join(folder, 'figures.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(first)).toMatchObject({ figure: 'opened', by: '', value: 0, tickets: 0 });
    expect(await readFile(join(folder, 'playbook.md'), 'utf8')).toMatch(/^# /);
  });

  it.each([
    [['export'], 'say what to print (tickets, stays, decisions, messages, figures), or give --folder'],
    [['export', 'customers'], 'Allowed choices are tickets, stays, decisions, messages, figures'],
    [['export', 'tickets', '--format', 'xlsx'], 'Allowed choices are csv, jsonl'],
    [['export', 'tickets', '--from', 'monday'], 'A day is written as 2026-01-31.'],
    [['export', 'tickets', '--from', '2026-01-01'], '--from and --to go together'],
    [['export', 'tickets', '--from', '2026-02-01', '--to', '2026-01-01'], '--from is a day before --to'],
  ])('refuses %j', async (argv, says) => {
    const { code, out, err } = await world.line.run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});
