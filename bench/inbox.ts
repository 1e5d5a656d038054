/**
 * How fast the inbox alone acknowledges a request, with the acknowledgement on disk: at a steady rate, and at
 * most. The service runs in this process; the load comes from another. Bodies are JSON of some 400 bytes, each
 * different.
 *
 *     node bench/inbox.ts [--rate 300] [--seconds 20] [--connections 50] [--postgres postgres://…]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../src/db/open.ts';
import { openLanes } from '../src/db/queues.ts';
import { rowsOf } from '../src/db/rows-of.ts';
import { aServer } from '../test/support/http-server.ts';
import { isAcknowledged, type Post } from '../test/support/post.ts';
import { atLeast, below, exactly, type Figure, median, printFigures, quantile } from './support/figures.ts';
import { postAtRate, postFlatOut } from './support/load.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '50' },
    postgres: { type: 'string' },
    load: { type: 'string' },
  },
});
const [rate, seconds, connections] = [Number(values.rate), Number(values.seconds), Number(values.connections)];

/** What the other process tells of its posts. */
interface Told {
  acknowledged: number;
  refused: number;
  p50: number;
  p99: number;
  most: number;
}

if (values.load === undefined) await measure();
else process.stdout.write(JSON.stringify(await makeLoad(values.load)));

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
  const flushes = () => connection.flushes?.wal ?? Number.NaN;
  const warm = await loadFrom({ address: server.address, rate, seconds: 3 });
  const [before, cpu] = [flushes(), process.cpuUsage()];
  const steady = await loadFrom({ address: server.address, rate, seconds });
  const [after, { user, system }] = [flushes(), process.cpuUsage(cpu)];
  const flatOut = await loadFrom({ address: server.address, rate: 0, seconds });
  const told = [warm, steady, flatOut].reduce((sum, each) => sum + each.acknowledged, 0);
  const kept = await connection.queries.execute(sql`select count(*)::int as count from inbox`);
  printFigures(
    `Acknowledgement by the inbox alone, durable, on ${connection.engine}: ${rate} requests/s for ${seconds} s`,
    [
      ...waitsOf(steady),
      { what: 'requests to a flush', value: steady.acknowledged / (after - before), unit: '' },
      { what: 'processor for a request', value: (user + system) / 1000 / steady.acknowledged, unit: 'ms' },
      {
        what: `at most, ${connections} senders`,
        value: flatOut.acknowledged / seconds,
        unit: 'requests/s',
        goal: atLeast(1500),
      },
      {
        what: 'acknowledged and not in the inbox',
        value: told - (rowsOf<{ count: number }>(kept)[0]?.count ?? 0),
        unit: '',
        goal: exactly(0),
      },
      { what: 'memory of the service', value: process.memoryUsage().rss / 1e6, unit: 'MB' },
    ],
  );
  await server.close();
  await lanes.stop();
  await connection.close();
  rmSync(dataFolder, { recursive: true });
}

function waitsOf({ p50, p99, most, refused }: Told): readonly Figure[] {
  return [
    { what: 'acknowledged after, p50', value: p50, unit: 'ms' },
    { what: 'acknowledged after, p99', value: p99, unit: 'ms', goal: below(50) },
    { what: 'acknowledged after, at most', value: most, unit: 'ms' },
    { what: 'not acknowledged', value: refused, unit: '', goal: exactly(0) },
  ];
}

async function loadFrom(load: { address: string; rate: number; seconds: number }): Promise<Told> {
  const options = Object.entries({ load: load.address, rate: load.rate, seconds: load.seconds, connections });
  const words = options.flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [import.meta.filename, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = await Promise.all([json(child.stdout), once(child, 'exit')]);
  return told as Told;
}

/** The child: nothing but requests. A rate of 0 is as fast as the answers come. */
async function makeLoad(address: string): Promise<Told> {
  const load = { perSecond: rate, seconds, connections, make: jsonPost };
  const answers = rate > 0 ? await postAtRate(address, load) : await postFlatOut(address, load);
  const waits = answers.map(({ milliseconds }) => milliseconds);
  const acknowledged = answers.filter(isAcknowledged).length;
  return {
    acknowledged,
    refused: answers.length - acknowledged,
    p50: median(waits),
    p99: quantile(waits, 0.99),
    most: quantile(waits, 1),
  };
}

function jsonPost(n: number): Post {
  const marker = `${process.pid}-${n}`;
  const words = 'My card was charged twice for the same order and the app shows both payments as pending. '.repeat(4);
  const message = { name: 'Zoë', email: 'zoe@example.com', subject: 'Charged twice', message: words, n: marker };
  const headers = { 'content-type': 'application/json' };
  return { marker, path: '/hooks/json/letmein', headers, body: JSON.stringify(message) };
}
