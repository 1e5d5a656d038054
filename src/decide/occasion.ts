import { statusWords } from '../domain/status-names.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Occasion } from '../domain/occasion.ts';
import { isOpen, type Status } from '../domain/ticket.ts';
import { isAsking } from './clarify/state.ts';
import { giveBack, takeEdits } from './edit.ts';
import { hearMachine } from './machine.ts';
import { isOnlyThanks } from './only-thanks.ts';
import { hearUndelivered } from './undelivered.ts';
import { takeSolved } from './self-service.ts';
import type { Because, Turn } from './turn.ts';

type Reply = Extract<Occasion, { kind: 'replied' }>;
type Rating = Extract<Occasion, { kind: 'rated' }>;

/** In these we wait for the customer or for somebody else; an answer ends the wait. */
const ENDED_BY_AN_ANSWER: ReadonlySet<Status> = new Set(['pending', 'needs_info', 'on_hold']);

/** What the occasion itself does to the ticket, before anything is judged. */
export function takeOccasion(turn: Turn): void {
  const { occasion } = turn;
  switch (occasion.kind) {
    case 'received':
      return noteReceipt(turn, occasion.message);
    case 'replied':
      return occasion.by === 'customer' ? hearCustomer(turn, occasion) : hearAgent(turn, occasion);
    case 'machine':
      return hearMachine(turn, occasion);
    case 'undelivered':
      return hearUndelivered(turn, occasion.letter);
    case 'edited':
      if (occasion.row !== undefined) turn.seeRow(occasion.row);
      return takeEdits(turn, occasion);
    case 'asked':
      return giveBack(turn, occasion.by);
    case 'rated':
      return hearRating(turn, occasion);
    case 'noted':
    case 'advised':
    case 'reconsidered':
    case 'drafted':
    case 'due':
      return undefined;
  }
}

function noteReceipt(turn: Turn, { from }: InboundMessage): void {
  const requester = from.email ?? from.name;
  const params = { channel: turn.ticket.channel, requester: requester === '' ? 'somebody without a name' : requester };
  turn.note({ stage: 'intake', code: 'intake.received', params, evidence: [], source: { kind: 'default' } });
}

/** A reply to a closed ticket should have become a new one; should it arrive here all the same, it is only counted. */
function hearCustomer(turn: Turn, reply: Reply): void {
  const { name } = reply;
  const { status, contactCount, reopenCount } = turn.ticket;
  const contacts = contactCount + 1;
  turn.change('contactCount', contacts, because('intake.replied', name, { contacts }));
  // Thanks for a solution are no reason to look at it again. To a question of ours they are no answer.
  if (
    !isOpen(status) &&
    !(reply.hasFiles ?? false) &&
    isOnlyThanks(reply.text, { from: turn.ticket.requester.name, policy: turn.policy })
  )
    return turn.note(because('intake.thanked', name));
  if (takeSolved(turn, { hasFiles: false, ...reply })) return;
  if (reply.saysSolved === true && isOpen(status)) return endAsSolved(turn, reply);
  if (ENDED_BY_AN_ANSWER.has(status))
    turn.change(
      'status',
      isAsking(turn.ticket) ? 'new' : 'open',
      because('intake.answered', name, { was: statusWords(turn.policy.desk.statuses, status) }),
    );
  if (status === 'closed') turn.note(because('intake.replied_after_close', name));
  if (status !== 'resolved') return;
  turn.change('status', 'open', because('intake.reopened', name));
  turn.change('resolvedAt', null, because('intake.reopened', name));
  turn.change('reopenCount', reopenCount + 1, because('intake.reopened', name));
}

/** Whoever asked knows best. */
function endAsSolved(turn: Turn, { name }: Reply): void {
  turn.change('status', 'resolved', because('intake.said_solved', name));
  turn.change('resolvedAt', turn.now, because('intake.said_solved', name));
}

function hearRating(turn: Turn, { score, comment }: Rating): void {
  const { name } = turn.ticket.requester;
  const params = { score, comment };
  turn.change('satisfaction', score, { ...because('follow_up.rated', name, params), stage: 'follow_up' });
  turn.change('surveyComment', comment, { ...because('follow_up.commented', name, params), stage: 'follow_up' });
}

function hearAgent(turn: Turn, { name, at }: Reply): void {
  if (turn.ticket.firstRespondedAt === null) {
    turn.change('firstRespondedAt', at, { ...because('respond.first_reply', name), stage: 'respond' });
  }
  if (turn.ticket.status === 'new') {
    turn.change('status', 'open', { ...because('respond.opened', name), stage: 'respond' });
  }
}

function because(code: string, name: string, params: Because['params'] = {}): Because {
  return { stage: 'intake', code, params: { name, ...params }, evidence: [], source: { kind: 'person', name } };
}
