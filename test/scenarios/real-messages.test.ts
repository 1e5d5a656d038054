import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';

const Messages = z.array(
  z.strictObject({
    subject: z.string(),
    message: z.string().min(10),
    /** What the rules of the starter config are to make of it; null where a person must look. */
    category: z.string().nullable(),
    /** Whether it asks for anything; bare thanks do not. */
    isTicket: z.boolean().default(true),
  }),
);

const FILE = join(import.meta.dirname, '../fixtures/messages/customers.json');
const MESSAGES = Messages.parse(JSON.parse(readFileSync(FILE, 'utf8')));

interface Conversation {
  messages: { text: string }[];
  category: string | null;
  owner: string;
  needsReview: boolean;
}

describe('what customers really write', () => {
  let desk: RunningDesk;
  beforeEach(async () => {
    desk = await aRunningDesk();
  });
  afterEach(() => desk.remove());

  it('arrives word for word, once each, with an owner, and with the category that the rules give (A-007)', async () => {
    for (const [n, { subject, message }] of MESSAGES.entries()) {
      const fields = { name: `Person ${n}`, email: `person-${n}@example.com`, subject, message };
      expect(await desk.post(fields)).toBe(202);
      // Some senders deliver twice, and are told that it is there.
      if (n % 4 === 0) expect(await desk.post(fields)).toBe(200);
    }
    await desk.settled();
    const tickets = await desk.tickets();
    for (const [n, { message, category, isTicket }] of MESSAGES.entries()) {
      const [ticket, ...others] = tickets.filter(({ requester }) => requester.email === `person-${n}@example.com`);
      expect(others).toEqual([]);
      expect({ message, isTicket: ticket !== undefined }).toEqual({ message, isTicket });
      if (!isTicket) continue;
      const shown = await desk.api<Conversation>(`/api/tickets/${ticket?.number}`);
      expect(shown.messages.map(({ text }) => text.trimEnd())).toEqual([message.trimEnd()]);
      expect({ message, category: shown.category }).toEqual({ message, category });
      expect(shown.needsReview).toBe(category === null);
      expect(shown.owner).not.toBe('');
    }
  }, 60_000);
});
