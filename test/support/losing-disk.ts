import {
  type Dirent,
  fstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../src/db/durable-files.ts';
import { createChance } from './chance.ts';

/** What a disk writes in one go or not at all. PostgreSQL counts on as much: its pages of 8 KB may be torn. */
const SECTOR = 512;

/**
 * A disk that forgets. It remembers of each file what the last flush made safe, and of each folder the names, so that
 * it can say what would be there if the power went at this moment: of everything else nothing, all, or any part.
 * A file that was flushed keeps its name too, and one that was renamed has the old name or the new one, as journals of
 * Linux have it.
 */
export interface LosingDisk extends Disk {
  /** How many flushes there were. */
  flushes(): number;
  /** Lays down in a new folder what is there when the power goes now. */
  cut(place: string, fate: Fate): void;
}

/** Says for each thing that was not flushed yet whether it reached the disk all the same. */
export type Fate = (share: number) => boolean;

export const ALL_UNDONE: Fate = () => false;

/** Some are kept and some undone: everything of one file, nothing of another, torn pages of a third. */
export function fateBySeed(seed: number): Fate {
  const chance = createChance(seed);
  return (share) => chance() < share;
}

/** A file or folder, whatever its name is. */
type Thing = string;

/** What is behind the names of a folder. */
type Names = ReadonlyMap<string, Thing>;

/** What is safe, whatever its name is by now. */
interface Safe {
  names: Map<Thing, Names>;
  contents: Map<Thing, Buffer>;
}

/**
 * @param folder what is in there at the beginning counts as flushed
 * @param beforeFlush is told, before each flush, how many there were
 */
export function aLosingDisk(folder: string, beforeFlush: (flushes: number) => void = () => undefined): LosingDisk {
  const safe: Safe = { names: new Map(), contents: new Map() };
  let flushes = 0;
  for (const [thing, path] of thingsBelow(folder)) keep(thing, path);

  function keep(thing: Thing, path: string): void {
    if (isFolder(thing)) safe.names.set(thing, namesIn(path));
    else safe.contents.set(thing, readFileSync(path));
  }
  function keepName(thing: Thing, path: string): void {
    const parent = thingAt(dirname(path));
    safe.names.set(parent, new Map([...(safe.names.get(parent) ?? []), [basename(path), thing]]));
  }
  return {
    flushes: () => flushes,
    flushFile(descriptor) {
      beforeFlush(flushes);
      flushes += 1;
      // A file that was deleted while it was open needs no flush.
      if (fstatSync(descriptor).nlink === 0) return;
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      keep(thingAt(path), path);
      keepName(thingAt(path), path);
    },
    flushFolder(path) {
      beforeFlush(flushes);
      flushes += 1;
      keep(thingAt(path), path);
    },
    cut: (place, fate) => layDown(safe, { folder, place, fate }),
  };
}

function layDown(safe: Safe, { folder, place, fate }: { folder: string; place: string; fate: Fate }): void {
  const pathsNow = thingsBelow(folder);
  const moved = new Map<Thing, boolean>();
  /** One answer for both names of a thing that was renamed. */
  function hasMoved(thing: Thing): boolean {
    const answer = moved.get(thing) ?? fate(0.5);
    moved.set(thing, answer);
    return answer;
  }
  function outcome(before: Thing | undefined, now: Thing | undefined): Thing | undefined {
    if (before === now) return now;
    if (now !== undefined) return hasMoved(now) ? now : before;
    return before !== undefined && hasMoved(before) ? undefined : before;
  }
  function layFolder(thing: Thing, to: string): void {
    mkdirSync(to, { recursive: true });
    const path = pathsNow.get(thing);
    const before: Names = safe.names.get(thing) ?? new Map();
    const now: Names = path === undefined ? new Map() : namesIn(path);
    for (const name of new Set([...before.keys(), ...now.keys()])) {
      const below = outcome(before.get(name), now.get(name));
      if (below === undefined) continue;
      if (isFolder(below)) layFolder(below, join(to, name));
      else writeFileSync(join(to, name), contentOf(below));
    }
  }
  function contentOf(thing: Thing): Buffer {
    const before = safe.contents.get(thing) ?? Buffer.alloc(0);
    const path = pathsNow.get(thing);
    return path === undefined ? before : mixed(before, { now: readFileSync(path), fate });
  }
  layFolder(thingAt(folder), place);
}

/** What is on the disk of a file: each sector as it was, or as it is now. */
function mixed(before: Buffer, { now, fate }: { now: Buffer; fate: Fate }): Buffer {
  if (before.equals(now)) return before;
  // Of some files all arrived and of others hardly anything; in between each sector has its own luck.
  const share = [0.05, 0.5, 0.95].find(() => fate(0.4)) ?? 1;
  const result = Buffer.alloc(before.length === now.length || fate(share) ? now.length : before.length);
  before.copy(result);
  for (let at = 0; at < result.length; at += SECTOR) if (fate(share)) now.copy(result, at, at, at + SECTOR);
  return result;
}

/** Where everything is, with the folder itself. */
function thingsBelow(folder: string): ReadonlyMap<Thing, string> {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = below.filter(isKept).map((each) => join(each.parentPath, each.name));
  return new Map([folder, ...paths].map((path) => [thingAt(path), path]));
}

function namesIn(path: string): Names {
  const names = readdirSync(path, { withFileTypes: true }).filter(isKept);
  return new Map(names.map(({ name }) => [name, thingAt(join(path, name))]));
}

function isKept(each: Dirent): boolean {
  return each.isFile() || each.isDirectory();
}

const FOLDER = 'folder ';

/** By its number and its beginning, as numbers of deleted files are given again. */
function thingAt(path: string): Thing {
  const found = statSync(path, { bigint: true });
  return `${found.isDirectory() ? FOLDER : ''}${found.ino} ${found.birthtimeNs}`;
}

function isFolder(thing: Thing): boolean {
  return thing.startsWith(FOLDER);
}
