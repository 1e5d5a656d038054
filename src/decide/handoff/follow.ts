import { type Handoff, type HandoffNews, isPending } from '../../domain/handoff.ts';
import { isOpen, ownerOf } from '../../domain/ticket.ts';
import type { HandoffContract } from '../policy.ts';
import { calendarNamed } from '../sla/aims.ts';
import { addOpenTime, MINUTE } from '../sla/calendar.ts';
import type { Turn } from '../turn.ts';
import { contractOf, missingOf } from './contract.ts';
import { asOwnedNow, comeToNothing, proceed } from './go.ts';
import { byContract, trailOf } from './reason.ts';
import { tell } from './tell.ts';

/** What has become of the latest hand-off since the last look, and what the time does to it. */
export function followHandoff(turn: Turn): void {
  const { handoff } = turn.ticket;
  if (handoff === null) return;
  tellFollowers(turn, handoff);
  if (turn.ticket.handoff !== null && isPending(turn.ticket.handoff)) goOn(turn, turn.ticket.handoff);
}

function goOn(turn: Turn, pending: Handoff): void {
  const { status, queue } = turn.ticket;
  if (!isOpen(status)) return comeToNothing(turn, pending, { code: 'ended' });
  if (queue !== pending.from) return comeToNothing(turn, pending, { code: 'moved' });
  if (!Object.hasOwn(turn.policy.queues, pending.to)) return comeToNothing(turn, pending, { code: 'queue_gone' });
  const handoff = asOwnedNow(turn, pending);
  const contract = contractOf(turn.policy, handoff);
  const actor = { by: handoff.by, at: turn.now, key: null, says: null };
  if (handoff.state === 'held') {
    const missing = missingOf(turn, contract, handoff);
    const isSame = missing.length > 0 && missing.join('\n') === handoff.missing.join('\n');
    return isSame ? waitForMore(turn, handoff, contract) : proceed(turn, handoff, actor);
  }
  // A contract that was edited meanwhile may ask nobody any more.
  return contract?.transfer === 'accept' ? waitForAnswer(turn, handoff, contract) : proceed(turn, handoff, actor);
}

/** Nobody forgets what is held: whoever asked hears of it once more, at the time of the contract's reminder. */
function waitForMore(turn: Turn, handoff: Handoff, contract: HandoffContract | null): void {
  if (contract === null || !isReminderDue(turn, handoff, { contract, since: handoff.at })) return;
  const params = { ...trailOf(handoff), missing: handoff.missing };
  remind(turn, handoff, { side: 'senders', because: byContract('handoff.still_held', contract, params) });
}

/** Without an answer in time there is first a reminder, and then the hand-off goes back; the ticket never left. */
function waitForAnswer(turn: Turn, handoff: Handoff, contract: HandoffContract): void {
  const since = handoff.askedAt ?? handoff.at;
  const dueAt = afterOpenMinutes(turn, contract, { since, minutes: contract.answerMinutes });
  if (isCome(turn, dueAt)) return giveUp(turn, handoff, contract);
  turn.wakeAt(dueAt);
  if (!isReminderDue(turn, handoff, { contract, since })) return;
  const because = byContract('handoff.reminded', contract, trailOf(handoff));
  remind(turn, handoff, { side: 'both', because });
}

function giveUp(turn: Turn, handoff: Handoff, contract: HandoffContract): void {
  const returned: Handoff = { ...handoff, state: 'returned', code: 'no_answer', endedAt: turn.now };
  turn.keep('handoff', returned);
  const { answerMinutes, calendar } = contract;
  const params = { ...trailOf(handoff), code: 'no_answer', owner: ownerOf(turn.ticket), answerMinutes, calendar };
  const because = byContract('handoff.returned', contract, params);
  tell(turn, { notice: 'handoff_returned', handoff: returned, to: 'both', except: null }, because);
}

function isReminderDue(
  turn: Turn,
  { remindedAt }: Handoff,
  { contract, since }: { contract: HandoffContract; since: Temporal.Instant },
): boolean {
  if (remindedAt !== null || contract.remindMinutes === null) return false;
  const at = afterOpenMinutes(turn, contract, { since, minutes: contract.remindMinutes });
  if (isCome(turn, at)) return true;
  turn.wakeAt(at);
  return false;
}

function remind(
  turn: Turn,
  handoff: Handoff,
  { side, because }: { side: 'both' | 'senders'; because: ReturnType<typeof byContract> },
): void {
  turn.keep('handoff', { ...handoff, remindedAt: turn.now });
  tell(turn, { notice: 'handoff_reminder', handoff, to: side, except: null }, because);
}

function isCome({ now }: Turn, at: Temporal.Instant | null): boolean {
  return at !== null && Temporal.Instant.compare(at, now) <= 0;
}

/** When so many minutes of the contract's calendar are over; null when that never happens. */
function afterOpenMinutes(
  { policy }: Turn,
  { calendar }: HandoffContract,
  { since, minutes }: { since: Temporal.Instant; minutes: number },
): Temporal.Instant | null {
  return addOpenTime(calendarNamed(policy, calendar), since, minutes * MINUTE);
}

/** Those who gave it away hear once that it was answered, and once that it is resolved; it is not theirs again. */
function tellFollowers(turn: Turn, handoff: Handoff): void {
  const { followers, heard, instance } = handoff;
  const news = newsIn(turn).filter((each) => !heard.includes(each));
  if (news.length === 0 || followers.length === 0) return;
  turn.keep('handoff', { ...handoff, heard: [...heard, ...news] });
  const { occasion, ticket } = turn;
  const by = 'name' in occasion ? occasion.name : 'by' in occasion ? occasion.by : null;
  const to = followers.filter((name) => name !== by);
  for (const each of news) {
    const because = byContract('handoff.updated', contractOf(turn.policy, handoff), {
      ...trailOf(handoff),
      news: each,
      owner: ownerOf(ticket),
      told: to,
    });
    const key = `handoff_update:${ticket.key}:${instance}:${each}`;
    const params = { To: handoff.to, News: NEWS[each] };
    if (to.length === 0) turn.note(because);
    else turn.send({ kind: 'notify', key, notice: 'handoff_update', to, params }, because);
  }
}

const NEWS: Readonly<Record<HandoffNews, string>> = {
  answered: 'The requester got an answer.',
  resolved: 'The ticket is resolved.',
};

/** What those who gave it away answer themselves is no news; the next answer of whoever has it is. */
function newsIn({ occasion, before, ticket }: Turn): readonly HandoffNews[] {
  const followers = ticket.handoff?.followers ?? [];
  const isAnswer = occasion.kind === 'replied' && occasion.by === 'agent' && !followers.includes(occasion.name);
  const isResolved = isOpen(before.status) && !isOpen(ticket.status);
  return [...(isAnswer ? ['answered' as const] : []), ...(isResolved ? ['resolved' as const] : [])];
}
