import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { startServiceProcess } from '../support/service-process.ts';

it.skipIf(process.platform !== 'linux')(
  'a service whose log is on a full disk takes requests, and ends well when it is told to',
  async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'tabledesk-scenario-'));
    await cp(inject('pgliteTemplate'), dataFolder, { recursive: true });
    const service = await startServiceProcess({ dataFolder, output: '/dev/full' });
    try {
      const answer = await fetch(`${service.address}/hooks/website`, {
        method: 'POST',
        body: new URLSearchParams({ email: 'greta@example.com', subject: 'Printer', message: 'It burns.' }),
        redirect: 'manual',
      });
      expect(answer.ok || answer.status === 303).toBe(true);
      await service.settled();
      const { tickets } = await service.api<{ tickets: { subject: string }[] }>('/api/tickets');
      expect(tickets.map(({ subject }) => subject)).toEqual(['Printer']);
      expect(await service.stop()).toBe(0);
    } finally {
      await service.kill();
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
);
