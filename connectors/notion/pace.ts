import { Problem } from '../../src/domain/problem.ts';
import { inTurn } from '../../src/kit/store/in-turn.ts';
import { ownState, type Share, type SharedState } from '../../src/kit/store/shared-state.ts';
import type { Now } from '../../src/ports/now.ts';
import { blocked, rateLimited } from './problems.ts';

/**
 * Milliseconds for which a request counts, from its answer on, as we do not know when before that Notion counted it.
 * Its windows are 60 s (developers.notion.com, "Request limits"), and begin we do not know when; a little more, as
 * nobody says that they are so to the millisecond.
 */
const WINDOW = 60_100;

/** A request whose answer is not heard after so long, in milliseconds, is that of a process that was killed. */
const LONGEST_REQUEST = 300_000;

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

/** One budget for all requests of a connection, whichever of our processes makes them. */
export interface Pace {
  /**
   * Waits until a request may start, and tells when it did. Requests of one kind start in the order in which they asked.
   *
   * @throws Problem `notion.rate-limited` in the pause after a 429, `notion.blocked` while the connection is
   */
  turn(kind: RequestKind): Promise<number>;
  /** The request that had its turn then was answered, or given up. */
  ended(kind: RequestKind, begun: number): Promise<void>;
  /** Notion answered 429 or 529: everybody pauses. Resolves with for how many seconds. */
  tooFast(refused: { retryAfter: number | null; isOurs: boolean }): Promise<number>;
  /** Notion has blocked the connection. */
  blocked(): Promise<void>;
  /** Another program of ours is about to speak with the database: for a while some of each window is its own. */
  makeRoom(): Promise<void>;
  /** Requests that may be made in a window, as far as we know. */
  most(): Promise<number>;
  /** Whether less than half of the window is spent, and nobody has to wait. */
  hasSpare(): Promise<boolean>;
}

/** What a pace is made of. */
export interface PaceParts {
  now: Now;
  pause: (milliseconds: number) => Promise<void>;
  /** Whether another process of ours speaks with the database all the while, and shares nothing with us. */
  isBeside?: boolean | undefined;
  /** With whom the pace is kept; left out, this process has the connection to itself. */
  share?: Share | undefined;
}

/** Starts requests at a pace that Notion takes: as fast as they come, until the window is spent. */
export function createPace(parts: PaceParts, requestsPerMinute: number): Pace {
  const { pause, isBeside = false } = parts;
  const share = parts.share ?? ownState(() => parts.now().epochMilliseconds);
  const shared: SharedState<Kept> = share('notion-pace', nothingKept);
  const limits = { requestsPerMinute, isBeside };
  const lines = { bulk: inTurn(), prompt: inTurn() };

  async function start(kind: RequestKind): Promise<number> {
    for (;;) {
      const tried = await shared.change(
        (kept, at) => refused(kept, at) ?? tryStart(openWindow(kept, at, limits), kind),
      );
      if (tried instanceof Problem) throw tried;
      if ('begun' in tried) return tried.begun;
      await pause(tried.wait);
    }
  }

  return {
    turn: (kind) => lines[kind](() => start(kind)),
    ended: (kind, begun) => shared.change((kept, at) => openWindow(kept, at, limits).ended(kind, begun)),
    tooFast: ({ retryAfter, isOurs }) =>
      shared.change((kept, at) => {
        const seconds = Math.max(1, Math.ceil(retryAfter ?? USUAL_SECONDS));
        const until = at + seconds * 1000;
        // Requests that were under way with the first that was refused teach nothing more.
        if (isOurs) openWindow(kept, at, limits).end({ until, isKnown: at < kept.closedUntil });
        kept.closedUntil = Math.max(kept.closedUntil, until);
        return seconds;
      }),
    blocked: () => shared.change((kept, at) => void (kept.blockedUntil = at + BLOCKED_FOR)),
    makeRoom: () => shared.change((kept, at) => void (kept.roomUntil = at + ROOM_FOR)),
    most: () => shared.change((kept, at) => openWindow(kept, at, limits).most()),
    hasSpare: () => shared.change((kept, at) => refused(kept, at) === null && openWindow(kept, at, limits).hasSpare()),
  };
}

/** What all processes know together. Everything is a moment in milliseconds, but what was learnt. */
interface Kept {
  opened: number;
  all: Counted;
  bulk: Counted;
  learnt: number;
  learntUntil: number;
  roomUntil: number;
  spentUntil: number;
  closedUntil: number;
  blockedUntil: number;
}

