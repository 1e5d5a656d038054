import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault as BaseFault } from '../../../simulators/airtable/index.ts';
import { createChance } from '../../../test/support/chance.ts';
import type { MailMood } from '../../../test/support/mail-server.ts';
import type { ChaosDatabase } from './database.ts';
import type { Fleet } from './fleet.ts';
import type { ModelMood } from './model.ts';

/** How long a fault lasts, and how long it is quiet after it, in milliseconds. */
const LASTS = { shortest: 1000, longest: 10_000 };
const QUIET = { shortest: 500, longest: 4000 };

/** So many faults are there at once, at most. */
const AT_ONCE = 2;

/** While the base is unwell, so many of the calls to it fail. */
const BASE_SHARE = 0.4;

/**
 * How far a clock jumps, in milliseconds, forth or back: less than the ten minutes within which a form that comes
 * again is known by its content.
 */
const FARTHEST_JUMP = 8 * 60_000;

/** Half of a file, as an editor that does not write it in one go leaves it for a moment. */
const BROKEN_CONFIG = 'rules:\n  - name: Half of a rule\n    when: { text: { mentions: [';

const BASE_FAULTS: readonly BaseFault[] = [
  { kind: 'bad-gateway' },
  { kind: 'unavailable', retryAfterSeconds: 1 },
  { kind: 'server-error', commits: true },
  { kind: 'gateway-timeout', commits: true },
  { kind: 'slow-headers', milliseconds: 3000 },
  { kind: 'stalled-body' },
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'rate-limited' },
];

/** What faults are done to. */
export interface Stricken {
  fleet: Fleet;
  database: ChaosDatabase;
  mail: { be(mood: MailMood): void };
  model: { be(mood: ModelMood): void };
  base: { be(share: number): void };
  configFolder: string;
}

/** One kind of fault: does it, says what it did, and how it ends. */
type Fault = (stricken: Stricken, chance: () => number) => Promise<{ what: string; mend: () => unknown }>;

/** Says for each call to the base whether it fails: none, until it is told to. */
export function createBaseMood(seed: number) {
  const chance = createChance(seed + 3);
  let share = 0;
  return {
    be: (next: number) => void (share = next),
    next: (): BaseFault | null => (chance() < share ? pick(BASE_FAULTS, chance) : null),
  };
}

const FAULTS: Readonly<Record<string, Fault>> = {
  async kill({ fleet }, chance) {
    const which = Math.floor(chance() * fleet.size);
    await fleet.kill(which);
    return { what: `killed service ${which}`, mend: () => undefined };
  },
  async clock({ fleet }, chance) {
    const which = Math.floor(chance() * fleet.size);
    const offset = Math.round((chance() * 2 - 1) * FARTHEST_JUMP);
    await fleet.setClock(which, offset);
    const what = `the clock of service ${which} jumped by ${Math.round(offset / 60_000)} min`;
    return { what, mend: () => fleet.setClock(which, 0) };
  },
  async base({ base }) {
    base.be(BASE_SHARE);
    return { what: `${BASE_SHARE * 100} % of the calls to the base failed`, mend: () => base.be(0) };
  },
  async mail({ mail }, chance) {
    const mood = pick(['refusing', 'down', 'broken', 'mute'] as const, chance);
    mail.be(mood);
    return { what: `the mail server was ${mood}`, mend: () => mail.be('well') };
  },
  async model({ model }, chance) {
    const mood = pick(['slow', 'lying', 'down'] as const, chance);
    model.be(mood);
    return { what: `the model was ${mood}`, mend: () => model.be('well') };
  },
  async config({ configFolder }) {
    const file = join(configFolder, 'triage.yaml');
    const right = await readFile(file, 'utf8');
    await writeFile(file, BROKEN_CONFIG);
    return { what: 'the config was broken', mend: () => writeFile(file, right) };
  },
};

/** What can be done to a PostgreSQL besides. */
const SERVER_FAULTS: Readonly<Record<string, Fault>> = {
  async stop({ database }) {
    await database.stop();
    return { what: 'PostgreSQL was stopped', mend: () => database.start() };
  },
  async cut({ database }) {
    await database.cut();
    return { what: 'all connections to PostgreSQL were cut', mend: () => undefined };
  },
};

/** What is possible where the data lies on a disk of the run's own. */
const DISK_FAULTS: Readonly<Record<string, Fault>> = {
  async disk({ database }) {
    const filler = await database.fill();
    const mend = async () => {
      await rm(filler, { force: true });
      await database.start();
    };
    return { what: 'the disk was full', mend };
  },
};

export interface Struck {
  /** Milliseconds since the beginning. */
  at: number;
  what: string;
  milliseconds: number;
}

/** Does faults drawn from the seed until the time is over, then ends them all. Tells what was done. */
export async function strike(
  stricken: Stricken,
  { seed, milliseconds }: { seed: number; milliseconds: number },
): Promise<readonly Struck[]> {
  const faults = {
    ...FAULTS,
    ...(stricken.database.isServer ? SERVER_FAULTS : {}),
    ...(stricken.database.hasOwnDisk ? DISK_FAULTS : {}),
  };
  const begun = performance.now();
  const isOver = () => performance.now() - begun > milliseconds;
  const struck: Struck[] = [];
  const underWay = new Set<string>();
  async function hand(number: number): Promise<void> {
    const chance = createChance(seed * AT_ONCE + number);
    const between = ({ shortest, longest }: typeof LASTS) => shortest + chance() * (longest - shortest);
    while (!isOver()) {
      const [name, fault] = pick(Object.entries(faults), chance);
      await pause(between(QUIET));
      // A server that is down cannot be cut, and a full disk is stopped: one thing at a time for the database.
      const room = name in FAULTS ? name : 'database';
      if (underWay.has(room)) continue;
      underWay.add(room);
      const at = performance.now();
      const { what, mend } = await fault(stricken, chance);
      await pause(between(LASTS));
      await mend();
      struck.push({ at: at - begun, what, milliseconds: performance.now() - at });
      underWay.delete(room);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => hand(number)));
  return struck.toSorted((one, other) => one.at - other.at);
}

function pick<Item>(items: readonly Item[], chance: () => number): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}
