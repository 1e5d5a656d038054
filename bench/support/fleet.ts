import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../test/support/postgres-server.ts';
import { processorTime, type ServiceProcess, startServiceProcess } from '../../test/support/service-process.ts';
import { aBenchDesk } from './bench-desk.ts';
import { type CoreShare, holdToShare } from './core-share.ts';

/** What processes that share a database must have in common. */
const SECRETS = {
  TABLEDESK_TOKEN: 'a token for all of them',
  JSON_TOKEN: 'a token for senders of JSON',
  SURVEY_SECRET: 'what signs surveys',
  REPLY_SECRET: 'what signs addresses',
};

/** Where the desk keeps everything. */
export type Engine = 'PGlite' | 'PostgreSQL';

/** A desk that one process works on, or several. */
export interface Fleet {
  /** Those that are posted to. */
  services: readonly ServiceProcess[];
  /** Time that they have computed so far, and those of PostgreSQL, in milliseconds. */
  spent(): Promise<{ service: number; database: number }>;
  /** Most memory that any of the processes had so far, in MB. */
  peakMegabytes(): Promise<number>;
  end(): Promise<void>;
}

export interface FleetGiven {
  engine: Engine;
  count: number;
  /**
   * So much of one core each process may have, once it is ready. Then those that are posted to only take in, and one
   * more does the rest, as on machines of their own. Left out, each does everything with what there is.
   */
  share?: number | undefined;
}

/** Starts so many processes on one new desk. PostgreSQL flushes to the disk, as a server does. */
export async function aFleet({ engine, count, share }: FleetGiven): Promise<Fleet> {
  const desk = await aBenchDesk();
  const database = engine === 'PGlite' ? null : await aDatabase();
  const variables = { ...SECRETS, ...(database !== null && { DATABASE_URL: database.url }) };
  const start = (name: string, role: string) =>
    startServiceProcess({
      configFolder: desk.configFolder,
      dataFolder: join(desk.dataFolder, name),
      variables: { ...variables, TABLEDESK_ROLE: role },
    });
  const services: ServiceProcess[] = [];
  // One after the other, as an upgrade brings them; and the tables are there for the second.
  for (let index = 0; index < count; index += 1) {
    services.push(await start(String(index), share === undefined ? 'all' : 'web'));
  }
  const behind = share === undefined ? [] : [await start('behind', 'all')];
  const shares: CoreShare[] = [];
  if (share !== undefined) {
    for (const { pid } of [...services, ...behind]) shares.push(await holdToShare(pid, share));
  }
  return {
    services,
    async spent() {
      const times = await Promise.all(services.map((service) => service.cpuMilliseconds()));
      return { service: sum(times), database: database === null ? 0 : await database.spent() };
    },
    async peakMegabytes() {
      return Math.max(...(await Promise.all(services.map((service) => service.peakMegabytes()))));
    },
    async end() {
      await Promise.all([...services, ...behind].map((service) => service.kill()));
      await Promise.all(shares.map((each) => each.end()));
      await database?.end();
      await desk.remove();
    },
  };
}

async function aDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-bench-'));
  await chmod(folder, 0o755);
  const cluster = join(folder, 'postgres');
  const server: PostgresServer = await startPostgres(cluster, { isDurable: true });
  await server.createDatabase('desk');
  return {
    url: `${server.address}/desk`,
    async spent() {
      const [line = ''] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
      return sum(await Promise.all((await familyOf(Number(line))).map(processorTime)));
    },
    async end() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A process and its children; with the time of children that are gone, as the system adds it to their parent's. */
async function familyOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(parentOf));
  return [parent, ...pids.filter((_, index) => parents[index] === parent)];
}

async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
