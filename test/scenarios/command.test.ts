import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';
import { childEnvironment, COMMAND, STARTER_CONFIG } from '../support/service-process.ts';

type Variables = Readonly<Record<string, string>>;

interface Said {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command line within this process. */
async function run(argv: readonly string[], env: Variables = {}): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await main(argv, {
    stdout: { write: (part) => void (said.out += part) },
    stderr: { write: (part) => void (said.err += part) },
    env: { TABLEDESK_CONFIG: STARTER_CONFIG, ...env },
  });
  return { code, ...said };
}

/** Runs the real command, which is to end by itself. */
async function runProcess(argv: readonly string[], given: { cwd: string; env: Variables }): Promise<Said> {
  const child = spawn(process.execPath, [COMMAND, ...argv], { cwd: given.cwd, env: childEnvironment(given.env) });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, out, err };
}

describe('tabledesk check', () => {
  it('has nothing to say about the starter config', async () => {
    expect(await run(['check'])).toEqual({ code: 0, out: 'The config is in order.\n', err: '' });
  });

  it('says of each mistake where it is, what was expected and what was meant', async () => {
    const { file, broken, findings } = await checkBroken((triage) =>
      triage
        .replace('severity: medium', 'severity: medum')
        .replace('    why: Money has moved or should have, and only billing can see where it went.\n', ''),
    );
    const rule = placeOf(broken, 'name: Failed payment goes to billing');
    const severity = placeOf(broken, 'medum');
    expect(findings).toEqual({
      code: 1,
      out:
        `${file}:${rule} rules.1.why: is missing; add it. One sentence: why the rule is there. For example: Only finance can mend a payment.\n` +
        `${file}:${severity} rules.2.then.severity: "medum" is not a severity; did you mean "medium"? Allowed: informational, low, medium, high, critical.\n` +
        '2 errors, 0 warnings.\n',
      err: '',
    });
  });

  it('knows the names that one place gives and another uses', async () => {
    const { file, broken, findings } = await checkBroken((triage) =>
      triage.replace('category: bug', 'category: bgu').replace('reviewQueue: review', 'reviewQueue: revue'),
    );
    expect(findings).toEqual({
      code: 1,
      out:
        `${file}:${placeOf(broken, 'revue')} reviewQueue: "revue" is not a queue; did you mean "review"? Allowed: support, billing, technical, review.\n` +
        `${file}:${placeOf(broken, 'bgu')} rules.0.then.category: "bgu" is not a category; did you mean "bug"? Allowed: billing, bug, question.\n` +
        '2 errors, 0 warnings.\n',
      err: '',
    });
  });
});

/** What the command says of the starter config once its triage.yaml was changed so. */
async function checkBroken(change: (triage: string) => string) {
  const { configFolder, remove } = await deskFolders('empty');
  const file = join(configFolder, 'triage.yaml');
  const broken = change(await readFile(file, 'utf8'));
  await writeFile(file, broken);
  const findings = await run(['check', configFolder]);
  await remove();
  return { file, broken, findings };
}

/** `line:column` of some words, both counted from 1. */
function placeOf(text: string, words: string): string {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe('beside a service that runs', () => {
  let desk: RunningDesk;
  beforeAll(async () => {
    desk = await aRunningDesk();
    await desk.post({
      name: 'Greta',
      email: 'greta@example.com',
      subject: 'Paid twice',
      message: 'Payment failed twice.',
    });
    await desk.ticketAbout('Paid twice');
    await desk.settled();
  });
  afterAll(() => desk.remove());

  it('refuses to start a second one on its data folder', async () => {
    const { dataFolder, configFolder } = desk;
    const env = { PORT: '0', TABLEDESK_CONFIG: configFolder, TABLEDESK_DATA: dataFolder };
    expect(await runProcess(['start'], { cwd: dataFolder, env })).toEqual({
      code: 1,
      out: '',
      err:
        `The data folder ${dataFolder} is in use by process ${process.pid}.\n` +
        'Stop that process, or give this one a folder of its own with TABLEDESK_DATA.\n',
    });
  }, 60_000);

  it('explains a ticket by its decisions, and says the same when the service has stopped', async () => {
    const running = await run(['explain', 'T-1001'], { TABLEDESK_DATA: desk.dataFolder });
    expect(running).toMatchObject({ code: 0, err: '' });
    const [first, second] = running.out.split('\n');
    expect(first).toBe('T-1001 Paid twice');
    expect(second).toMatch(/^(new|open), high, billing; owner (billing|Ana Torres|Chloe Martin)$/);
    expect(running.out).toContain(
      'Billing, because the text says “Payment failed” (rule Failed payment goes to billing).',
    );
    expect(running.out).toContain('rule "Failed payment goes to billing" of finance lead');

    expect(await run(['explain', '1002'], { TABLEDESK_DATA: desk.dataFolder })).toEqual({
      code: 1,
      out: '',
      err: 'There is no ticket with the number 1002.\nLook the number up in the console, or in the acknowledgement.\n',
    });

    await desk.stop();
    expect(await run(['explain', '1001'], { TABLEDESK_DATA: desk.dataFolder })).toEqual(running);

    // As after kill -9, when the port has gone to another program.
    const asked: unknown[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.headers);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await writeFile(join(desk.dataFolder, 'service.json'), JSON.stringify({ address: `http://127.0.0.1:${port}` }));
    expect(await run(['explain', '1001'], { TABLEDESK_DATA: desk.dataFolder })).toEqual(running);
    expect(asked).toEqual([]);
    stranger.close();
  }, 60_000);
});

describe('tabledesk', () => {
  it('lists its commands', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const command of ['start', 'check', 'explain']) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.each([
    [['frobnicate'], "error: unknown command 'frobnicate'"],
    [['check', '--loudly'], "error: unknown option '--loudly'"],
    [['explain'], "error: missing required argument 'ticket'"],
    [['explain', 'my ticket'], 'A ticket is named by its number, such as T-1042.'],
  ])('ends with 2 when it is called as %j', async (argv, said) => {
    const { code, out, err } = await run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
  });
});

describe('tabledesk start', () => {
  it('refuses a port on which somebody else listens', async () => {
    const folders = await deskFolders();
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const env = {
      PORT: String(port),
      HOST: '127.0.0.1',
      TABLEDESK_CONFIG: folders.configFolder,
      TABLEDESK_DATA: folders.dataFolder,
    };
    const { code, err } = await runProcess(['start'], { cwd: folders.dataFolder, env });
    expect(code).toBe(1);
    expect(err).toContain(
      `Nothing can be served on port ${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}.\n` +
        'Stop what listens there, or choose another port with PORT.\n',
    );
    await new Promise((closed) => other.close(closed));
    await folders.remove();
  }, 60_000);
});
