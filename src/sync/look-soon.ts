import type { Connection } from '../db/connection.ts';
import type { RequestMeter } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';
import type { TicketStore } from '../ports/ticket-store.ts';
import { secondsToLook } from './pace.ts';
import { keepPlace, pagesAfter, pullPlace } from './place.ts';

export interface LookParts {
  connection: Connection;
  store: Pick<TicketStore, 'abilities'>;
  meter: Pick<RequestMeter, 'spentThisMonth'>;
  /** Wakes the lane that reads the base. */
  wake: () => Promise<void>;
  now: Now;
}

/** Has the base read as soon as its pace allows, because somebody said that something changed there. */
export async function lookSoon({ connection, store, meter, wake, now: clock }: LookParts): Promise<void> {
  const now = clock();
  const { pages, nextAt } = await pullPlace({ connection });
  const asked = pagesAfter(pages, 0, now).count;
  const seconds = secondsToLook({ ...store.abilities, now, spent: meter.spentThisMonth(), asked });
  if (seconds === 0) {
    await keepPlace({ connection }, { nextAt: null });
    await wake();
    return;
  }
  const latest = now.add({ seconds });
  const isSooner = nextAt === null || Temporal.Instant.compare(nextAt, latest) <= 0;
  if (!isSooner) await keepPlace({ connection }, { nextAt: latest.toString() });
}
