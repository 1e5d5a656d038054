import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskRows } from '../../src/db/schema.ts';
import { aRunningDesk, type RunningDesk, type ShownTicket } from '../support/running-desk.ts';

/** What they write about, so that they go to every queue of the starter config. */
const TOPICS = [
  'My card was declined and the payment failed.',
  'The export is not working, it shows an error.',
  'Where can I find my invoices?',
  'Hola, necesito ayuda con la factura, gracias.',
  'Just wanted to say that your team is great.',
];

const TICKETS = 100;

/** Posts at once. */
const SENDERS = 20;

describe('the owner of a ticket', () => {
  let desk: RunningDesk;
  beforeEach(async () => {
    desk = await aRunningDesk();
  });
  afterEach(() => desk.remove());

  it('is there at every moment at which somebody looks, and in the base too (A-048)', async () => {
    const ownerless: ShownTicket[] = [];
    const state = { isOver: false, looks: 0, most: 0 };
    const looking = look();
    async function look(): Promise<void> {
      while (!state.isOver) {
        const tickets = await desk.tickets();
        ownerless.push(...tickets.filter(({ owner, queue }) => !owner || !queue));
        state.looks += 1;
        if (tickets.length < TICKETS) state.most = Math.max(state.most, tickets.length);
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, (_, sender) => postFrom(desk, sender)));
    await desk.settled();
    state.isOver = true;
    await looking;

    expect(ownerless).toEqual([]);
    expect(await desk.tickets()).toHaveLength(TICKETS);
    // Somebody looked while they came, not only when all was done.
    expect(state.most).toBeGreaterThan(0);
    expect(state.looks).toBeGreaterThan(3);
    const rows = await desk.afterwards(({ queries }) => queries.select().from(deskRows));
    expect(rows).toHaveLength(TICKETS);
    expect(rows.filter(({ cells }) => typeof cells['owner'] !== 'string' || cells['owner'] === '')).toEqual([]);
  }, 60_000);
});

async function postFrom(desk: RunningDesk, sender: number): Promise<void> {
  for (let n = sender; n < TICKETS; n += SENDERS) {
    const message = `${TOPICS[n % TOPICS.length]} That was case ${n}.`;
    const fields = { name: `Person ${n}`, email: `person-${n}@example.com`, subject: `Case ${n}`, message };
    expect(await desk.post(fields)).toBe(202);
  }
}
