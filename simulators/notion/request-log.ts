import type { Fault, Incoming } from './faults.ts';
import type { CallKind } from './call-kind.ts';

/** A request that was answered, or broken off. */
export interface LoggedRequest extends Incoming {
  /** 0 where the connection was broken. */
  status: number;
  at: number;
  kind: CallKind;
  /** How many pages it was about. */
  pages: number;
  fault: Fault['kind'] | null;
}

export interface Counters {
  requests: number;
  byKind: Partial<Record<CallKind, number>>;
  /** Answers with 429, for whatever reason. */
  tooMany: number;
  /** Pages in requests that wrote, or that queried. */
  pagesWritten: number;
  pagesRead: number;
  /** The most that came within any 60 seconds. */
  mostInAWindow: number;
}

export interface RequestLog {
  nextNumber(): number;
  note(request: LoggedRequest): void;
  requests(): readonly LoggedRequest[];
  counters(): Counters;
  /** Begins anew, for a figure that is about what comes next. */
  clear(): void;
}

const READS: readonly CallKind[] = ['query', 'get', 'search'];
const WINDOW_MS = 60_000;

export function createRequestLog(): RequestLog {
  const noted: LoggedRequest[] = [];
  let numbered = 0;
  return {
    nextNumber: () => (numbered += 1),
    note: (request) => void noted.push(request),
    requests: () => noted,
    counters: () => count(noted),
    clear: () => void noted.splice(0),
  };
}

function count(noted: readonly LoggedRequest[]): Counters {
  const counters: Counters = {
    requests: noted.length,
    byKind: {},
    tooMany: 0,
    pagesWritten: 0,
    pagesRead: 0,
    mostInAWindow: mostWithin(noted.map(({ at }) => at).sort((one, other) => one - other)),
  };
  for (const { kind, status, pages } of noted) {
    counters.byKind[kind] = (counters.byKind[kind] ?? 0) + 1;
    if (status === 429) counters.tooMany += 1;
    if (READS.includes(kind)) counters.pagesRead += pages;
    else counters.pagesWritten += pages;
  }
  return counters;
}

function mostWithin(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - WINDOW_MS) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
