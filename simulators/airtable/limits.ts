import { monthSpent, rateLimited } from './refusal.ts';
import type { Settings } from './settings.ts';

/** How many requests came when. */
export interface Limits {
  /**
   * Lets a request through or refuses it (section 2).
   *
   * @throws Refusal 429 in either meaning
   */
  admit(request: { baseId: string | null; token: string; isData: boolean }): void;
  /** Pauses a base as after a 429. */
  punish(baseId: string): void;
  usedThisMonth(): number;
  setMonthlyCap(cap: number | null): void;
}

const SECOND_MS = 1000;

/** The published limits: requests a second for a base and for a token, and calls in a month. */
export function createLimits(settings: Settings): Limits {
  const recent = new Map<string, number[]>();
  const pausedUntil = new Map<string, number>();
  const month = { name: '', used: 0, cap: settings.monthlyCap };

  function usedThisMonth(): number {
    const name = new Date(settings.now()).toISOString().slice(0, 7);
    if (name !== month.name) Object.assign(month, { name, used: 0 });
    return month.used;
  }

  /** Counts over a window that slides, so that no second holds more than the limit, wherever it begins. */
  function take(key: string, most: number): boolean {
    const now = settings.now();
    const within = (recent.get(key) ?? []).filter((at) => at > now - SECOND_MS);
    const isRoom = within.length < most;
    if (isRoom) within.push(now);
    recent.set(key, within);
    return isRoom;
  }

  function punish(key: string): void {
    pausedUntil.set(key, settings.now() + settings.penaltySeconds * SECOND_MS);
  }

  /** Asking during the pause does not prolong it [U, section 14]. */
  function admitAtRate(key: string, most: number): void {
    if ((pausedUntil.get(key) ?? 0) > settings.now()) throw rateLimited();
    if (take(key, most)) return;
    punish(key);
    throw rateLimited();
  }

  return {
    admit({ baseId, token, isData }) {
      admitAtRate(token, settings.tokenRequestsPerSecond);
      if (baseId !== null) admitAtRate(baseId, settings.requestsPerSecond);
      // On a spent month the schema still answers (section 2).
      if (isData && month.cap !== null && usedThisMonth() >= month.cap) throw monthSpent();
      usedThisMonth();
      month.used += 1;
    },
    punish,
    usedThisMonth,
    setMonthlyCap: (cap) => void (month.cap = cap),
  };
}
