import type { CheckIn } from '../../domain/follow-up.ts';
import { isOpen } from '../../domain/ticket.ts';
import { holds } from '../conditions/index.ts';
import type { CheckInRule } from '../policy.ts';
import { isBefore, localTime } from '../sla/moment.ts';
import type { Because, Turn } from '../turn.ts';
import { write } from './letter.ts';
import { after } from './next-steps.ts';

/** Plans check-ins when the moment comes that their wait begins with, sends those that are due, and drops the others. */
export function checkIn(turn: Turn): void {
  dropOutdated(turn);
  const began = beginning(turn);
  if (began !== null) for (const rule of turn.policy.followUp.checkIns) if (rule.since === began) plan(turn, rule);
  for (const planned of turn.ticket.checkIns) if (!isBefore(turn.now, planned.dueAt)) send(turn, planned);
}

/** What happened now that a wait can begin with. */
function beginning({ before, ticket, occasion }: Turn): CheckInRule['since'] | null {
  if (!isOpen(ticket.status)) return isOpen(before.status) ? 'resolved' : null;
  return occasion.kind === 'replied' && occasion.by === 'agent' ? 'answered' : null;
}

/** Who wrote need not be asked, whatever they wrote; and a ticket that took another turn is not what was meant. */
function dropOutdated(turn: Turn): void {
  for (const planned of turn.ticket.checkIns) {
    const why = whyDropped(turn, planned);
    if (why === null) continue;
    remove(turn, planned);
    turn.note({ ...because('follow_up.check_in_dropped', planned), params: { name: planned.name, why } });
  }
}

type WhyDropped = 'wrote' | 'opened' | 'resolved' | 'gone';

function whyDropped({ ticket, occasion, policy }: Turn, { name }: CheckIn): WhyDropped | null {
  const rule = policy.followUp.checkIns.find((each) => each.name === name);
  if (occasion.kind === 'replied' && occasion.by === 'customer') return 'wrote';
  if (rule === undefined) return 'gone';
  if (rule.since === 'resolved') return isOpen(ticket.status) ? 'opened' : null;
  return isOpen(ticket.status) ? null : 'resolved';
}

function plan(turn: Turn, rule: CheckInRule): void {
  const proof = holds(rule.when, turn.subject);
  const dueAt = proof === null ? null : after(turn.now, rule.wait, turn.policy);
  if (proof === null || dueAt === null) return;
  const { name } = rule;
  turn.keep('checkIns', [...turn.ticket.checkIns.filter((planned) => planned.name !== name), { name, dueAt }]);
  const dueLocal = localTime(dueAt.epochMilliseconds, turn.policy.desk.timeZone);
  const params = { name, dueAt: dueAt.toString(), dueLocal };
  turn.note({ ...because('follow_up.check_in_planned', rule), params, evidence: proof });
}

function send(turn: Turn, planned: CheckIn): void {
  const { name, dueAt } = planned;
  const rule = turn.policy.followUp.checkIns.find((each) => each.name === name);
  remove(turn, planned);
  if (rule === undefined) return;
  write(turn, {
    codes: { sent: 'follow_up.checked_in', withheld: 'follow_up.not_checked_in' },
    key: `check_in:${turn.ticket.key}:${name}:${dueAt.epochMilliseconds}`,
    template: rule.template,
    params: { name },
    source: sourceOf(rule),
  });
}

function remove(turn: Turn, planned: CheckIn): void {
  turn.keep(
    'checkIns',
    turn.ticket.checkIns.filter((each) => each !== planned),
  );
}

function because(code: string, rule: { name: string; owner?: string }): Omit<Because, 'params'> {
  return { stage: 'follow_up', code, evidence: [], source: sourceOf(rule) };
}

function sourceOf({ name, owner = '' }: { name: string; owner?: string }): Because['source'] {
  return { kind: 'rule', name, owner };
}
