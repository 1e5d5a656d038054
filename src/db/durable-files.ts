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

interface HostFiles {
  stream_ops: { fsync?: (file: OpenFile) => number };
}

/** How often the engine asked for a flush, by what it flushed. Tests and metrics count them. */
export interface FlushCount {
  wal: number;
  data: number;
}

/** Where Emscripten mounts the data folder; PGlite's own constant. */
const MOUNT = '/pglite/data';

/**
 * PGlite's file system, with an `fsync` that reaches the disk.
 *
 * PGlite ships with flushing switched off, and Emscripten's own file system ignores it when it is
 * switched on. With this one member in place PostgreSQL's rules hold as on any machine: a commit
 * returns after its WAL is flushed, and a checkpoint flushes data before it lets go of old WAL.
 */
export class DurableFiles extends NodeFS {
  readonly flushes: FlushCount = { wal: 0, data: 0 };

  override async init(pg: PGlite, options: Partial<postgresMod.PostgresMod>) {
    const prepared = await super.init(pg, options);
    const fsync = (file: OpenFile) => this.flush(file);
    prepared.emscriptenOpts.preRun = [
      (engine: postgresMod.PostgresMod) => {
        (engine as unknown as { NODEFS: HostFiles }).NODEFS.stream_ops.fsync = fsync;
      },
      ...(prepared.emscriptenOpts.preRun ?? []),
    ];
    return prepared;
  }

  private flush(file: OpenFile): number {
    this.flushes[file.path.includes('/pg_wal/') ? 'wal' : 'data'] += 1;
    if (file.nfd !== undefined) fdatasyncSync(file.nfd);
    else this.flushFolder(file.path);
    return 0;
  }

  /** A new or renamed file is safe only once its folder is. */
  private flushFolder(path: string): void {
    const folder = openSync(join(this.rootDir, path.replace(MOUNT, '')), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}
