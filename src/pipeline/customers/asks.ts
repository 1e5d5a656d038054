import { FIELD_IN_URL, type LookUpConfig } from '../../config/lookups.ts';
import { isEmpty, readField, written } from '../../decide/conditions/fields.ts';
import { holds, subjectOf } from '../../decide/conditions/index.ts';
import type { Ticket } from '../../domain/ticket.ts';

/** One question to one service. */
export interface Ask {
  lookUp: LookUpConfig;
  /** With the fields of the ticket filled in; it names the question, and holds no secret. */
  url: string;
}

/** What there is to ask about a ticket. Where a field of the address is empty, nothing is. */
export function asksFor(lookUps: readonly LookUpConfig[], ticket: Ticket, now: Temporal.Instant): readonly Ask[] {
  if (lookUps.length === 0) return [];
  const subject = subjectOf(ticket, now);
  return lookUps.flatMap((lookUp) => {
    if (lookUp.headers === null || holds(lookUp.when, subject) === null) return [];
    const url = addressFor(lookUp.url, ticket);
    return url === null ? [] : [{ lookUp, url }];
  });
}

/** A customer's words cannot leave their place in the address, whatever they are. */
function addressFor(template: string, ticket: Ticket): string | null {
  const fields = [...template.matchAll(FIELD_IN_URL)].map(([, field = '']) => readField(ticket, field));
  if (fields.some(isEmpty)) return null;
  return template.replaceAll(FIELD_IN_URL, (_, field: string) => encodeURIComponent(written(readField(ticket, field))));
}

/** What tells one question from all others. */
export function askName({ lookUp, url }: Ask): string {
  return `${lookUp.name} ${url}`;
}
