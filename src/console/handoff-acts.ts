import { ulid } from 'ulid';
import { type HandoffState, isPending } from '../domain/handoff.ts';
import type { HandoffAnswer } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { ConsoleParts } from './parts.ts';
import { answeredMeanwhile } from './refusal-pages.ts';
import { readTicket } from './ticket-rows.ts';
import type { Acts, FormVisit } from './visit.ts';

/** What people do with a hand-off that waits, and with a queue that helps. */
export function handoffActs(parts: ConsoleParts): Acts {
  return {
    accept: (visit, ticket) => answer(parts, visit, { ticket, accepts: true, code: null }),
    reject: (visit, ticket) => answer(parts, visit, { ticket, accepts: false, code: visit.form.get('code') || null }),
    'take-back': (visit, ticket) => takeBack(parts, visit, ticket),
    'end-help': (visit, ticket) => endHelp(parts, visit, ticket),
  };
}

/** What came of an asking, by the code of its sentence. */
export function handedOff({ queue, handoff, collaborators }: Ticket, to: string): string {
  if (queue === to) return 'handed_off';
  if (handoff?.to !== to) return 'not_handed_off';
  if (handoff.state === 'asked') return 'handoff_asked';
  if (handoff.state === 'held') return 'handoff_held';
  return collaborators.includes(to) ? 'handoff_helps' : 'not_handed_off';
}

/** Whether the form is about the hand-off that still waits; somebody else may have been quicker. */
function isStillWaiting({ handoff }: Ticket, { form }: FormVisit): boolean {
  return handoff !== null && isPending(handoff) && String(handoff.instance) === form.get('instance');
}

async function answer(
  parts: ConsoleParts,
  visit: FormVisit,
  { ticket, ...said }: Omit<HandoffAnswer, 'key'> & { ticket: Ticket },
): Promise<void> {
  if (!isStillWaiting(ticket, visit)) return visit.refuse(answeredMeanwhile(ticket));
  const { person, now } = visit;
  const answered = { ...said, key: `${ulid()}.answer` };
  await parts.pipeline.edit(ticket.key, { by: person, at: now, changes: [], answer: answered });
  const after = await readTicket(parts.connection.queries, ticket.number);
  const state = after?.handoff?.state ?? 'asked';
  return visit.goTo(home(ticket), ANSWERED[state] ?? 'unchanged');
}

const ANSWERED: Readonly<Partial<Record<HandoffState, string>>> = {
  accepted: 'handoff_accepted',
  rejected: 'handoff_rejected',
};

/** To the queue where it is: the judgement knows what that means. */
async function takeBack(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  if (!isStillWaiting(ticket, visit)) return visit.refuse(answeredMeanwhile(ticket));
  const { person, now } = visit;
  const handoff = { to: ticket.queue, reason: null, key: `${ulid()}.back` };
  await parts.pipeline.edit(ticket.key, { by: person, at: now, changes: [], handoff });
  return visit.goTo(home(ticket), 'handoff_taken_back');
}

async function endHelp({ pipeline }: ConsoleParts, { form, person, now, goTo }: FormVisit, ticket: Ticket) {
  const { collaborators } = ticket;
  const to = collaborators.filter((queue) => queue !== form.get('queue'));
  if (to.length === collaborators.length) return goTo(home(ticket), 'unchanged');
  const changes = [{ field: 'collaborators' as const, from: collaborators, to }];
  await pipeline.edit(ticket.key, { by: person, at: now, changes });
  return goTo(home(ticket), 'changed');
}

function home({ number }: Ticket): string {
  return `/tickets/${number}`;
}
