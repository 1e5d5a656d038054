import type { Because, Turn } from './turn.ts';

/** The part before the @ of addresses that no person reads; an answer to them comes back, and round again. */
const AUTOMATIC_SENDER =
  /^(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|mailer-daemon|postmaster|bounces?|auto-?reply|autoresponder)(?:[-+._=].*)?@/;

/** Hours after which nobody wonders any more whether a request has arrived: rows of a base that was just connected. */
const LATEST_HOURS = 24;

/** Tells the requester that the request has arrived: once a ticket, never a machine, and not too often a day. */
export function acknowledge(turn: Turn): void {
  if (turn.occasion.kind !== 'received') return;
  const { email } = turn.ticket.requester;
  const template = turn.policy.intake.acknowledgement;
  if (template === null) return withhold(turn, 'switched_off');
  if (email === null) return withhold(turn, 'no_address');
  if (turn.now.since(turn.ticket.openedAt).total('hours') > LATEST_HOURS) return withhold(turn, 'too_late');
  if (isMachine(email)) return withhold(turn, 'automatic_sender');
  if (turn.facts.acknowledgementsToday >= turn.policy.intake.acknowledgementsPerDay) return withhold(turn, 'capped');
  const because: Because = {
    stage: 'respond',
    code: 'respond.acknowledged',
    params: { to: email, template },
    evidence: [],
    source: { kind: 'policy', name: 'acknowledgement' },
  };
  turn.send({ kind: 'message', key: `acknowledged:${turn.ticket.key}`, template, to: email }, because);
}

/** Whether no person reads what is sent to an address. */
export function isMachine(email: string): boolean {
  return AUTOMATIC_SENDER.test(email.toLowerCase());
}

function withhold(turn: Turn, why: 'switched_off' | 'no_address' | 'too_late' | 'automatic_sender' | 'capped'): void {
  const { intake } = turn.policy;
  turn.note({
    stage: 'respond',
    code: 'respond.not_acknowledged',
    params: { why, sentToday: turn.facts.acknowledgementsToday, perDay: intake.acknowledgementsPerDay },
    evidence: [],
    source: { kind: 'policy', name: 'acknowledgement' },
  });
}
