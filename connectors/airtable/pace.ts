import { inTurn } from '../../src/kit/store/in-turn.ts';
import { ownState, type Share, type SharedState } from '../../src/kit/store/shared-state.ts';
import type { Now } from '../../src/ports/now.ts';
import { monthSpent, rateLimited } from './problems.ts';

/**
 * Milliseconds between two starts. Six starts then span 1.1 s: Airtable lets five a second into a base
 * (developers/web/api/rate-limits), and two requests may swap a tenth of a second on their way.
 */
const GAP = 220;

/** Milliseconds in which a start is earned: four a second, which leaves room for another program. */
const EARNING = 250;

/** Milliseconds before the very first start: what ran before us may have asked in this very second. */
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

/** One line for all requests to a base, whichever of our processes makes them. */
export interface Pace {
  /**
   * Waits until a request may start. Requests of one kind start in the order in which they asked.
   *
   * @throws Problem `airtable.rate-limited` in the pause after a 429, for rows (requests for the schema wait);
   * `airtable.month-spent` while the month is spent
   */
  turn(kind: RequestKind): Promise<void>;
  /** The base answered 429 because of our speed: everybody pauses. */
  tooFast(): Promise<void>;
  /** Another program of ours is about to speak with the base: for a while it gets half of what there is. */
  makeRoom(): Promise<void>;
  /** The base answered 429 because the month is spent. */
  spent(): void;
  /** The base answered a request for rows in any other way. */
  answered(): void;
}

/** What a pace is made of. */
export interface PaceParts {
  now: Now;
  pause: (milliseconds: number) => Promise<void>;
  /** Whether another process of ours speaks with the base all the while, and shares nothing with us. */
  isBeside?: boolean | undefined;
  /** With whom the pace is kept; left out, this process has the base to itself. */
  share?: Share | undefined;
}

/** When requests may start, for all processes together. */
interface Starts {
  last: number;
  saved: number;
  savedAt: number;
  pausedUntil: number;
  carefulUntil: number;
}

/** Starts requests at a pace that Airtable takes. */
export function createPace(parts: PaceParts, base = ''): Pace {
  const { now, pause, isBeside = false } = parts;
  const clock = () => now().epochMilliseconds;
  const share = parts.share ?? ownState(clock);
  const starts: SharedState<Starts> = share(`airtable-pace:${base}`, firstStarts);
  const month = { closedUntil: 0 };
  const lines = { rows: inTurn(), schema: inTurn() };

  function refuseSpent(kind: RequestKind): void {
    if (kind === 'rows' && clock() < month.closedUntil) throw monthSpent(seconds(month.closedUntil - clock()));
  }

  async function start(kind: RequestKind): Promise<void> {
    for (;;) {
      refuseSpent(kind);
      const { penalty, wait } = await starts.change((state, at) => tryStart(state, at, isBeside));
      if (kind === 'rows' && penalty > 0) throw rateLimited(seconds(penalty));
      if (wait === 0) break;
      await pause(wait);
    }
    // The first request after an hour asks for all; the others wait for what it hears.
    if (kind === 'rows' && month.closedUntil !== 0) month.closedUntil = clock() + CLOSED_FOR;
  }

  return {
    async turn(kind) {
      refuseSpent(kind);
      await lines[kind](() => start(kind));
    },
    tooFast: () => starts.change(punish),
    makeRoom: () => starts.change((state, at) => slowDown(state, at + ROOM_FOR)),
    spent: () => void (month.closedUntil = clock() + CLOSED_FOR),
    answered: () => void (month.closedUntil = 0),
  };
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

function firstStarts(at: number): Starts {
  return { last: at + FIRST_AFTER - GAP, saved: MOST_SAVED, savedAt: at, pausedUntil: 0, carefulUntil: 0 };
}

/** Starts a request, or tells in how many milliseconds to try again, and how many are left of a penalty. */
function tryStart(state: Starts, at: number, isBeside: boolean): { penalty: number; wait: number } {
  earn(state, at);
  const isCareful = isBeside || at < state.carefulUntil;
  const gap = Math.max(0, state.last + (isCareful ? CAREFUL_GAP : GAP) - at);
  const penalty = Math.max(0, state.pausedUntil - at);
  const wait = Math.max(penalty, gap, Math.ceil((1 - state.saved) * EARNING));
  if (wait > 0) return { penalty, wait };
  state.saved -= 1;
  state.last = at;
  return { penalty, wait };
}

function earn(state: Starts, at: number): void {
  state.saved = Math.min(MOST_SAVED, state.saved + Math.max(0, at - state.savedAt) / EARNING);
  state.savedAt = at;
}

function punish(state: Starts, at: number): void {
  earn(state, at);
  state.saved = 0;
  state.pausedUntil = at + PENALTY;
  slowDown(state, at + PENALTY + CAREFUL_FOR);
}

function slowDown(state: Starts, until: number): void {
  state.carefulUntil = Math.max(state.carefulUntil, until);
}
