import { access, mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Linux keeps control groups: version 2, and the part of version 1 that is about processors. */
const UNIFIED = '/sys/fs/cgroup';
const PROCESSORS = '/sys/fs/cgroup/cpu';

/** A share is given out in slices of so many microseconds, as is Linux's wont. */
const SLICE = 100_000;

/** Holds a process, with all its threads, to a share of one core. */
export interface CoreShare {
  /** Once the process is gone. */
  end(): Promise<void>;
}

/**
 * Lets a process compute for no more than a share of one core, 0 to 1, as if it had a small machine of its own. Throws
 * where that cannot be had: it takes Linux, control groups, and root.
 */
export async function holdToShare(pid: number, share: number): Promise<CoreShare> {
  const isOld = await exists(join(PROCESSORS, 'cpu.cfs_quota_us'));
  const group = join(isOld ? PROCESSORS : UNIFIED, `tabledesk-bench-${pid}`);
  const quota = Math.round(share * SLICE);
  try {
    await mkdir(group);
    await (isOld
      ? writeFile(join(group, 'cpu.cfs_quota_us'), String(quota))
      : writeFile(join(group, 'cpu.max'), `${quota} ${SLICE}`));
    await writeFile(join(group, 'cgroup.procs'), String(pid));
  } catch (err) {
    throw new Error(`No share of a core can be set for a process here: it takes Linux, control groups and root`, {
      cause: err,
    });
  }
  return { end: () => rmdir(group) };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
