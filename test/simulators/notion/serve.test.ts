import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { serveNotion } from '../../../simulators/notion/index.ts';
import { aSupportWorkspace } from '../../support/notion/a-support-workspace.ts';

async function aServedWorkspace() {
  const desk = aSupportWorkspace({ aggregationMs: 0 });
  const served = await serveNotion(desk.notion);
  onTestFinished(served.close);
  const headers = { authorization: `Bearer ${desk.token}`, 'notion-version': '2026-03-11' };
  return { ...desk, ...served, headers };
}

describe('the simulator on a port', () => {
  it('listens on loopback, and dates its answers by its own clock', async () => {
    const { address, pageId, headers } = await aServedWorkspace();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${address}/v1/pages/${pageId}`, { headers });
    expect(await response.json()).toMatchObject({ object: 'page', id: pageId });
    expect(response.headers.get('date')).toBe('Sat, 21 Nov 2026 09:00:00 GMT');
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('gives files back', async () => {
    const { notion, address, headers } = await aServedWorkspace();
    const id = notion.people.paste('Tickets', {});
    const bytes = new TextEncoder().encode('hello');
    notion.people.attach('Tickets', id, { property: 'Files', filename: 'a b.txt', type: 'text/plain', bytes });
    const response = await fetch(`${address}/v1/pages/${id}`, { headers });
    const Told = z.object({
      properties: z.object({ Files: z.object({ files: z.tuple([z.object({ file: z.object({ url: z.url() }) })]) }) }),
    });
    const [{ file }] = Told.parse(await response.json()).properties.Files.files;
    const download = await fetch(file.url);
    expect([await download.text(), download.headers.get('content-type')]).toEqual(['hello', 'text/plain']);
  });

  it('delivers webhooks by itself', async () => {
    const { notion, token } = await aServedWorkspace();
    const came = [Promise.withResolvers<Heard>(), Promise.withResolvers<Heard>()] as const;
    const waiting = [...came];
    const listener = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const signature = incoming.headers['x-notion-signature'];
        waiting.shift()?.resolve({ text: Buffer.concat(chunks).toString(), signature });
        outgoing.writeHead(204).end();
      });
    });
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void listener.close());
    const bound = listener.address();
    const port = typeof bound === 'object' ? bound?.port : 0;
    const id = notion.webhooks.subscribe({ token, url: `http://127.0.0.1:${port}/webhook` });
    const { text } = await came[0].promise;
    const { verification_token } = z.object({ verification_token: z.string() }).parse(JSON.parse(text));
    expect(notion.webhooks.verify(id, verification_token)).toBe(true);
    notion.people.paste('Tickets', {});
    expect(await came[1].promise).toMatchObject({
      text: expect.stringContaining('"type":"page.created"'),
      signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
    });
  });

  it('is gone when it is closed', async () => {
    const { address, close } = await serveNotion(aSupportWorkspace().notion);
    await fetch(`${address}/v1/users/me`);
    await close();
    await expect(fetch(`${address}/v1/users/me`)).rejects.toThrow('fetch failed');
  });
});

interface Heard {
  text: string;
  signature: string | string[] | undefined;
}
