/** After so many milliseconds without a look at anything else, the thread looks up before the next turn. */
const LONGEST_BREATH = 3;

/** Whoever has a sender waiting at the door is urgent; whatever is done behind the door is ordinary. */
export type Haste = 'urgent' | 'ordinary';

/** The line of those who want the embedded engine. */
export interface Turns {
  /** Waits for its turn, then works; the next turn comes when the work has ended. */
  take<Result>(haste: Haste, work: () => Promise<Result>): Promise<Result>;
  /** For use within a long turn: lets the thread look up when it has not done so for a while. */
  breathe(): Promise<void>;
}

/**
 * Gives out the turns. Two things would go wrong without.
 *
 * The engine runs within our own thread and answers at once, so that work which asks again and again never
 * lets the thread look up: nothing is read from the network meanwhile, for seconds under load. And whoever
 * acknowledges a request would stand in line behind every lane. So the thread breathes between turns, and
 * what is urgent goes next. Not twice in a row while others wait, though: senders who come without an end
 * must not keep tickets from being made.
 */
export function createTurns(): Turns {
  const waiting: Record<Haste, (() => Promise<void>)[]> = { urgent: [], ordinary: [] };
  let running = false;
  let last: Haste = 'ordinary';
  let lookedUpAt = 0;

  function next(): (() => Promise<void>) | undefined {
    const first = last === 'urgent' ? 'ordinary' : 'urgent';
    last = waiting[first].length > 0 ? first : first === 'urgent' ? 'ordinary' : 'urgent';
    return waiting[last].shift();
  }

  async function breathe(): Promise<void> {
    if (performance.now() - lookedUpAt < LONGEST_BREATH) return;
    await new Promise<void>((done) => setImmediate(done));
    lookedUpAt = performance.now();
  }

  async function run(): Promise<void> {
    running = true;
    for (;;) {
      await breathe();
      const turn = next();
      if (turn === undefined) break;
      await turn();
    }
    running = false;
  }

  return {
    breathe,
    take(haste, work) {
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
