import type { Connection } from '../db/connection.ts';

/**
 * Requests or tickets to one transaction. Larger batches share more of what each statement costs by itself:
 * twenty take some sixty milliseconds, four times five a hundred.
 */
const USUAL = 20;

/** While senders wait for a transaction to end before they are acknowledged: some fifteen milliseconds' worth. */
const BRIEF = 3;

/** How many the next transaction of the lane is to take on. */
export function batchSize(connection: Pick<Connection, 'hasSenders'>): number {
  return connection.hasSenders() ? BRIEF : USUAL;
}
