import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = resolve(import.meta.dirname, '../../bin');

/** Makes a Node say that it is an old one. */
const OLD = [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`,
];

/** A command line in place of ours: it tells what it was given, then does what it was told. */
const STAND_IN = `
export async function main(argv: readonly string[]): Promise<number> {
  console.log(JSON.stringify({ node: process.versions.node, argv }));
  if (argv[0] === 'env') console.log(JSON.stringify([process.env['TOY_ONE'], process.env['TOY_TWO']]));
  if (argv[0] === 'wait') return new Promise((end) => {
    const open = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => { clearInterval(open); end(40); });
    console.log('waiting');
  });
  return 7;
}`;

describe.skipIf(process.platform === 'win32')('the command', () => {
  const toy = { folder: '', bare: '' };

  beforeAll(async () => {
    toy.folder = await plantToy();
    toy.bare = await plantToy();
    await mkdir(join(toy.folder, 'node_modules/node/bin'), { recursive: true });
    await symlink(process.execPath, join(toy.folder, 'node_modules/node/bin/node'));
  });
  afterAll(() => Promise.all([toy.folder, toy.bare].map((folder) => rm(folder, { recursive: true }))));

  it('runs on the Node that it was started with when that is new enough', async () => {
    const run = await finish(start(toy.bare, [], ['check', '--all']));
    expect(run).toEqual({ code: 7, out: says(['check', '--all']), err: '' });
  });

  it('hands over from an old Node to the one that was installed, with arguments and exit code', async () => {
    const run = await finish(start(toy.folder, OLD, ['check', '--all']));
    expect(run).toEqual({ code: 7, out: says(['check', '--all']), err: '' });
  });

  it('reads a file .env beside it, and lets the environment have the last word', async () => {
    await writeFile(join(toy.folder, '.env'), 'TOY_ONE=from the file\nTOY_TWO=from the file\n');
    const child = spawn(process.execPath, [join(toy.folder, 'bin/tabledesk.js'), 'env'], {
      cwd: toy.folder,
      env: { ...process.env, TOY_TWO: 'from outside' },
    });
    expect((await finish(child)).out).toContain('["from the file","from outside"]');
  });

  it('passes a signal on, and waits for the end that follows', async () => {
    const child = start(toy.folder, OLD, ['wait']);
    const whole = finish(child);
    await said(child, 'waiting');
    child.kill('SIGTERM');
    expect((await whole).code).toBe(40);
  });

  it('says what to do when there is no Node to hand over to', async () => {
    const run = await finish(start(toy.bare, OLD, ['check']));
    expect(run.code).toBe(1);
    expect(run.err).toBe(
      'Tabledesk needs Node 26, and this is Node 20.20.2.\n' +
        'Run `npm ci` in its folder, which brings the right one along, or install Node 26 or later.\n',
    );
  });
});

function says(argv: readonly string[]): string {
  return `${JSON.stringify({ node: process.versions.node, argv })}\n`;
}

async function plantToy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-command-'));
  await cp(BIN, join(folder, 'bin'), { recursive: true });
  await mkdir(join(folder, 'src/cli'), { recursive: true });
  await writeFile(join(folder, 'src/cli/index.ts'), STAND_IN);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

function start(
  folder: string,
  nodeOptions: readonly string[],
  argv: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...nodeOptions, join(folder, 'bin/tabledesk.js'), ...argv]);
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<{ code: unknown; out: string; err: string }> {
  const ended = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, out, err };
}

function said(child: ChildProcessWithoutNullStreams, word: string): Promise<void> {
  return new Promise((heard) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes(word)) heard();
    });
  });
}
