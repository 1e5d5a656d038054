import type { Connection } from '../db/connection.ts';

/**
 * Requests or tickets to one transaction. Larger batches share more of each statement's cost: twenty take
 * three quarters of the time that four times five do.
 */
const USUAL = 20;

/** While senders wait for a transaction to end before they are acknowledged: some twenty milliseconds' worth. */
const BRIEF = 5;

/** How many the next transaction of the lane is to take on. */
export function batchSize(connection: Pick<Connection, 'hasSenders'>): number {
  return connection.hasSenders() ? BRIEF : USUAL;
}
