import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { serveAirtable } from '../../../simulators/airtable/index.ts';
import { aSupportBase } from '../../support/airtable/a-support-base.ts';

async function aServedBase() {
  const desk = aSupportBase();
  const served = await serveAirtable(desk.airtable);
  onTestFinished(served.close);
  const headers = { authorization: `Bearer ${desk.token}` };
  return { ...desk, ...served, headers };
}

describe('the simulator on a port', () => {
  it('listens on loopback, and dates its answers by its own clock', async () => {
    const { address, base, headers } = await aServedBase();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${address}/v0/${base.id}/Tickets`, { headers });
    expect(await response.json()).toEqual({ records: [] });
    expect(response.headers.get('date')).toBe('Sat, 21 Nov 2026 09:00:00 GMT');
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('refuses a long URL itself, before Node does', async () => {
    const { address, base, headers } = await aServedBase();
    const url = `${address}/v0/${base.id}/Tickets?filterByFormula=${'1'.repeat(20_000)}`;
    expect((await fetch(url, { headers })).status).toBe(414);
  });

  it('takes uploads at an address of their own, and gives the files back', async () => {
    const { airtable, contentAddress, base, table, headers } = await aServedBase();
    const id = airtable.people.type('Tickets', { Ticket: 'a' });
    const response = await fetch(`${contentAddress}/v0/${base.id}/${id}/${table.fields['Files']}/uploadAttachment`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ contentType: 'text/plain', filename: 'a b.txt', file: 'aGVsbG8=' }),
    });
    const Told = z.object({ fields: z.record(z.string(), z.tuple([z.object({ url: z.url() })])) });
    const [file] = Object.values(Told.parse(await response.json()).fields).flat();
    const download = await fetch(file?.url ?? '');
    expect(await download.text()).toBe('hello');
    expect(download.headers.get('content-type')).toBe('text/plain');
  });

  it('pings webhooks by itself', async () => {
    const { airtable, ask, base } = await aServedBase();
    const pinged = Promise.withResolvers<string>();
    const listener = createServer((incoming, outgoing) => {
      pinged.resolve(String(incoming.headers['x-airtable-content-mac']));
      outgoing.writeHead(204).end();
    });
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void listener.close());
    const bound = listener.address();
    const port = typeof bound === 'object' ? bound?.port : 0;
    await ask('POST', `/bases/${base.id}/webhooks`, {
      notificationUrl: `http://127.0.0.1:${port}/ping`,
      specification: { options: { filters: { dataTypes: ['tableData'] } } },
    });
    airtable.people.type('Tickets', { Ticket: 'a' });
    expect(await pinged.promise).toMatch(/^hmac-sha256=[0-9a-f]{64}$/);
  });

  it('is gone when it is closed', async () => {
    const desk = aSupportBase();
    const { address, close } = await serveAirtable(desk.airtable);
    await fetch(`${address}/v0/meta/whoami`);
    await close();
    await expect(fetch(`${address}/v0/meta/whoami`)).rejects.toThrow('fetch failed');
  });
});
