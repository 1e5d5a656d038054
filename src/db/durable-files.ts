import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite, postgresMod } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The part of Emscripten's NODEFS that a flush needs. */
interface OpenFile {
  /** Host file descriptor; undefined for a folder. */
  nfd?: number;
  path: string;
}

/** The parts of Emscripten's file system that we reach into. */
interface HostFiles {
  NODEFS: { stream_ops: { fsync?: (file: OpenFile) => number } };
  FS: { streams: readonly (OpenFile | null)[] };
}

/** How often the engine asked for a flush, by what it flushed. Tests and metrics count them. */
export interface FlushCount {
  wal: number;
  data: number;
}

/** The calls that reach the disk; tests hand in a disk that fails. */
export interface Disk {
  flushFile(descriptor: number): void;
  flushFolder(path: string): void;
}

/** Where Emscripten mounts the data folder; PGlite's own constant. */
const MOUNT = '/pglite/data';

/** The error numbers of WASI, in which the engine thinks. */
const NO_SPACE = 51;
const INPUT_OUTPUT = 29;

/**
 * PGlite's file system, with an `fsync` that reaches the disk.
 *
 * PGlite ships with flushing switched off, and Emscripten's own file system ignores it when it is
 * switched on. With this one member in place PostgreSQL's rules hold as on any machine: a commit
 * returns after its WAL is flushed, and a checkpoint flushes data before it lets go of old WAL. A flush
 * that fails is told to PostgreSQL, which then gives up at once, since nobody knows what is on disk.
 */
export class DurableFiles extends NodeFS {
  private readonly flushes: FlushCount;
  private readonly disk: Disk;
  private files: HostFiles['FS'] | null = null;

  constructor(place: string, { flushes, disk = MACHINE_DISK }: { flushes: FlushCount; disk?: Disk | undefined }) {
    super(place);
    this.flushes = flushes;
    this.disk = disk;
  }

  override async init(pg: PGlite, options: Partial<postgresMod.PostgresMod>) {
    const prepared = await super.init(pg, options);
    const fsync = (file: OpenFile) => this.flush(file);
    prepared.emscriptenOpts.preRun = [
      (engine: postgresMod.PostgresMod) => {
        const host = engine as unknown as HostFiles;
        host.NODEFS.stream_ops.fsync = fsync;
        this.files = host.FS;
      },
      ...(prepared.emscriptenOpts.preRun ?? []),
    ];
    return prepared;
  }

  /** Closes what an engine that died had open. It must never run again. */
  abandon(): void {
    for (const file of this.files?.streams ?? []) if (file?.nfd !== undefined) closeSync(file.nfd);
    this.files = null;
  }

  private flush(file: OpenFile): number {
    try {
      if (file.nfd !== undefined) this.disk.flushFile(file.nfd);
      // A new or renamed file is safe only once its folder is.
      else this.disk.flushFolder(join(this.rootDir, file.path.replace(MOUNT, '')));
      this.flushes[file.path.includes('/pg_wal/') ? 'wal' : 'data'] += 1;
      return 0;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? NO_SPACE : INPUT_OUTPUT;
    }
  }
}

/** The disk of this machine. */
export const MACHINE_DISK: Disk = {
  flushFile: fdatasyncSync,
  flushFolder(path) {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
};
