import type { StoreGiven } from '../../src/kit/connector.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import type { JumpingClock, Road } from './jumping-clock.ts';

/** Somebody who works in a simulated base. */
export interface Worker {
  name: string;
  email: string;
}

/** Who does, where a test names nobody. */
export const WORKERS: readonly Worker[] = ['Ana', 'Ben', 'Cy'].map((name) => ({
  name,
  email: `${name.toLowerCase()}@desk.example`,
}));

interface Given {
  environment: StoreGiven['environment'];
  columns: () => readonly Column[];
  kept: Map<string, unknown>;
  clock: JumpingClock;
  road: Road;
  /** Requests that were spent this month before. */
  spent?: number;
}

/** What a store of a simulated base is given: a clock that jumps, a memory of its own, and no database. */
export function aStoreGiven({ environment, columns, kept, clock, road, spent: before = 0 }: Given): StoreGiven {
  let spent = before;
  return {
    environment,
    rows: { run: () => Promise.reject(new Error('no database of ours is asked')) },
    now: clock.now,
    pause: clock.pause,
    columns,
    meter: {
      spend() {
        road.begin();
        spent += 1;
      },
      spentThisMonth: () => spent,
    },
    memory: {
      get: (name) => Promise.resolve(kept.get(name)),
      set: (name, value) => Promise.resolve(void kept.set(name, value)),
    },
  };
}

/** The title that people read, by our name for the column. */
export function titleOf(columns: readonly Column[], name: string): string {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found.title;
}
