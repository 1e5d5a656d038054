import { addressOf, aloneAt } from '../../config/addressees.ts';
import type { outbox } from '../../db/schema.ts';
import type { NoticePolicy, Policy } from '../../decide/policy.ts';
import { type Effect, MAIL_WAY, type NoticeKind } from '../../domain/effect.ts';
import { ownerOf, type Ticket, ticketName } from '../../domain/ticket.ts';
import { keyByMail, keyOverWay } from '../../kit/notice-keys.ts';
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
  const [people, ways] = [[...new Set(to)], [...new Set(by)]];
  const written = { ...wordsOf(policy, ticket, effect), ticketKey: ticket.key, nextAt: desk.now, createdAt: desk.now };
  const overWay = (way: string, recipient: string, told: readonly string[]): Outgoing => {
    return { ...written, key: keyOverWay(key, { way, recipient }), way, recipient, told };
  };
  const missed = new Map<string, string>();
  const rows = ways.flatMap((way): readonly Outgoing[] => {
    const known = policy.notices.ways[way];
    if (known === undefined || people.length === 0) return [];
    if (known.isRoom) return [overWay(way, way, people)];
    const found = new Map<string, string>();
    for (const person of people) {
      const at = aloneAt(policy, known, person);
      if (at === null) missed.set(person, way);
      // Somebody may stand there by name and by address.
      else if (!found.has(at)) found.set(at, person);
    }
    return [...found.values()].map((person) => overWay(way, person, [person]));
  });
  const byMail = isByMail(policy.notices, ways) ? people : [...missed.keys()];
  const mails = mailsTo(policy, byMail).map(({ person, address }): Outgoing => {
    const way = missed.get(person);
    const text = way === undefined ? written.text : `${written.text}\n\nBy mail, as "${way}" does not find ${person}.`;
    return { ...written, key: keyByMail(key, address), recipient: address, text };
  });
  return [...rows, ...mails];
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

/** A way that the config has lost meanwhile is mail. */
function isByMail({ ways }: NoticePolicy, names: readonly string[]): boolean {
  return names.some((name) => name === MAIL_WAY || ways[name] === undefined);
}

/** Who has no address cannot be written to, and each address is written to once. */
function mailsTo(policy: Policy, people: readonly string[]): readonly { person: string; address: string }[] {
  const byAddress = new Map<string, string>();
  for (const person of people) {
    const address = addressOf(policy, person);
    if (address !== null && !byAddress.has(address)) byAddress.set(address, person);
  }
  return [...byAddress].map(([address, person]) => ({ address, person }));
}
