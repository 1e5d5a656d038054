import { recipientOf } from '../../domain/ticket.ts';
import type { NoticeKind } from '../../domain/effect.ts';
import type { Handoff } from '../../domain/handoff.ts';
import { plain } from '../../domain/sentences/words.ts';
import { obstacleTo } from '../letters.ts';
import type { HandoffContract } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';
import { byContract, trailOf } from './reason.ts';

/** Who gives the ticket away: whoever had it and whoever asked, or those whom the queue names when both are nobody. */
export function sendersOf({ policy }: Turn, { from, by, assignee }: Handoff): readonly string[] {
  const agents = new Set(policy.agents.map(({ name }) => name));
  const people = [assignee, by].flatMap((name) => (name !== null && agents.has(name) ? [name] : []));
  return people.length > 0 ? [...new Set(people)] : receiversOf({ policy }, from);
}

/** Who hears of a ticket that comes: those whom the queue names, or else all who work there. */
export function receiversOf({ policy }: Pick<Turn, 'policy'>, name: string): readonly string[] {
  const queue = policy.queues[name];
  if (queue === undefined) return [];
  return queue.notify.length > 0 ? queue.notify : queue.members;
}

interface Told {
  notice: NoticeKind;
  handoff: Handoff;
  to: 'both' | 'senders' | 'receivers';
  /** Who did it need not hear of it. */
  except: string | null;
}

/** Tells one side or both, once for each hand-off, under a reason of its own unless one is given. */
export function tell(turn: Turn, { notice, handoff, to: side, except }: Told, because?: Because): void {
  const senders = side === 'receivers' ? [] : sendersOf(turn, handoff);
  const receivers = side === 'senders' ? [] : receiversOf(turn, handoff.to);
  const to = [...new Set([...senders, ...receivers])].filter((name) => name !== except);
  const said = because ?? byContract('handoff.told', null, trailOf(handoff));
  const told = { ...said, params: { ...said.params, told: to } };
  if (to.length === 0) return turn.note(told);
  // Of one hand-off, whoever is reminded while it is held may be reminded of the answer later.
  const key = `${notice}:${turn.ticket.key}:${handoff.instance}${handoff.state === 'held' ? ':held' : ''}`;
  turn.send({ kind: 'notify', key, notice, to, params: linesOf(handoff) }, told);
}

/** The notice, line by line, for people. */
function linesOf({ from, to, by, reason, code }: Handoff): Readonly<Record<string, string>> {
  return {
    From: from,
    To: to,
    'Asked by': by,
    ...(reason !== null && { Reason: reason }),
    ...(code !== null && { Code: plain(code) }),
  };
}

/** One letter for a hand-off that led somewhere, where the contract has one; and otherwise why there is none. */
export function tellCustomer(turn: Turn, handoff: Handoff, contract: HandoffContract | null): void {
  if (contract === null) return;
  const to = recipientOf(turn.ticket);
  const { customer: template } = contract;
  const trail = { ...trailOf(handoff), contract: contract.name, template, email: to };
  const silent = (why: string) => turn.note(byContract('handoff.customer_not_told', contract, { ...trail, why }));
  if (template === null) return silent('internal');
  const obstacle = obstacleTo(turn.ticket);
  if (to === null || obstacle !== null) return silent(obstacle ?? 'no_address');
  const key = `handoff:${turn.ticket.key}:${handoff.instance}`;
  const gaps = { 'queue.name': handoff.to };
  turn.send({ kind: 'message', key, template, to, gaps }, byContract('handoff.customer_told', contract, trail));
}
