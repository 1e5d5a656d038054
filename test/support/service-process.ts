import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The command, as `npx tabledesk` runs it. */
export const COMMAND = join(ROOT, 'bin/tabledesk.js');

/** The config that a newcomer finds. */
export const STARTER_CONFIG = join(ROOT, 'config');

/** The whole service as a process of its own: to be killed, measured, or put under load from outside. */
export interface ServiceProcess {
  /** `http://localhost:…`, without a slash at its end. */
  address: string;
  token: string;
  pid: number;
  /** From the start of the process to the first 200 of `/readyz`. */
  startMilliseconds: number;
  /** Everything that it wrote, to both outputs. */
  log(): Promise<string>;
  /** Reads a page of the API. */
  api<Shape>(path: string): Promise<Shape>;
  /** Waits until nothing is under way any more: tickets, rows of the base and messages are done. */
  settled(given?: { seconds: number }): Promise<void>;
  /** Most memory that it had so far, in MB; NaN where the system does not say. */
  peakMegabytes(): Promise<number>;
  /** Time that all its threads have computed so far; NaN where the system does not say. */
  cpuMilliseconds(): Promise<number>;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits until it has. Resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface ServiceProcessGiven {
  dataFolder: string;
  /** Left out, the starter config. */
  configFolder?: string;
  /** Environment variables besides those that every child gets. */
  variables?: Readonly<Record<string, string>>;
  /** The port; left out, one that is free. */
  port?: number;
  /** Where it writes what it has to say; left out, a file in its data folder. */
  output?: string;
  /** The command that is run; left out, ours. */
  command?: string;
}

/** Starts the service and waits until it is ready. Throws, with its log, when it ends before. */
export async function startServiceProcess(given: ServiceProcessGiven): Promise<ServiceProcess> {
  const begun = await beginServiceProcess(given);
  return begun.ready();
}

/** A service that may not be ready yet, for those who kill it even then. */
export interface BegunProcess {
  pid: number;
  /** Resolves once it has ended, whyever. */
  gone: Promise<unknown>;
  /** Throws, with its log, when it ends before it is ready. */
  ready(): Promise<ServiceProcess>;
  kill(): Promise<void>;
  /** As of one that is ready. */
  stop(): Promise<number | null>;
}

/** Starts the service without waiting for anything. */
export async function beginServiceProcess(given: ServiceProcessGiven): Promise<BegunProcess> {
  const { dataFolder } = given;
  await mkdir(dataFolder, { recursive: true });
  // The file outlives a process that was killed, and would name the one before.
  await rm(join(dataFolder, 'service.json'), { force: true });
  const startedAt = performance.now();
  const child = await spawnService(given);
  const gone = once(child, 'exit');
  const pid = child.pid ?? 0;
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  }
  return {
    pid,
    gone,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async ready() {
      const address = await untilReady(child, dataFolder);
      const startMilliseconds = performance.now() - startedAt;
      const token = await tokenOf(given);
      const api = <Shape>(path: string) => readApi<Shape>(`${address}${path}`, token);
      return {
        address,
        token,
        pid,
        startMilliseconds,
        log: () => readFile(logFile(dataFolder), 'utf8'),
        api,
        settled: (patience = { seconds: 60 }) => waitForRest(api, patience.seconds),
        peakMegabytes: () => peakMegabytes(pid),
        cpuMilliseconds: () => processorTime(pid),
        kill: async () => void (await end('SIGKILL')),
        stop: () => end('SIGTERM'),
      };
    },
  };
}

/** Its output goes to a file, as under a service manager, so that nobody who reads slowly holds it up. */
async function spawnService(given: ServiceProcessGiven): Promise<ChildProcess> {
  const { dataFolder, configFolder = STARTER_CONFIG, variables = {}, port = 0, command = COMMAND } = given;
  const log = await open(given.output ?? logFile(dataFolder), 'w');
  const child = spawn(process.execPath, [command, 'start'], {
    // Away from the project, where whoever works on it may have a file .env.
    cwd: dataFolder,
    stdio: ['ignore', log.fd, log.fd],
    env: childEnvironment({
      PORT: String(port),
      TABLEDESK_DATA: dataFolder,
      TABLEDESK_CONFIG: configFolder,
      ...variables,
    }),
  });
  await log.close();
  return child;
}

/** Nothing of whoever runs the tests gets into a child, but what every process needs. */
export function childEnvironment(variables: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp', TZ = 'UTC' } = process.env;
  return { PATH, HOME, TMPDIR, TZ, ...variables };
}

function logFile(dataFolder: string): string {
  return join(dataFolder, 'output.txt');
}

async function untilReady(child: ChildProcess, dataFolder: string): Promise<string> {
  return until(
    'the service is ready',
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(await endedEarly(child, dataFolder));
      const text = await readFile(join(dataFolder, 'service.json'), 'utf8').catch(() => null);
      if (text === null || text === '') return null;
      const { address } = JSON.parse(text) as { address: string };
      const ready = await fetch(`${address}/readyz`).catch(() => null);
      return ready?.ok === true ? address : null;
    },
    { seconds: 60 },
  );
}

async function endedEarly({ exitCode, signalCode }: ChildProcess, dataFolder: string): Promise<string> {
  const said = await readFile(logFile(dataFolder), 'utf8').catch(() => '');
  return `The service ended before it was ready (${exitCode ?? signalCode}):\n${said}`;
}

async function tokenOf({ dataFolder, variables = {} }: ServiceProcessGiven): Promise<string> {
  const given = variables['TABLEDESK_TOKEN'];
  if (given !== undefined) return given;
  return parseEnv(await readFile(join(dataFolder, 'secrets.env'), 'utf8'))['TABLEDESK_TOKEN'] ?? '';
}

async function readApi<Shape>(address: string, token: string): Promise<Shape> {
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Shape;
}

async function waitForRest(api: ServiceProcess['api'], seconds: number): Promise<void> {
  const isAtRest = async () => {
    const { inbox, outbox, sync } = await api<Record<'inbox' | 'outbox' | 'sync', { waiting: number }>>('/api/status');
    return inbox.waiting + outbox.waiting + sync.waiting === 0;
  };
  // With many open tickets the status is a long count, and what is waited for would wait for it.
  await until('nothing is under way', isAtRest, { seconds, looksAtMost: 0.1 });
}

async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024);
}

/**
 * Time that a process has computed so far, in milliseconds; NaN where the system does not say. Linux counts in hundredths
 * of a second: fields 14 and 15 of proc_pid_stat(5), counted after the name.
 */
export async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * 10;
}
