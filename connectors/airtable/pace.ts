import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { Now } from '../../src/ports/now.ts';
import { monthSpent, rateLimited } from './problems.ts';

/**
 * Milliseconds between two starts. Six starts then span 1.1 s: Airtable lets five a second into a base
 * (developers/web/api/rate-limits), and two requests may swap a tenth of a second on their way.
 */
const GAP = 220;

/** Milliseconds in which a start is earned: four a second, which leaves room for another program. */
const EARNING = 250;

/** Milliseconds before the first start: what ran before us may have asked in this very second. */
const FIRST_AFTER = 1000;

/** Starts that may be saved up, so that a burst begins at the full five a second. */
const MOST_SAVED = 8;

/** After a 429 Airtable answers nothing else for so long, in milliseconds (the same page). */
const PENALTY = 30_000;

/**
 * A plan over its month's allowance is slowed down to two a second; so are we for a while after a penalty, and
 * while another process of ours speaks with the base: two and two are fewer than five.
 */
const CAREFUL_GAP = 500;
const CAREFUL_FOR = 5 * 60_000;

/** So long another process of ours looks at a base, with all that it can mend there, in milliseconds. */
const ROOM_FOR = 60_000;

/** How long nothing is asked of a base whose month is spent, in milliseconds. */
const CLOSED_FOR = 3_600_000;

/** Whether a request is about rows, which a spent month stops, or about the schema, which it does not. */
export type RequestKind = 'rows' | 'schema';

/** One line for all requests to a base. */
export interface Pace {
  /**
   * Waits until a request may start. Requests start in the order in which they asked.
   *
   * @throws Problem `airtable.rate-limited` in the pause after a 429, for rows (requests for the schema wait);
   * `airtable.month-spent` while the month is spent
   */
  turn(kind: RequestKind): Promise<void>;
  /** The base answered 429 because of our speed: everybody pauses. */
  tooFast(): void;
  /** Another process of ours is about to speak with the base: for a while it gets half of what there is. */
  makeRoom(): void;
  /** The base answered 429 because the month is spent. */
  spent(): void;
  /** The base answered a request for rows in any other way. */
  answered(): void;
}

/** What a pace is made of. */
export interface PaceParts {
  now: Now;
  pause: (milliseconds: number) => Promise<void>;
  /** Whether another process of ours speaks with the base all the while. */
  isBeside?: boolean | undefined;
}

/** Starts requests at a pace that Airtable takes. */
export function createPace({ now, pause, isBeside = false }: PaceParts): Pace {
  const clock = () => now().epochMilliseconds;
  const starts = createStarts(clock, isBeside ? Infinity : 0);
  const month = { closedUntil: 0 };
  const line = inTurn();

  function refuse(kind: RequestKind): void {
    if (kind === 'schema') return;
    if (clock() < month.closedUntil) throw monthSpent(seconds(month.closedUntil - clock()));
    if (starts.penalty() > 0) throw rateLimited(seconds(starts.penalty()));
  }

  async function start(kind: RequestKind): Promise<void> {
    for (;;) {
      refuse(kind);
      const milliseconds = starts.wait();
      if (milliseconds === 0) break;
      await pause(milliseconds);
    }
    starts.take();
    // The first request after an hour asks for all; the others wait for what it hears.
    if (kind === 'rows' && month.closedUntil !== 0) month.closedUntil = clock() + CLOSED_FOR;
  }

  return {
    async turn(kind) {
      refuse(kind);
      await line(() => start(kind));
    },
    tooFast: () => starts.punish(),
    makeRoom: () => starts.slowDown(ROOM_FOR),
    spent: () => void (month.closedUntil = clock() + CLOSED_FOR),
    answered: () => void (month.closedUntil = 0),
  };
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

/** When the next request may start. */
interface Starts {
  /** Milliseconds until then. */
  wait(): number;
  /** A request starts now. */
  take(): void;
  punish(): void;
  /** For so many milliseconds. */
  slowDown(milliseconds: number): void;
  /** Milliseconds that are left of the pause after a 429. */
  penalty(): number;
}

function createStarts(clock: () => number, carefulUntil: number): Starts {
  const state = {
    last: clock() + FIRST_AFTER - GAP,
    saved: MOST_SAVED,
    savedAt: clock(),
    pausedUntil: 0,
    carefulUntil,
  };

  function earn(): void {
    const at = clock();
    state.saved = Math.min(MOST_SAVED, state.saved + Math.max(0, at - state.savedAt) / EARNING);
    state.savedAt = at;
  }

  function penalty(): number {
    return Math.max(0, state.pausedUntil - clock());
  }

  function slowDown(milliseconds: number): void {
    state.carefulUntil = Math.max(state.carefulUntil, clock() + milliseconds);
  }

  return {
    wait() {
      earn();
      const isCareful = clock() < state.carefulUntil;
      const gap = Math.max(0, state.last + (isCareful ? CAREFUL_GAP : GAP) - clock());
      return Math.max(penalty(), gap, Math.ceil((1 - state.saved) * EARNING));
    },
    take() {
      state.saved -= 1;
      state.last = clock();
    },
    punish() {
      earn();
      state.saved = 0;
      state.pausedUntil = clock() + PENALTY;
      slowDown(PENALTY + CAREFUL_FOR);
    },
    slowDown,
    penalty,
  };
}
