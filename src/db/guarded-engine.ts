import { PGlite } from '@electric-sql/pglite';
import type { DurableFiles } from './durable-files.ts';

/**
 * PGlite's own parameters without `-F`, which would switch flushing off. `fsync` is the one way of
 * flushing WAL that Emscripten passes on to the file system; 32 MB of buffers instead of 128 keep the
 * process near 200 MB. Statements are kept ready, but their plans are not: one that was made while a table
 * was small, or without the value that says which part of an index will do, would be kept as it grows.
 * A page that is not in the buffers is in the system's cache, so an index costs little more to read than
 * a table; by PostgreSQL's default, which is that of turning disks, small tables are read from end to end.
 */
const PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
  ...['-c', 'shared_buffers=32MB', '-c', 'wal_buffers=4MB', '-c', 'timezone=UTC'],
  ...['-c', 'plan_cache_mode=force_custom_plan', '-c', 'random_page_cost=1.1'],
];

/** With this status a query ends that was refused; PGlite's `POSTGRES_MAIN_LONGJMP`. */
const QUERY_ENDED = 100;

/** An engine that can die without taking the process with it. */
export interface GuardedEngine {
  pglite: PGlite;
  /** Why it died: PostgreSQL gave up, or its code crashed. Null while it lives. */
  death(): Error | null;
  /** Lets go of what a dead engine holds. */
  bury(): void;
}

/** The calls by which PGlite enters and unwinds PostgreSQL's code. */
interface Entries {
  _PostgresMainLoopOnce: () => void;
  _PostgresSendReadyForQueryIfNecessary: () => void;
  _pgl_pq_flush: () => void;
  stackRestore: (position: number) => void;
}

/**
 * Starts PostgreSQL on a folder so that its end is noticed.
 *
 * PGlite takes every exception out of PostgreSQL's code for the usual way in which a query ends, and
 * goes on: after a panic, say because the disk did not take a flush, it would report the query as done
 * or run in circles. So the calls that enter the code are wrapped: after the first exception that is no
 * ordinary end of a query, nothing enters any more and everything that waits fails.
 */
export async function startEngine(files: DurableFiles): Promise<GuardedEngine> {
  try {
    const pglite = await PGlite.create({ fs: files, startParams: PARAMETERS });
    return { pglite, death: guard(pglite.Module), bury: () => files.abandon() };
  } catch (error) {
    files.abandon();
    throw error;
  }
}

function guard(entries: Entries): () => Error | null {
  const { _PostgresMainLoopOnce: runOnce, stackRestore } = entries;
  const { _PostgresSendReadyForQueryIfNecessary: sendReady, _pgl_pq_flush: flushAnswer } = entries;
  let death: Error | null = null;
  entries._PostgresMainLoopOnce = () => {
    if (death !== null) throw death;
    try {
      runOnce();
    } catch (thrown) {
      if (statusOf(thrown) !== QUERY_ENDED) death = new Error('The database engine stopped.', { cause: thrown });
      throw thrown;
    }
  };
  // PGlite calls this first when it has caught something, so this is where a death gets past it.
  entries.stackRestore = (position) => {
    if (death !== null) throw death;
    stackRestore(position);
  };
  entries._PostgresSendReadyForQueryIfNecessary = () => (death === null ? sendReady() : undefined);
  entries._pgl_pq_flush = () => (death === null ? flushAnswer() : undefined);
  return () => death;
}

function statusOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
}
