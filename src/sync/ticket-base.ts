import type { TicketBase } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import type { TicketStore } from '../ports/ticket-store.ts';
import { type LookParts, lookSoon } from './look-soon.ts';

interface BaseParts extends LookParts {
  store: Pick<TicketStore, 'abilities' | 'holds'>;
  log: Log;
}

/**
 * The base as channels know it. A look that cannot be had costs nothing but the time until the base is read anyway, so
 * whoever asked for it need not hear of that.
 */
export function ticketBase(parts: BaseParts): TicketBase {
  return {
    holds: (where) => parts.store.holds?.(where) ?? false,
    async look() {
      try {
        await lookSoon(parts);
      } catch (error) {
        parts.log.warn({ err: error }, 'the base is read at its usual pace, although something changed there');
      }
    },
  };
}
