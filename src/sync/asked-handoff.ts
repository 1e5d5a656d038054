import { isPending } from '../domain/handoff.ts';
import type { HandoffAnswer, HandoffAsked } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { Cell, Cells } from '../ports/ticket-store.ts';
import { askingKeyOf } from './asking-key.ts';
import type { DeskColumn } from './desk-column.ts';
import type { MirrorRow } from './mirror.ts';

/**
 * Bases save cell by cell, so whoever chooses the queue first is still typing when it is taken. So many minutes
 * later at most, and one look at the base, the reason is there.
 */
const TYPING_MINUTES = 5;

/** The cells of a hand-off: as they were read, and as we last knew them. */
export interface HandoffCells {
  columns: readonly DeskColumn[];
  theirs: Cells;
  synced: Cells;
  mirror: Pick<MirrorRow, 'key' | 'ticket' | 'handoffKey'>;
}

/** What a look at the cells of a hand-off brought. */
export interface SeenHandoff {
  /** Null when nothing is asked for: a cell was emptied, or a reason waits for its queue. */
  asked: HandoffAsked | null;
  /** What the other side says; null when it says nothing new. */
  answer: HandoffAnswer | null;
  /** Of this look, with the reason that it took. */
  key: string | null;
}

/**
 * What a person asks for by `Hand off to` and `Hand-off reason`, and says by `Hand-off answer`. The queue is the
 * request and counts once, as the answer does.
 */
export function seeHandoff(
  { columns, theirs, synced, mirror }: HandoffCells,
  { now, pollSeconds }: { now: Temporal.Instant; pollSeconds: number },
): SeenHandoff {
  const [to, reason] = [wordsIn(theirs['handoffTo']), wordsIn(theirs['handoffReason'])];
  const isChosen = to !== wordsIn(synced['handoffTo']);
  const isTyped = reason !== wordsIn(synced['handoffReason']);
  const said = wordsIn(theirs['handoffAnswer']);
  const isSaid = said !== wordsIn(synced['handoffAnswer']);
  if (!isChosen && !isTyped && !isSaid) return { asked: null, answer: null, key: mirror.handoffKey };
  const asks = isChosen && to !== '';
  const isTaken = asks || (isTyped && isLate(reason, mirror.ticket, now.subtract({ seconds: Math.ceil(pollSeconds) })));
  const before = mirror.handoffKey ?? mirror.key;
  const key = askingKeyOf(before, { to: isSaid ? `${to}\n${said}` : to, text: isTaken ? reason : '' });
  const asked = { to: asks ? queueOf(columns, to) : null, reason: reason === '' ? null : reason, key };
  const answer = isSaid && said !== '' ? answerOf(columns, { said, key }) : null;
  return { asked: isTaken ? asked : null, answer, key };
}

/** What is no answer of the desk's goes to the judgement as a no of that name; it refuses it, and says why. */
function answerOf(columns: readonly DeskColumn[], { said, key }: { said: string; key: string }): HandoffAnswer {
  const code = columns.find((column) => column.name === 'handoffAnswer')?.take(said);
  if (code === '') return { accepts: true, code: null, key };
  return { accepts: false, code: typeof code === 'string' ? code : said, key };
}

/** Whether a reason that comes alone belongs to the hand-off that just was, which has none, or its beginning. */
function isLate(reason: string, { handoff, queue }: Ticket, lookedAt: Temporal.Instant): boolean {
  if (handoff === null || reason === '') return false;
  const isMoved = !isPending(handoff) && handoff.way === 'transfer';
  if (queue !== (isMoved ? handoff.to : handoff.from)) return false;
  const isItsOwn = handoff.reason === null || reason.startsWith(handoff.reason);
  // What is held may be held for its reason, however long that takes.
  if (handoff.state === 'held' && isItsOwn) return true;
  return isItsOwn && lookedAt.since(handoff.at).total('minutes') <= TYPING_MINUTES;
}

/** A name that is no queue goes to the judgement as it was chosen; it refuses it, and says why. */
function queueOf(columns: readonly DeskColumn[], chosen: string): string {
  const name = columns.find((column) => column.name === 'handoffTo')?.take(chosen);
  return typeof name === 'string' ? name : chosen;
}

function wordsIn(cell: Cell | undefined): string {
  return typeof cell === 'string' ? storable(cell).trim() : '';
}
