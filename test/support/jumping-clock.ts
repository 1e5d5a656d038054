import { setImmediate as nextTurn } from 'node:timers/promises';
import { ownState, type Share, type SharedState } from '../../src/kit/store/shared-state.ts';
import { MORNING } from './builders.ts';

/** A clock that stands still until somebody waits, and then jumps. */
export interface JumpingClock {
  now: () => Temporal.Instant;
  pause: (milliseconds: number) => Promise<void>;
}

/** `settled` comes before each jump, so that what was begun earlier also happens earlier. */
export function aClock(settled: () => Promise<void> = () => Promise.resolve()): JumpingClock {
  let passed = 0;
  return {
    now: () => MORNING.add({ milliseconds: passed }),
    async pause(milliseconds) {
      await settled();
      passed += milliseconds;
    },
  };
}

/** What several processes share, without a database: whoever asks for a name gets the same. */
export function aShare({ now }: Pick<JumpingClock, 'now'>): Share {
  const states = new Map<string, unknown>();
  const own = ownState(() => now().epochMilliseconds);
  return <State extends object>(name: string, begin: (at: number) => State) => {
    const state = (states.get(name) as SharedState<State> | undefined) ?? own(name, begin);
    states.set(name, state);
    return state;
  };
}

/** Turns of the event loop that a request needs at most to get to the simulator. */
const MOST_TURNS = 10_000;

/** Requests that are on their way to a simulator: time does not pass before they arrive. */
export interface Road {
  begin(): void;
  arrive(): void;
  settled(): Promise<void>;
}

export function aRoad(): Road {
  let begun = 0;
  let arrived = 0;
  return {
    begin: () => void (begun += 1),
    arrive: () => void (arrived += 1),
    async settled() {
      for (let turn = 0; turn < MOST_TURNS; turn += 1) {
        await nextTurn();
        if (arrived >= begun) return;
      }
    },
  };
}
