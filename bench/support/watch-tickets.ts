import type { ServiceProcess } from '../../test/support/service-process.ts';
import { until } from '../../test/support/until.ts';

/** The largest page that the API gives. */
const PAGE = 200;

interface Page {
  tickets: { number: number; requester: { email: string | null } }[];
}

/** Sees tickets come, as a reader of the API does. */
export interface TicketWatch {
  /**
   * Waits for the tickets of all these markers, which begin their requesters' addresses. When each was seen,
   * on the clock of `performance.now()`. Ends the watch.
   */
  all(markers: readonly string[], patienceSeconds: number): Promise<ReadonlyMap<string, number>>;
}

/**
 * Looks again after each pause, so it sees a ticket up to so much late, and the service spends some
 * milliseconds on each look. Begins with the tickets that there are; only those of known markers count.
 */
export function watchTickets(service: ServiceProcess, pauseMilliseconds: number): TicketWatch {
  const seen = new Map<string, number>();
  const state = { cursor: 0, isOver: false };
  const watching = watch();

  async function watch(): Promise<void> {
    while (!state.isOver) {
      const { tickets } = await service.api<Page>(`/api/tickets?cursor=${state.cursor}&limit=${PAGE}`);
      const at = performance.now();
      for (const { number, requester } of tickets) {
        seen.set((requester.email ?? '').replace(/@.*$/, ''), at);
        state.cursor = number;
      }
      if (tickets.length < PAGE) await new Promise((passed) => setTimeout(passed, pauseMilliseconds));
    }
  }

  return {
    async all(markers, patienceSeconds) {
      const isThere = () => markers.every((marker) => seen.has(marker));
      await until('the last ticket is there', isThere, { seconds: patienceSeconds }).finally(() => {
        state.isOver = true;
      });
      await watching;
      const wanted = new Set(markers);
      return new Map([...seen].filter(([marker]) => wanted.has(marker)));
    },
  };
}
