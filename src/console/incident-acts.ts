import type { FieldChange } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { ConsoleParts } from './parts.ts';
import { readTicket } from './ticket-rows.ts';
import type { FormVisit } from './visit.ts';

/** What a person does about incidents. What can't be is refused by the judgement, and said above the request. */
export function incidentActs(parts: ConsoleParts) {
  return {
    link: (visit: FormVisit, ticket: Ticket) => link(parts, visit, ticket),
    incident: (visit: FormVisit, ticket: Ticket) => declare(parts, visit, ticket),
  };
}

async function link(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const to = numberIn(visit.form.get('to'));
  if (to === ticket.incident) return visit.goTo(`/tickets/${ticket.number}`, 'unchanged');
  await change(parts, visit, { ticket, changes: [{ field: 'incident', from: ticket.incident, to }] });
  const after = await readTicket(parts.connection.queries, ticket.number);
  const done = after?.incident === ticket.incident ? 'not_linked' : to === null ? 'unlinked' : 'linked';
  return visit.goTo(`/tickets/${ticket.number}`, done);
}

/** As people write it: `T-1042`, `1042`. What is none goes to the judgement as it was written. */
function numberIn(written: string): number | string | null {
  const words = written.trim().slice(0, 20);
  if (words === '') return null;
  const digits = /(\d{1,9})$/.exec(words)?.[1];
  return digits === undefined ? words : Number(digits);
}

async function declare(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form } = visit;
  const message = form.get('message').trim() || null;
  const asked = form.get('do');
  const known: FieldChange[] =
    asked === 'save' ? [] : [{ field: 'knownIncident', from: ticket.knownIncident, to: asked === 'declare' }];
  const changes: FieldChange[] = [{ field: 'incidentMessage', from: ticket.incidentMessage, to: message }, ...known];
  await change(parts, visit, { ticket, changes });
  const after = await readTicket(parts.connection.queries, ticket.number);
  const isRefused = asked === 'declare' && after?.knownIncident !== true;
  return visit.goTo(`/tickets/${ticket.number}`, isRefused ? 'not_declared' : 'changed');
}

async function change(
  { pipeline }: ConsoleParts,
  { person, now }: FormVisit,
  { ticket, changes }: { ticket: Ticket; changes: readonly FieldChange[] },
): Promise<void> {
  await pipeline.edit(ticket.key, { by: person, at: now, changes });
}
