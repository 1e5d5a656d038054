/** After so many milliseconds without a look at anything else, the thread looks up before the next turn. */
const LONGEST_BREATH = 3;

/**
 * Rounds of the event loop to each look. Each lets one new connection in, however many stand at the door
 * (libuv takes one to a round), and costs some hundredths of a millisecond when nobody does.
 */
const ROUNDS = 5;

/** Who was in a hurry so many milliseconds ago is likely to be again; a group of requests is one hurry. */
const OF_LATE = 200;

/** Whoever has a sender waiting at the door is urgent; whatever is done behind the door is ordinary. */
export type Haste = 'urgent' | 'ordinary';

/** The line of those who want the embedded engine. */
export interface Turns {
  /** Waits for its turn, then works; the next turn comes when the work has ended. */
  take<Result>(haste: Haste, work: () => Promise<Result>): Promise<Result>;
  /** For use within a long turn: lets the thread look up when it has not done so for a while. */
  breathe(): Promise<void>;
  /** Whether somebody was in a hurry of late, and may be again before a turn that begins now has ended. */
  hasSenders(): boolean;
}

/**
 * Gives out the turns, by a clock of milliseconds. Two things would go wrong without.
 *
 * The engine runs within our own thread and answers at once, so that work which asks again and again never
 * lets the thread look up: nothing is read from the network meanwhile, for seconds under load. And whoever
 * acknowledges a request would stand in line behind every lane. So the thread breathes between turns, and
 * what is urgent goes next. Not twice in a row while others wait, though: senders who come without an end
 * must not keep tickets from being made.
 */
export function createTurns(clock: () => number = () => performance.now()): Turns {
  const waiting: Record<Haste, (() => Promise<void>)[]> = { urgent: [], ordinary: [] };
  let running = false;
  let last: Haste = 'ordinary';
  let lookedUpAt = Number.NEGATIVE_INFINITY;
  let urgentAt = Number.NEGATIVE_INFINITY;

  function next(): (() => Promise<void>) | undefined {
    const first = last === 'urgent' ? 'ordinary' : 'urgent';
    last = waiting[first].length > 0 ? first : first === 'urgent' ? 'ordinary' : 'urgent';
    return waiting[last].shift();
  }

  async function breathe(): Promise<void> {
    if (clock() - lookedUpAt < LONGEST_BREATH) return;
    for (let round = 0; round < ROUNDS; round += 1) await new Promise<void>((done) => setImmediate(done));
    lookedUpAt = clock();
  }

  async function run(): Promise<void> {
    running = true;
    for (;;) {
      await breathe();
      const turn = next();
      if (turn === undefined) break;
      await turn();
      // Answers are written before the next turn, which may be long.
      if (last === 'urgent') lookedUpAt = Number.NEGATIVE_INFINITY;
    }
    running = false;
  }

  return {
    breathe,
    hasSenders: () => clock() - urgentAt < OF_LATE,
    take(haste, work) {
      if (haste === 'urgent') urgentAt = clock();
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof work>>>();
      waiting[haste].push(async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      });
      if (!running) void run();
      return promise;
    },
  };
}
