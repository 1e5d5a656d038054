import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBacktests } from '../../src/backtest/create.ts';
import { createLog } from '../../src/kit/log.ts';
import { someTryParts } from '../support/backtests.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { aServer, TOKEN, type TestServer } from '../support/http-server.ts';
import { aStandingConfig } from '../support/live-config.ts';

const FILES = exampleFiles('bramble');

describe('backtests over the API', () => {
  const held = { gate: Promise.resolve() } as {
    database: TestDatabase;
    server: TestServer;
    close(): Promise<void>;
    /** A backtest goes no further before. */
    gate: Promise<void>;
  };
  beforeAll(async () => {
    held.database = await aDatabase('pglite');
    const { connection } = held.database;
    const config = aStandingConfig(loadedFiles(FILES));
    const parts = someTryParts({ connection, config, now: () => MORNING });
    const tablesOf: typeof parts.tablesOf = (loaded) => held.gate.then(() => parts.tablesOf(loaded));
    const backtests = createBacktests({ ...parts, tablesOf, log: createLog('silent') });
    held.server = await aServer(connection, { backtests });
    held.close = () => backtests.close();
  });
  afterAll(async () => {
    await held.server.close();
    await held.database.drop();
  });

  async function ask(method: string, body?: object, token = TOKEN) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${held.server.address}/api/backtest`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('begin, are told of, and end', async () => {
    expect((await ask('GET')).body).toEqual({ kind: 'none' });
    const begun = await ask('POST', { files: FILES, last: 10 });
    expect([begun.status, begun.body['kind']]).toEqual([202, 'running']);
    await held.close();
    const { promise, resolve: open } = Promise.withResolvers<void>();
    held.gate = promise;
    expect((await ask('POST', { files: FILES, since: '2026-11-01T00:00:00Z' })).status).toBe(202);
    expect((await ask('POST', { files: FILES, last: 10 })).body).toMatchObject({ error: { code: 'backtest.busy' } });
    expect((await ask('DELETE')).status).toBe(202);
    open();
    await held.close();
    expect((await ask('GET')).body).toMatchObject({ kind: 'failed', problem: { code: 'backtest.cancelled' } });
  });

  it('tell what is wrong with a broken config', async () => {
    await ask('POST', { files: { 'desk.yaml': 'nmae: X' }, last: 10 });
    await held.close();
    expect((await ask('GET')).body).toMatchObject({ kind: 'refused', findings: [{ file: 'desk.yaml', line: 1 }] });
  });

  it.each([[{}], [{ files: FILES }], [{ files: FILES, last: 0 }], [{ files: { 'a.yaml': 7 }, last: 1 }]])(
    'refuse what they cannot read (%#)',
    async (body) => {
      const answer = await ask('POST', body);
      expect([answer.status, answer.body['error']]).toEqual([
        400,
        expect.objectContaining({ code: 'backtest.not-readable' }),
      ]);
    },
  );

  it('are for nobody without the token', async () => {
    expect((await ask('GET', undefined, 'another')).status).toBe(401);
    expect((await ask('POST', { files: FILES, last: 1 }, 'another')).status).toBe(401);
  });
});
