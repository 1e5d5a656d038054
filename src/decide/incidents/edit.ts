import type { FieldChange } from '../../domain/occasion.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { Refusal } from '../legal-edit.ts';
import type { ByPerson, Turn } from '../turn.ts';
import { incidentIn } from './seen.ts';

/** The gap of a letter that only a person can fill. */
const MESSAGE_GAP = 'incident.message';

/** Why a link or a declaration can't stand; null when it can. Whether a number is one was looked at before. */
export function refusalOfIncident(turn: Turn, { field, to }: FieldChange): Refusal | null {
  if (field === 'knownIncident' && to === true) return refusalOfDeclaration(turn);
  if (field !== 'incident' || typeof to !== 'number') return null;
  const incident = incidentIn(turn, to);
  if (incident === null) return refused('no_ticket');
  if (incident.number === turn.ticket.number) return refused('itself');
  return incident.incident === turn.ticket.number ? refused('circle') : null;
}

/** The tick sends the letter, so that what it is to say must stand there before. */
function refusalOfDeclaration({ ticket, policy }: Turn): Refusal | null {
  if (ticket.incident !== null) return refused('reports_another', [ticketName(policy.desk.prefix, ticket.incident)]);
  const template = policy.replies[policy.incidents?.template ?? ''];
  const asks = template !== undefined && `${template.subject}${template.body}`.includes(MESSAGE_GAP);
  return asks && (ticket.incidentMessage ?? '').trim() === '' ? refused('message_first') : null;
}

function refused(why: Refusal['why'], allowed: readonly string[] = []): Refusal {
  return { why, allowed };
}

/** Takes over that a person links a ticket, to what that reports where it reports another; or that it is an incident. */
export function takeIncidentEdit(turn: Turn, { field, to }: FieldChange, by: string): void {
  const { prefix } = turn.policy.desk;
  const value = typeof to === 'number' ? (incidentIn(turn, to)?.incident ?? to) : to;
  const named = (number: FieldChange['to']) => (typeof number === 'number' ? ticketName(prefix, number) : '');
  const params = { by, from: named(turn.ticket.incident), incident: named(value) };
  turn.accept(field, value, because(codeOf(field, to), params));
}

function codeOf(field: FieldChange['field'], to: FieldChange['to']): string {
  if (field === 'incident') return to === null ? 'link.unlinked' : 'link.by_hand';
  return to === true ? 'link.declared' : 'link.withdrawn';
}

function because(code: string, params: ByPerson['params'] & { by: string }): ByPerson {
  return { stage: 'link', code, params, evidence: [], source: { kind: 'person', name: params.by } };
}
