import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Connection } from '../../src/db/connection.ts';
import { openDatabase } from '../../src/db/open.ts';
import { createLog } from '../../src/kit/log.ts';
import { type Service, startService } from '../../src/main.ts';
import type { Now } from '../../src/ports/now.ts';
import { STARTER_CONFIG } from './service-process.ts';
import { until } from './until.ts';
import { NO_FLUSH } from './no-flush.ts';

/** A ticket as the API shows it, as far as scenarios ask. */
export interface ShownTicket {
  number: number;
  key: string;
  subject: string;
  category: string | null;
  priority: string;
  queue: string;
  assignee: string | null;
  owner: string;
  tags: string[];
  firstResponseDueAt: string | null;
  resolutionDueAt: string | null;
  requester: { name: string; email: string | null };
  why: string;
}

/** What the API says about the desk. */
export interface ShownStatus {
  inbox: { waiting: number; lost: number; ignored: number };
  outbox: { waiting: number };
  sync: { waiting: number };
  config: { version: string; refused: { file: string; line: number; column: number }[] | null };
}

/** The whole service within this process, on folders of a test's own. */
export interface RunningDesk {
  address: string;
  dataFolder: string;
  configFolder: string;
  /** Every line of the log. */
  log: string[];
  /** Reads a page of the API. */
  api<Shape>(path: string): Promise<Shape>;
  /** Posts to the form of the website. Resolves with the status. */
  post(fields: Readonly<Record<string, string>>): Promise<number>;
  /** Every ticket there is, by number. */
  tickets(): Promise<ShownTicket[]>;
  /** Waits for the ticket of that subject. */
  ticketAbout(subject: string): Promise<ShownTicket>;
  /** Waits until nothing is under way any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and starts another on the same folders. Whoever does so has two to remove. */
  startAgain(): Promise<RunningDesk>;
  /** Stops the service and looks into its tables. */
  afterwards<Seen>(look: (connection: Connection) => Promise<Seen>): Promise<Seen>;
  /** Stops it, if it runs still, and deletes its folders. */
  remove(): Promise<void>;
}

export interface RunningDeskGiven {
  variables?: Readonly<Record<string, string>>;
  now?: Now;
  /** A database with its tables is there already, which saves time; `empty` makes it a first start. Or the folder to copy. */
  data?: 'prepared' | 'empty' | { copyOf: string };
  /** In place of the starter config: texts by their names in the folder. */
  config?: Readonly<Record<string, string>>;
}

/** Folders for a desk: the starter config, and a place for the data. */
export async function deskFolders(data: RunningDeskGiven['data'] = 'prepared') {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-scenario-'));
  const [dataFolder, configFolder] = [join(folder, 'data'), join(folder, 'config')];
  await cp(STARTER_CONFIG, configFolder, { recursive: true });
  const copied = data === 'prepared' ? inject('pgliteTemplate') : data === 'empty' ? null : data.copyOf;
  if (copied !== null) await cp(copied, dataFolder, { recursive: true });
  return { dataFolder, configFolder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts the service with the starter config. */
export async function aRunningDesk(given: RunningDeskGiven = {}): Promise<RunningDesk> {
  const folders = await deskFolders(given.data);
  if (given.config !== undefined) await replaceConfig(folders.configFolder, given.config);
  return startIn(folders, given);
}

async function replaceConfig(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await rm(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

type Folders = Awaited<ReturnType<typeof deskFolders>>;

async function startIn(folders: Folders, given: RunningDeskGiven): Promise<RunningDesk> {
  const { variables = {}, now } = given;
  const { dataFolder, configFolder } = folders;
  const set = {
    PORT: '0',
    HOST: '127.0.0.1',
    TABLEDESK_CONFIG: configFolder,
    TABLEDESK_DATA: dataFolder,
    ...variables,
  };
  const log: string[] = [];
  const service = await startService({
    environment: readEnvironment(set),
    variables: set,
    log: createLog('info', { write: (line) => void log.push(line) }),
    disk: NO_FLUSH,
    ...(now === undefined ? {} : { now }),
  });
  const ends = endings(service, folders);
  async function startAgain(): Promise<RunningDesk> {
    await ends.stop();
    return startIn(folders, given);
  }
  return { ...folders, log, ...outside(service), ...ends, startAgain };
}

/** What can be done over HTTP. */
function outside({ address, token }: Service) {
  async function api<Shape>(path: string): Promise<Shape> {
    const response = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as Shape;
  }
  async function tickets(): Promise<ShownTicket[]> {
    const all: ShownTicket[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page: { tickets: ShownTicket[]; next: string | null } = await api(
        `/api/tickets?limit=200&cursor=${cursor}`,
      );
      all.push(...page.tickets);
      cursor = page.next;
    }
    return all;
  }
  return {
    address,
    api,
    tickets,
    async post(fields: Readonly<Record<string, string>>) {
      const response = await fetch(`${address}/hooks/website`, { method: 'POST', body: new URLSearchParams(fields) });
      await response.text();
      return response.status;
    },
    ticketAbout: (subject: string) =>
      until(`a ticket about "${subject}"`, async () => (await tickets()).find((ticket) => ticket.subject === subject)),
    async settled() {
      await until(
        'nothing is under way',
        async () => {
          const { inbox, outbox, sync } = await api<ShownStatus>('/api/status');
          return inbox.waiting + outbox.waiting + sync.waiting === 0;
        },
        { seconds: 60 },
      );
    },
  };
}

function endings(service: Service, { dataFolder, remove }: Folders) {
  const state = { isStopped: false };
  async function stop(): Promise<void> {
    if (!state.isStopped) await service.stop();
    state.isStopped = true;
  }
  return {
    stop,
    async afterwards<Seen>(look: (connection: Connection) => Promise<Seen>): Promise<Seen> {
      await stop();
      const connection = await openDatabase({ dataFolder });
      try {
        return await look(connection);
      } finally {
        await connection.close();
      }
    },
    async remove() {
      await stop();
      await remove();
    },
  };
}
