import { rateLimited, type RateLimitReason } from './refusal.ts';
import type { CallKind } from './call-kind.ts';
import type { Plan, Settings } from './settings.ts';

/** How many requests came when. */
export interface Limits {
  /**
   * Lets a request through or refuses it (section 2). What is refused is not counted.
   *
   * @throws Refusal 429 with its reason
   */
  admit(request: { connectionId: string; kind: CallKind }): void;
  /** Refuses a connection for so long, as after a 429. */
  pause(connectionId: string, seconds: number): void;
  /** Refuses it for good, or no longer: `public_api_request_blocked`. */
  setBlocked(connectionId: string, isBlocked: boolean): void;
}

/** Requests may come at any pace within a window (section 2). */
const WINDOW_SECONDS = 60;

const PER_WINDOW: Readonly<Record<Plan, number>> = { free: 180, plus: 180, business: 600, enterprise: 600 };

interface Window {
  endsAt: number;
  used: number;
}

export function createLimits(settings: Settings): Limits {
  const windowOf = createWindows(settings);
  const pausedUntil = new Map<string, number>();
  const blocked = new Set<string>();

  function secondsUntil(moment: number): number {
    return (moment - settings.now()) / 1000;
  }

  return {
    admit({ connectionId, kind }) {
      if (blocked.has(connectionId)) throw rateLimited('public_api_request_blocked', null);
      const pause = pausedUntil.get(connectionId) ?? 0;
      if (pause > settings.now()) throw rateLimited('public_api_request_rate_limit', secondsUntil(pause));
      const budgets = budgetsOf(settings, connectionId, kind).map((budget) => ({
        ...budget,
        window: windowOf(budget),
      }));
      const full = budgets.find(({ window, most }) => window.used >= most);
      if (full !== undefined) throw rateLimited(full.reason, secondsUntil(full.window.endsAt));
      for (const { window } of budgets) window.used += 1;
    },
    pause: (connectionId, seconds) => void pausedUntil.set(connectionId, settings.now() + seconds * 1000),
    setBlocked: (connectionId, isBlocked) =>
      void (isBlocked ? blocked.add(connectionId) : blocked.delete(connectionId)),
  };
}

/** What a request is taken from. */
interface Budget {
  key: string;
  reason: RateLimitReason;
  most: number;
  seconds: number;
}

function budgetsOf(
  { workspaceLimit, endpointLimits, requestsPerWindow, plan }: Settings,
  connectionId: string,
  kind: CallKind,
): Budget[] {
  const most = requestsPerWindow ?? PER_WINDOW[plan];
  const budgets: Budget[] = [
    { key: connectionId, reason: 'public_api_request_rate_limit', most, seconds: WINDOW_SECONDS },
  ];
  const ofEndpoint = endpointLimits[kind];
  if (ofEndpoint !== undefined) {
    const key = `${connectionId} ${kind}`;
    budgets.push({ key, reason: 'public_api_endpoint_rate_limit', most: ofEndpoint, seconds: WINDOW_SECONDS });
  }
  if (workspaceLimit !== null) {
    const { requests, windowSeconds: seconds } = workspaceLimit;
    budgets.push({ key: 'workspace', reason: 'public_api_space_request_rate_limit', most: requests, seconds });
  }
  return budgets;
}

/** A window begins with the first request after the last one [U: whether it follows the clock's minutes]. */
function createWindows({ now }: Settings): (budget: Budget) => Window {
  const windows = new Map<string, Window>();
  return ({ key, seconds }) => {
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > now()) return known;
    const fresh = { endsAt: now() + seconds * 1000, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };
}
