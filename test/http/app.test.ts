import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';

describe('every answer', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection);
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('carries headers that keep a browser from doing harm', async () => {
    const { headers } = await fetch(`${server.address}/healthz`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('bears the id under which the log has it: ours, or that of a proxy when it looks like one', async () => {
    const ours = await fetch(`${server.address}/nothing-1`);
    const theirs = await fetch(`${server.address}/nothing-2`, { headers: { 'x-request-id': 'abc-123' } });
    const forged = await fetch(`${server.address}/nothing-3`, { headers: { 'x-request-id': 'a b"c' } });
    const id = ours.headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.log.some((line) => line.includes(id) && line.includes('/nothing-1'))).toBe(true);
    expect(theirs.headers.get('x-request-id')).toBe('abc-123');
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is a page for a browser and JSON for everybody else, when there is nothing', async () => {
    const page = await fetch(`${server.address}/nothing`, { headers: { accept: 'text/html' } });
    const json = await fetch(`${server.address}/nothing`);
    expect([page.status, json.status]).toEqual([404, 404]);
    expect(await page.text()).toContain('There is nothing at this address.');
    expect(await json.json()).toMatchObject({ error: { code: 'http.unknown-address', fix: expect.any(String) } });
  });

  it('tells of an address that cannot be read, without a stack', async () => {
    const response = await fetch(`${server.address}/hooks/%E0%A4%A`, { method: 'POST', body: 'x' });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('http.bad-request');
    expect(text).not.toContain('node_modules');
  });
});

describe('what machines ask', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('postgres');
    server = await aServer(database.connection);
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('is answered: figures by channel and state, with no names but ours', async () => {
    await fetch(`${server.address}/hooks/website`, { method: 'POST', body: new URLSearchParams({ message: 'one' }) });
    await fetch(`${server.address}/hooks/website`, { method: 'POST', body: new URLSearchParams({ message: 'one' }) });
    await fetch(`${server.address}/hooks/invented-name`, { method: 'POST', body: 'x' });
    const text = await (await fetch(`${server.address}/metrics`)).text();
    expect(text).toContain('tabledesk_inbox_requests_total{channel="website",status="202"} 1');
    expect(text).toContain('tabledesk_inbox_requests_total{channel="website",status="200"} 1');
    expect(text).toContain('tabledesk_inbox_repeats_total{channel="website"} 1');
    expect(text).toContain('tabledesk_inbox_requests_total{channel="unknown",status="503"} 1');
    expect(text).toContain('tabledesk_inbox_requests{state="waiting"} 1');
    expect(text).toContain('tabledesk_database_up 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('invented-name');
  });

  it('says ready while the database answers, and alive even when it does not', async () => {
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    await database.connection.close();
    const ready = await fetch(`${server.address}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'not ready', database: 'not reachable' });
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.address}/metrics`)).text()).toContain('tabledesk_database_up 0');
  });

  it('asks senders to try again while the database is down, and tells them nothing of it (A-002)', async () => {
    await database.connection.close();
    const response = await fetch(`${server.address}/hooks/website`, { method: 'POST', body: 'message=two' });
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('10');
    expect(text).toContain('inbox.not-recorded');
    expect(text).not.toMatch(/pool|postgres|insert/i);
  });

  it('hides what went wrong behind an API call, and logs it under the id of the answer', async () => {
    await database.connection.close();
    const response = await fetch(`${server.address}/api/status`, {
      headers: { authorization: 'Bearer token-of-the-tests' },
    });
    const text = await response.text();
    const id = response.headers.get('x-request-id') ?? '';
    expect(response.status).toBe(500);
    expect(text).toContain(id);
    expect(text).not.toMatch(/pool|postgres|select|node_modules/i);
    expect(server.log.some((line) => line.includes(id) && line.includes('an answer failed'))).toBe(true);
  });
});
