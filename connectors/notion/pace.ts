import { inTurn } from '../../src/kit/in-turn.ts';
import type { Now } from '../../src/ports/now.ts';
import { blocked, rateLimited } from './problems.ts';

/**
 * Milliseconds for which a start counts. Notion's windows are 60 s (developers.notion.com, "Request limits"), and
 * begin we do not know when; two requests may swap a second on their way.
 */
const WINDOW = 61_000;

/**
 * What pages that are made and readings of everything leave of a window, for whoever waits for an answer: changes
 * of people are read and answered in the middle of a flood, too. A sixth, so that 300 requests fit two windows.
 */
const KEPT_FREE = 1 / 6;

/** Fewer a window than this nobody allows; whoever shares the token is not let starve us. */
const LEAST = 30;

/** What another process of ours gets of each window, and for how long, in milliseconds, once it has asked. */
const FOR_OTHERS = 20;
const ROOM_FOR = 60_000;

/** How long we keep to what a 429 taught us, in milliseconds. */
const LEARNT_FOR = 3_600_000;

/** How long nothing is asked after a 429 that does not say. */
const USUAL_SECONDS = 60;

/** How long nothing is asked once the connection is blocked, in milliseconds. */
const BLOCKED_FOR = 3_600_000;

/** `bulk` is what can wait: a new page, a reading of everything. */
export type RequestKind = 'bulk' | 'prompt';

/** One budget for all requests of a connection. */
export interface Pace {
  /**
   * Waits until a request may start. Requests of one kind start in the order in which they asked.
   *
   * @throws Problem `notion.rate-limited` in the pause after a 429, `notion.blocked` while the connection is
   */
  turn(kind: RequestKind): Promise<void>;
  /** A request that had its turn was answered, or given up. */
  ended(): void;
  /** Notion answered 429 or 529: everybody pauses. Returns for how many seconds. */
  tooFast(refused: { retryAfter: number | null; isOurs: boolean }): number;
  /** Notion has blocked the connection. */
  blocked(): void;
  /** Another process of ours is about to speak with the database: for a while some of each window is its own. */
  makeRoom(): void;
  /** Requests that may be made in a window, as far as we know. */
  most(): number;
}

/** What a pace is made of. */
export interface PaceParts {
  now: Now;
  pause: (milliseconds: number) => Promise<void>;
  /** Whether another process of ours speaks with the database all the while. */
  isBeside?: boolean | undefined;
}

/** Starts requests at a pace that Notion takes: as fast as they come, until the window is spent. */
export function createPace({ now, pause, isBeside = false }: PaceParts, requestsPerMinute: number): Pace {
  const clock = () => now().epochMilliseconds;
  const window = createWindow(clock, { requestsPerMinute, isBeside });
  const state = { closedUntil: 0, blockedUntil: 0 };
  const lines = { bulk: inTurn(), prompt: inTurn() };

  function refuse(): void {
    if (clock() < state.blockedUntil) throw blocked();
    const left = state.closedUntil - clock();
    if (left > 0) throw rateLimited(Math.ceil(left / 1000));
  }

  async function start(kind: RequestKind): Promise<void> {
    for (;;) {
      refuse();
      const milliseconds = window.wait(kind);
      if (milliseconds <= 0) break;
      await pause(milliseconds);
    }
    window.take();
  }

  return {
    async turn(kind) {
      refuse();
      await lines[kind](() => start(kind));
    },
    ended: window.ended,
    tooFast({ retryAfter, isOurs }) {
      // Requests that were under way with the first that was refused teach nothing more.
      if (isOurs) window.end(clock() < state.closedUntil);
      const seconds = Math.max(1, Math.ceil(retryAfter ?? USUAL_SECONDS));
      state.closedUntil = Math.max(state.closedUntil, clock() + seconds * 1000);
      return seconds;
    },
    blocked: () => void (state.blockedUntil = clock() + BLOCKED_FOR),
    makeRoom: window.makeRoom,
    most: window.most,
  };
}

/** What may start in a minute, and what did. */
interface Window extends Pick<Pace, 'ended' | 'makeRoom' | 'most'> {
  /** Milliseconds until there is room again. */
  wait(kind: RequestKind): number;
  /** A request starts now. */
  take(): void;
  /** Notion says that it is spent. It says, too, when it is over, and the next one is whole. */
  end(isKnown: boolean): void;
}

function createWindow(
  clock: () => number,
  { requestsPerMinute, isBeside }: { requestsPerMinute: number; isBeside: boolean },
): Window {
  const opened = clock();
  const starts: number[] = [];
  const state = { flying: 0, learnt: requestsPerMinute, learntUntil: 0, roomUntil: 0 };

  function most(): number {
    return clock() < state.learntUntil ? state.learnt : requestsPerMinute;
  }

  function allowed(kind: RequestKind): number {
    const whole = isBeside ? FOR_OTHERS : most() - (clock() < state.roomUntil ? FOR_OTHERS : 0);
    return kind === 'prompt' ? whole : Math.floor(whole * (1 - KEPT_FREE));
  }

  /** What ran before us may have spent the window in which we began, so that one teaches nothing. */
  function learn(): void {
    const taken = starts.length - state.flying;
    if (clock() < opened + WINDOW || taken >= most()) return;
    Object.assign(state, { learnt: Math.max(LEAST, taken), learntUntil: clock() + LEARNT_FOR });
  }

  return {
    wait(kind) {
      while ((starts[0] ?? clock()) <= clock() - WINDOW) starts.shift();
      const first = starts[starts.length - allowed(kind)];
      return first === undefined ? 0 : first + WINDOW - clock();
    },
    take() {
      starts.push(clock());
      state.flying += 1;
    },
    ended: () => void (state.flying -= 1),
    end(isKnown) {
      if (!isKnown) learn();
      starts.splice(0);
    },
    makeRoom: () => void (state.roomUntil = clock() + ROOM_FOR),
    most,
  };
}
