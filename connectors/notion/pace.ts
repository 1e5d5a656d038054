import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { Now } from '../../src/ports/now.ts';
import { blocked, rateLimited } from './problems.ts';

/**
 * Milliseconds for which a request counts, from its answer on, as we do not know when before that Notion counted it.
 * Its windows are 60 s (developers.notion.com, "Request limits"), and begin we do not know when; a little more, as
 * nobody says that they are so to the millisecond.
 */
const WINDOW = 60_100;

/** How soon to look again, in milliseconds, while so many requests are under way that they are a window alone. */
const MOMENT = 100;

/**
 * What pages that are made and readings of everything leave of a window, for whoever waits for an answer: changes
 * of people are read and answered in the middle of a flood, too. A seventh, so that 300 requests fit two windows with
 * some to spare for what was bulk before them.
 */
const KEPT_FREE = 1 / 7;

/** No plan has a smaller window. Who is refused after fewer shares the token, or met an accident: both pass. */
const LEAST = 180;

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
  ended(kind: RequestKind): void;
  /** Notion answered 429 or 529: everybody pauses. Returns for how many seconds. */
  tooFast(refused: { retryAfter: number | null; isOurs: boolean }): number;
  /** Notion has blocked the connection. */
  blocked(): void;
  /** Another process of ours is about to speak with the database: for a while some of each window is its own. */
  makeRoom(): void;
  /** Requests that may be made in a window, as far as we know. */
  most(): number;
  /** Whether less than half of the window is spent, and nobody has to wait. */
  hasSpare(): boolean;
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
    window.take(kind);
  }

  return {
    async turn(kind) {
      refuse();
      await lines[kind](() => start(kind));
    },
    ended: window.ended,
    tooFast({ retryAfter, isOurs }) {
      const seconds = Math.max(1, Math.ceil(retryAfter ?? USUAL_SECONDS));
      const until = clock() + seconds * 1000;
      // Requests that were under way with the first that was refused teach nothing more.
      if (isOurs) window.end({ until, isKnown: clock() < state.closedUntil });
      state.closedUntil = Math.max(state.closedUntil, until);
      return seconds;
    },
    blocked: () => void (state.blockedUntil = clock() + BLOCKED_FOR),
    makeRoom: window.makeRoom,
    most: window.most,
    hasSpare: () => clock() >= Math.max(state.closedUntil, state.blockedUntil) && window.hasSpare(),
  };
}

/** What may start in a minute, and what did. */
interface Window extends Pick<Pace, 'ended' | 'hasSpare' | 'makeRoom' | 'most'> {
  /** Milliseconds until there is room again, as far as it is known. */
  wait(kind: RequestKind): number;
  /** A request starts now. */
  take(kind: RequestKind): void;
  /** Notion says that it is spent. It says, too, when it is over, and the next one is whole. */
  end(spent: { until: number; isKnown: boolean }): void;
}

function createWindow(
  clock: () => number,
  { requestsPerMinute, isBeside }: { requestsPerMinute: number; isBeside: boolean },
): Window {
  const opened = clock();
  const [all, bulk] = [createCount(clock), createCount(clock)];
  const countsOf = (kind: RequestKind) => (kind === 'bulk' ? [all, bulk] : [all]);
  const state = { learnt: requestsPerMinute, learntUntil: 0, roomUntil: 0, spentUntil: 0 };

  function most(): number {
    return clock() < state.learntUntil ? state.learnt : requestsPerMinute;
  }

  function whole(): number {
    return isBeside ? FOR_OTHERS : most() - (clock() < state.roomUntil ? FOR_OTHERS : 0);
  }

  /** What ran before us may have spent the window in which we began, so that one teaches nothing. */
  function learn(): void {
    const taken = all.answered();
    if (clock() < opened + WINDOW || taken < LEAST || taken >= most()) return;
    Object.assign(state, { learnt: taken, learntUntil: clock() + LEARNT_FOR });
  }

  return {
    wait(kind) {
      // Prompt requests have what is kept free for them, and take of the others' share only what goes beyond it.
      const share = kind === 'bulk' ? bulk.wait(Math.floor(whole() * (1 - KEPT_FREE))) : 0;
      return Math.max(share, all.wait(whole()));
    },
    take(kind) {
      for (const count of countsOf(kind)) count.begin();
    },
    ended(kind) {
      const isOver = clock() < state.spentUntil;
      for (const count of countsOf(kind)) count.end(isOver);
    },
    end({ until, isKnown }) {
      if (!isKnown) learn();
      state.spentUntil = Math.max(state.spentUntil, until);
      for (const count of [all, bulk]) count.forget();
    },
    makeRoom: () => void (state.roomUntil = clock() + ROOM_FOR),
    most,
    hasSpare: () => all.wait(Math.floor(whole() / 2)) === 0,
  };
}

/** Requests that count at this moment: those under way, and those that were answered within a window. */
function createCount(clock: () => number) {
  const answers: number[] = [];
  let underWay = 0;

  function answered(): number {
    while ((answers[0] ?? clock()) <= clock() - WINDOW) answers.shift();
    return answers.length;
  }

  return {
    begin: () => void (underWay += 1),
    /** What was under way when its window was spent counts in no other. */
    end(isOver: boolean) {
      underWay -= 1;
      if (!isOver) answers.push(clock());
    },
    answered,
    /** Milliseconds until fewer than so many count. */
    wait(most: number): number {
      const tooMany = answered() + underWay - most + 1;
      if (tooMany <= 0) return 0;
      const last = answers[tooMany - 1];
      return last === undefined ? MOMENT : last + WINDOW - clock();
    },
    /** What was answered counts no more. */
    forget: () => void answers.splice(0),
  };
}
