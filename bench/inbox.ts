/**
 * How fast a request is acknowledged, with the acknowledgement on disk: at a steady rate, and at most.
 *
 *     node bench/inbox.ts [--rate 300] [--seconds 20] [--connections 50] [--postgres postgres://…]
 *
 * The service runs in this process; the load comes from another. Bodies are JSON of some 400 bytes, each
 * different. Goals on two shared cores: p99 under 50 ms at 300 requests a second, and 1,500 a second at most.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../src/db/open.ts';
import { openLanes } from '../src/db/queues.ts';
import { rowsOf } from '../src/db/rows-of.ts';
import { aServer } from '../test/support/http-server.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '50' },
    postgres: { type: 'string' },
    load: { type: 'string' },
  },
});

interface Result {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  most: number;
  statuses: Record<string, number>;
  errors: number;
}

if (values.load === undefined) await measure();
else await makeLoad(values.load);

/** The parent: the service, and a child for each kind of load. */
async function measure(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tabledesk-bench-'));
  const connection = await openDatabase({ dataFolder, url: values.postgres });
  const lanes = await openLanes(connection, (error) => console.error(error));
  await lanes.serve('inbox', async () => undefined);
  const server = await aServer(connection, {
    now: () => Temporal.Now.instant(),
    wake: () => lanes.wake('inbox'),
    logLevel: 'warn',
  });
  console.log(`acknowledgement on ${connection.engine}, ${values.seconds} s each, ${values.connections} connections`);
  await loadWith(server.address, { seconds: '3', rate: values.rate });
  const steady = await counted(connection.flushes, () => loadWith(server.address, { rate: values.rate }));
  show(`at ${values.rate}/s`, steady);
  const ceiling = await counted(connection.flushes, () => loadWith(server.address, { rate: '0' }));
  show('at most', ceiling);
  const result = await connection.queries.execute(sql`select count(*)::int as count from inbox`);
  console.log(`rows in the inbox: ${rowsOf<{ count: number }>(result)[0]?.count}`);
  console.log(`memory of the service: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  await server.close();
  await lanes.stop();
  await connection.close();
  rmSync(dataFolder, { recursive: true });
}

interface Counted extends Result {
  flushes: number | null;
  /** Milliseconds of processor that the service spent on each request; unlike all else, it hardly depends on who else is busy. */
  cpuMs: number;
}

async function counted(flushes: { wal: number } | undefined, run: () => Promise<Result>): Promise<Counted> {
  const before = flushes?.wal ?? 0;
  const cpu = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000 / Math.max(1, result.requests);
  return { ...result, cpuMs, flushes: flushes === undefined ? null : flushes.wal - before };
}

async function loadWith(address: string, given: { rate: string; seconds?: string }): Promise<Result> {
  const child = spawn(
    process.execPath,
    [
      import.meta.filename,
      ...['--load', address, '--rate', given.rate, '--seconds', given.seconds ?? values.seconds],
      ...['--connections', values.connections],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'exit');
  return JSON.parse(Buffer.concat(chunks).toString()) as Result;
}

/** The child: nothing but requests. */
async function makeLoad(address: string): Promise<void> {
  const rate = Number(values.rate);
  const words = 'My card was charged twice for the same order and the app shows both payments as pending. '.repeat(4);
  let sent = 0;
  const run = `${process.pid}-${Math.random()}`;
  const result = await autocannon({
    url: `${address}/hooks/json/letmein`,
    method: 'POST',
    connections: Number(values.connections),
    duration: Number(values.seconds),
    ...(rate > 0 ? { overallRate: rate } : {}),
    requests: [
      {
        setupRequest: (request) => {
          sent += 1;
          const message = {
            name: 'Zoë',
            email: 'zoe@example.com',
            subject: 'Charged twice',
            message: words,
            n: `${run}-${sent}`,
          };
          return { ...request, headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) };
        },
      },
    ],
  });
  const { latency, requests, errors, timeouts } = result;
  const told: Result = {
    requests: requests.total,
    perSecond: Math.round(requests.total / result.duration),
    p50: latency.p50,
    p99: latency.p99,
    most: latency.max,
    statuses: { '2xx': result['2xx'], other: result.non2xx },
    errors: errors + timeouts,
  };
  process.stdout.write(JSON.stringify(told));
}

function show(what: string, measured: Counted): void {
  const { requests, perSecond, p50, p99, most, statuses, errors, flushes, cpuMs } = measured;
  const shared = flushes === null || flushes === 0 ? '' : `, ${(requests / flushes).toFixed(1)} requests to a flush`;
  console.log(
    `${what}: ${requests} requests, ${perSecond}/s, p50 ${p50} ms, p99 ${p99} ms, most ${most} ms, ` +
      `${statuses['2xx']} with 2xx, ${statuses['other']} others, ${errors} errors, ` +
      `${cpuMs.toFixed(2)} ms of processor each${shared}`,
  );
}
