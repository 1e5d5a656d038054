import { destinationsOf } from '../../config/destinations.ts';
import type { outbox } from '../../db/schema.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Effect, NoticeKind } from '../../domain/effect.ts';
import { ownerOf, type Ticket, ticketName } from '../../domain/ticket.ts';
import type { Desk } from '../desk.ts';

type Outgoing = typeof outbox.$inferInsert;
type Told = Extract<Effect, { kind: 'notify' }>;

const NOTICES = {
  assigned: 'Yours',
  sla_warning: 'Due soon',
  sla_breach: 'Overdue',
  promise_warning: 'Promise due soon',
  promise_breach: 'Promise broken',
  unowned: 'Nobody can take it',
  breaker: 'Too many messages',
  given_back: 'Back in its queue',
  handoff_asked: 'Hand-off',
  handoff_answered: 'Hand-off answered',
  handoff_reminder: 'Hand-off still waits',
  handoff_returned: 'Hand-off came back',
  handoff_update: 'News of your hand-off',
  escalated: 'Escalated',
  deescalated: 'No longer escalated',
  incident: 'Incident',
  events_off: 'Events switched off',
  undelivered: 'Not delivered',
} as const satisfies Readonly<Record<NoticeKind, string>>;

/**
 * A notice to the team, once for each room and for each person who is told alone. Whom a way does not find hears by
 * mail, whatever else was chosen.
 */
export function writeNotice(desk: Pick<Desk, 'config' | 'now'>, ticket: Ticket, effect: Told): readonly Outgoing[] {
  const { policy } = desk.config;
  const { key, notice, to, by = policy.notices.by[notice] } = effect;
  const written = { ...wordsOf(policy, ticket, effect), ticketKey: ticket.key, nextAt: desk.now, createdAt: desk.now };
  return destinationsOf(policy, { key, to, by }).map(({ note, ...destination }) => {
    return { ...written, ...destination, text: note === null ? written.text : `${written.text}\n\n${note}` };
  });
}

function wordsOf(policy: Policy, ticket: Ticket, { notice, params }: Told) {
  const number = ticketName(policy.desk.prefix, ticket.number);
  const lines = [
    ticket.why,
    '',
    ...Object.entries(params).map(([name, value]) => `${name}: ${value}`),
    `Owner: ${ownerOf(ticket)}`,
  ];
  return {
    kind: 'notify' as const,
    subject: `[${number}] ${NOTICES[notice]}: ${ticket.subject}`,
    text: lines.join('\n'),
    template: notice,
  };
}
