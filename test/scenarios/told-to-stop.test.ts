import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startChild } from '../support/child.ts';
import { beginServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { until } from '../support/until.ts';

it.each([
  // What the service makes first of all, and what it does last before it is ready.
  ['while it starts', 'secrets.env'],
  ['at the moment at which it is ready', 'service.json'],
])('a service that is told to stop %s ends well', async (_when, sign) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tabledesk-scenario-'));
  const service = await beginServiceProcess({ dataFolder });
  try {
    await until(`there is ${sign}`, () => existsSync(join(dataFolder, sign)));
    expect(await service.stop()).toBe(0);
    const said = await readFile(join(dataFolder, 'output.txt'), 'utf8');
    expect(said).toContain('Stopping: what is under way is ended first.');
    expect(said).not.toContain('"level":"error"');
  } finally {
    await service.kill();
    await rm(dataFolder, { recursive: true, force: true });
  }
});

it('a service that is told to stop says so to load balancers at once, and serves what they still send', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tabledesk-scenario-'));
  const service = await startServiceProcess({ dataFolder, variables: { STOP_GRACE_SECONDS: '5' } });
  try {
    const ended = service.stop();
    const answer = await until('it is stopping', async () => {
      const ready = await fetch(`${service.address}/readyz`);
      return ready.ok ? null : ready;
    });
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ status: 'stopping' })]);
    const body = new URLSearchParams({ message: 'My card was charged twice.' });
    const sent = await fetch(`${service.address}/hooks/website`, { method: 'POST', body });
    expect([sent.status, sent.headers.get('connection')]).toEqual([202, 'close']);
    expect(await ended).toBe(0);
  } finally {
    await service.kill();
    await rm(dataFolder, { recursive: true, force: true });
  }
});

it('a service that is told to stop ends although some of its work never would', async () => {
  const child = await startChild('stuck-service.ts');
  process.kill(child.pid, 'SIGTERM');
  expect(await child.ended()).toBe(0);
});
