import { Problem } from '../domain/problem.ts';

/** One statement carries at most so many requests, and at most so many bytes of them. */
const LARGEST_GROUP = { items: 250, bytes: 8_000_000 };

/** What may wait in memory; beyond it senders are asked to try again. */
const LONGEST_QUEUE = { items: 5000, bytes: 64_000_000 };

interface GroupCommit<Item, Result> {
  /** Resolves once the item is on disk; rejects when it is not. */
  add(item: Item): Promise<Result>;
  drained(): Promise<void>;
}

/** One that waits, as far as its size goes. */
interface Sized {
  item: { body: Uint8Array };
}

interface Waiting<Item, Result> {
  item: Item;
  done: (result: Result) => void;
  failed: (error: unknown) => void;
}

/** What is to be done with each group. */
interface Given<Item, Result> {
  /**
   * Commits what `gather` gives, one result for each, in order. It is called once, as late as can be: whoever
   * comes while the commit waits for its turn comes along.
   */
  commit: (gather: () => readonly Item[]) => Promise<readonly Result[]>;
  afterwards: () => void;
}

/**
 * Lets many waiting items share one commit: while one is under way the next group gathers, so a group is
 * as large as the load asks for, and a single item never waits for company.
 */
export function createGroupCommit<Item extends { body: Uint8Array }, Result>(
  given: Given<Item, Result>,
): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let bytes = 0;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (await roundOfEvents(); queue.length > 0; await roundOfEvents()) await commitGroup(gather, given);
    running = null;
  }

  function gather(): Waiting<Item, Result>[] {
    const group = queue.splice(0, groupSize(queue));
    bytes -= sizeOf(group);
    return group;
  }

  return {
    add(item) {
      if (queue.length >= LONGEST_QUEUE.items || bytes >= LONGEST_QUEUE.bytes) return Promise.reject(busy());
      return new Promise((done, failed) => {
        queue.push({ item, done, failed });
        bytes += item.body.length;
        running ??= run();
      });
    },
    async drained() {
      await running;
    },
  };
}

/**
 * Lets everything in that stands at the door. The embedded engine runs within our own thread, so while it
 * commits nothing else is read; without this each request would find itself alone.
 */
function roundOfEvents(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

function groupSize(queue: readonly Sized[]): number {
  let bytes = 0;
  const end = queue.findIndex(({ item }, at) => {
    bytes += item.body.length;
    return at >= LARGEST_GROUP.items || (at > 0 && bytes > LARGEST_GROUP.bytes);
  });
  return end === -1 ? queue.length : end;
}

function sizeOf(group: readonly Sized[]): number {
  return group.reduce((sum, { item }) => sum + item.body.length, 0);
}

async function commitGroup<Item, Result>(
  gather: () => readonly Waiting<Item, Result>[],
  { commit, afterwards }: Given<Item, Result>,
): Promise<void> {
  const group: Waiting<Item, Result>[] = [];
  try {
    const results = await commit(() => {
      group.push(...gather());
      return group.map(({ item }) => item);
    });
    afterwards();
    group.forEach(({ done, failed }, at) => {
      const result = results[at];
      if (result === undefined) failed(new Error('the commit gave too few results'));
      else done(result);
    });
  } catch (error) {
    // A commit that failed before its turn came failed for those who waited for the turn.
    if (group.length === 0) group.push(...gather());
    for (const { failed } of group) failed(error);
  }
}

function busy(): Problem {
  return new Problem({
    code: 'inbox.busy',
    message: `More than ${LONGEST_QUEUE.items} requests wait to be recorded.`,
    fix: 'Look at the disk and the load of the database; senders are asked to try again.',
    retry: { afterSeconds: 5 },
  });
}
