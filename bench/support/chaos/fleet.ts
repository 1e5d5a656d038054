import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  type BegunProcess,
  beginServiceProcess,
  type ServiceProcess,
  type ServiceProcessGiven,
} from '../../../test/support/service-process.ts';

/** A service that ended is started again so much later, as a service manager does. */
const RESTART_MILLISECONDS = 1000;

const CLOCK = pathToFileURL(join(import.meta.dirname, 'clock-offset.ts')).href;

/** Services that are started again whenever they end. */
export interface Fleet {
  size: number;
  /** Where one of those that are ready listens, by turns; null while none is. */
  address(): string | null;
  /** Kills one as a power cut would. */
  kill(which: number): Promise<void>;
  /** Has the clock of one be off by so many milliseconds, from now on. */
  setClock(which: number, offset: number): Promise<void>;
  /** Waits until all are ready. */
  allReady(): Promise<readonly ServiceProcess[]>;
  /** How often one ended by itself, and what it said last. */
  endings(): readonly string[];
  stop(): Promise<void>;
}

interface Member {
  folder: string;
  begun: BegunProcess | null;
  ready: ServiceProcess | null;
  isKilled: boolean;
  lives: number;
}

/** Starts so many services with data folders of their own. */
export async function startFleet(
  size: number,
  given: Omit<ServiceProcessGiven, 'dataFolder'> & { folders: (which: number) => string },
): Promise<Fleet> {
  const endings: string[] = [];
  const state = { isOver: false, turn: 0 };
  const members = Array.from({ length: size }, (_, which): Member => {
    return { folder: given.folders(which), begun: null, ready: null, isKilled: false, lives: 0 };
  });

  async function live(member: Member): Promise<void> {
    const { folder: dataFolder } = member;
    member.lives += 1;
    member.isKilled = false;
    // What the life before said is kept, for whoever wants to know why something went wrong.
    await rename(join(dataFolder, 'output.txt'), join(dataFolder, `life-${member.lives}.txt`)).catch(() => undefined);
    const variables = {
      ...given.variables,
      NODE_OPTIONS: `--import=${CLOCK}`,
      CHAOS_CLOCK_OFFSET: offsetFile(member),
    };
    const begun = await beginServiceProcess({ ...given, dataFolder, variables });
    member.begun = begun;
    if (state.isOver) return begun.kill();
    const ready = await begun.ready().catch(() => null);
    // One that cannot start says why and ends: while the database is down, that is as it should be.
    if (ready === null) return begun.kill();
    member.ready = ready;
    await begun.gone;
    member.ready = null;
    if (!member.isKilled && !state.isOver) endings.push(`${dataFolder} ended by itself:\n${await lastWords(ready)}`);
  }

  async function keepAlive(member: Member): Promise<void> {
    while (!state.isOver) {
      await live(member);
      await pause(RESTART_MILLISECONDS);
    }
  }

  for (const member of members) {
    await mkdir(member.folder, { recursive: true });
    await writeFile(offsetFile(member), '0');
  }
  const keeping = members.map(keepAlive);
  return {
    size,
    address() {
      const addresses = members.flatMap(({ ready }) => (ready === null ? [] : [ready.address]));
      state.turn += 1;
      return addresses[state.turn % addresses.length] ?? null;
    },
    async kill(which) {
      const member = memberOf(members, which);
      member.isKilled = true;
      member.ready = null;
      await member.begun?.kill();
    },
    async setClock(which, offset) {
      const member = memberOf(members, which);
      await writeFile(offsetFile(member), String(offset));
      // One that is still starting reads the file by itself, and would end by a signal that it does not know yet.
      if (member.ready !== null) process.kill(member.ready.pid, 'SIGUSR2');
    },
    async allReady() {
      while (members.some(({ ready }) => ready === null)) await pause(100);
      return members.flatMap(({ ready }) => (ready === null ? [] : [ready]));
    },
    endings: () => endings,
    async stop() {
      state.isOver = true;
      await Promise.all(members.map(async ({ ready, begun }) => void (await (ready?.stop() ?? begun?.kill()))));
      await Promise.all(keeping);
    },
  };
}

function memberOf(members: readonly Member[], which: number): Member {
  const member = members[which];
  if (member === undefined) throw new Error(`There is no service ${which}.`);
  return member;
}

function offsetFile({ folder }: Member): string {
  return join(folder, 'clock-offset.txt');
}

async function lastWords(service: ServiceProcess): Promise<string> {
  return (await service.log()).split('\n').slice(-12).join('\n');
}
