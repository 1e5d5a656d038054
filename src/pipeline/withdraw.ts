import { and, eq, inArray } from 'drizzle-orm';
import { outbox } from '../db/schema.ts';
import type { Reason } from '../domain/decision.ts';
import type { Desk } from './desk.ts';
import { recordReasons } from './take-turn.ts';

/**
 * Takes out of the outbox what a turn took back. What is on its way at this moment goes out all the same; what was
 * still here never will, and its ticket's log says so.
 */
export async function withdrawLetters(desk: Desk): Promise<void> {
  const { withdrawn } = desk.records;
  if (withdrawn.length === 0) return;
  const rows = await desk.tx
    .delete(outbox)
    .where(and(inArray(outbox.key, withdrawn), eq(outbox.state, 'waiting')))
    .returning({ ticketKey: outbox.ticketKey, template: outbox.template });
  const unsent = desk.records.outbox.filter(({ key }) => withdrawn.includes(key));
  desk.records.outbox = desk.records.outbox.filter((row) => !unsent.includes(row));
  for (const { ticketKey, template } of [...rows, ...unsent]) {
    const held = desk.held.get(ticketKey);
    if (held !== undefined) recordReasons(desk, held.ticket, [reasonFor(template)]);
  }
}

function reasonFor(template: string): Reason {
  const source = { kind: 'default' } as const;
  return {
    stage: 'respond',
    code: 'respond.withdrawn',
    params: { template },
    change: null,
    evidence: [],
    source,
    opinion: null,
  };
}
