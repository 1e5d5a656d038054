import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../../src/main.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';
import { until } from '../support/until.ts';

describe('tabledesk person', () => {
  const world = {} as { line: CommandLine; service: Service };
  beforeAll(async () => {
    world.line = await aCommandLine({ TABLEDESK_TOKEN: 'the token of the tests' });
    world.service = await world.line.start();
    const body = new URLSearchParams({
      name: 'Greta',
      email: 'greta@example.com',
      subject: 'Trombone',
      message: 'Help.',
    });
    await fetch(`${world.service.address}/hooks/website`, { method: 'POST', body });
    await until('there is a ticket', async () => (await shown()).includes('"number"'));
  });
  afterAll(async () => {
    await world.service.stop();
    await world.line.remove();
  });

  async function shown(): Promise<string> {
    return (await world.line.run(['person', 'show', 'greta@example.com'])).out;
  }

  it('shows what is held while the service has the database, in a file that nobody else reads', async () => {
    const file = join(world.line.cwd, 'greta.json');
    const { code, out } = await world.line.run(['person', 'show', 'greta@example.com', '--file', file]);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining(': 1 ticket, 1 message') as unknown,
    });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      knownAs: ['greta@example.com'],
      names: ['Greta'],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('says what it would erase, and asks before it does', async () => {
    const argv = ['person', 'erase', 'greta@example.com'];
    const tried = await world.line.run([...argv, '--dry-run']);
    expect(tried.out).toMatch(
      /^Known as greta@example\.com\.\nTo erase: T-1001\.\nWith them: 1 message, 1 request as received/,
    );
    expect(tried.out).toContain('Still open: T-1001; nobody can answer it after that.\n');
    expect(await world.line.run(argv)).toMatchObject({
      code: 1,
      err: 'Nobody sits here to be asked: Erase it? Nobody can bring it back.\nSay yes with --yes.\n',
    });
    expect(await shown()).toContain('Trombone');
  });

  it('names the places in the config where they stand still', async () => {
    const file = join(world.line.env.TABLEDESK_CONFIG, 'customers.yaml');
    await writeFile(file, 'aliases:\n  - [greta@example.com, greta@elsewhere.example]\n');
    const { out } = await world.line.run(['person', 'erase', 'Greta@Example.com', '--dry-run']);
    await rm(file);
    expect(out).toContain('The config names them still; take that out by hand: customers.yaml:2.\n');
  });

  it('erases through the service, and afterwards without it', async () => {
    const argv = ['person', 'erase', 'greta@example.com', '--yes'];
    expect((await world.line.run(argv)).out).toContain('Erased: T-1001.\n');
    expect(await shown()).not.toContain('Trombone');
    await world.service.stop();
    expect((await world.line.run(argv)).out).toContain('There is no ticket of theirs.\n');
    expect(await world.line.run(['person', 'show', 'Greta'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('"Greta" names nobody.') as unknown,
    });
  });
});