/** When requests were answered, and when those began that are under way; the earliest first. */
interface Counted {
  answers: number[];
  underWay: number[];
}

function nothingKept(at: number): Kept {
  const none = { learnt: 0, learntUntil: 0, roomUntil: 0, spentUntil: 0, closedUntil: 0, blockedUntil: 0 };
  return { opened: at, all: { answers: [], underWay: [] }, bulk: { answers: [], underWay: [] }, ...none };
}

function refused({ blockedUntil, closedUntil }: Kept, at: number): Problem | null {
  if (at < blockedUntil) return blocked();
  return at < closedUntil ? rateLimited(Math.ceil((closedUntil - at) / 1000)) : null;
}

/** Starts a request, or tells in how many milliseconds to try again. */
function tryStart(window: Window, kind: RequestKind): { begun: number } | { wait: number } {
  const wait = window.wait(kind);
  return wait > 0 ? { wait } : { begun: window.take(kind) };
}

/** What may start in a minute, and what did, at one moment. */
interface Window {
  /** Milliseconds until there is room again, as far as it is known. */
  wait(kind: RequestKind): number;
  /** A request starts now. Tells when that is. */
  take(kind: RequestKind): number;
  ended(kind: RequestKind, begun: number): void;
  /** Notion says that it is spent. It says, too, when it is over, and the next one is whole. */
  end(spent: { until: number; isKnown: boolean }): void;
  most(): number;
  hasSpare(): boolean;
}

function openWindow(
  kept: Kept,
  at: number,
  { requestsPerMinute, isBeside }: { requestsPerMinute: number; isBeside: boolean },
): Window {
  const [all, bulk] = [createCount(kept.all, at), createCount(kept.bulk, at)];
  const countsOf = (kind: RequestKind) => (kind === 'bulk' ? [all, bulk] : [all]);

  function most(): number {
    return at < kept.learntUntil ? kept.learnt : requestsPerMinute;
  }

  function whole(): number {
    return isBeside ? FOR_OTHERS : most() - (at < kept.roomUntil ? FOR_OTHERS : 0);
  }

  /** What ran before us may have spent the window in which we began, so that one teaches nothing. */
  function learn(): void {
    const taken = all.answered();
    if (at < kept.opened + WINDOW || taken < LEAST || taken >= most()) return;
    Object.assign(kept, { learnt: taken, learntUntil: at + LEARNT_FOR });
  }

  return {
    wait(kind) {
      // Prompt requests have what is kept free for them, and take of the others' share only what goes beyond it.
      const share = kind === 'bulk' ? bulk.wait(Math.floor(whole() * (1 - KEPT_FREE))) : 0;
      return Math.max(share, all.wait(whole()));
    },
    take(kind) {
      for (const count of countsOf(kind)) count.begin();
      return at;
    },
    ended(kind, begun) {
      const isOver = at < kept.spentUntil;
      for (const count of countsOf(kind)) count.end(begun, isOver);
    },
    end({ until, isKnown }) {
      if (!isKnown) learn();
      kept.spentUntil = Math.max(kept.spentUntil, until);
      for (const count of [all, bulk]) count.forget();
    },
    most,
    hasSpare: () => all.wait(Math.floor(whole() / 2)) === 0,
  };
}

/** Requests that count at this moment: those under way, and those that were answered within a window. */
function createCount({ answers, underWay }: Counted, at: number) {
  while ((answers[0] ?? at) <= at - WINDOW) answers.shift();
  while ((underWay[0] ?? at) <= at - LONGEST_REQUEST) underWay.shift();
  return {
    begin: () => void underWay.push(at),
    /** What was under way when its window was spent counts in no other. */
    end(begun: number, isOver: boolean) {
      const place = underWay.indexOf(begun);
      if (place >= 0) underWay.splice(place, 1);
      if (!isOver) answers.push(at);
    },
    answered: () => answers.length,
    /** Milliseconds until fewer than so many count. */
    wait(most: number): number {
      const tooMany = answers.length + underWay.length - most + 1;
      if (tooMany <= 0) return 0;
      const last = answers[tooMany - 1];
      return last === undefined ? MOMENT : last + WINDOW - at;
    },
    /** What was answered counts no more. */
    forget: () => void answers.splice(0),
  };
}
