import type { Verdict } from '../domain/escalation.ts';
import type { FieldChange, Occasion } from '../domain/occasion.ts';
import { statusWords } from '../domain/status-names.ts';
import { isOpen, type Status, STATUSES, type TicketField } from '../domain/ticket.ts';
import { sameValue } from './apply.ts';
import { setLevel } from './escalation/by-hand.ts';
import { takeAnswer, takeHandoff } from './handoff/index.ts';
import { refusalOfIncident, takeIncidentEdit } from './incidents/edit.ts';
import { type Refusal, refusalOf } from './legal-edit.ts';
import { mistakesOf, mistakeWritten } from './opinions/mistakes.ts';
import { guessesFor } from './opinions/guesses.ts';
import { proposalTaken } from './opinions/proposals.ts';
import { announceAssignment } from './routing/announce.ts';
import type { Because, ByPerson, Turn } from './turn.ts';

type Edited = Extract<Occasion, { kind: 'edited' }>;

/** Emptied, these are found anew; the others can't be empty, or mean something when they are. */
const LEFT_TO_US: ReadonlySet<TicketField> = new Set(['language', 'category', 'severity']);

/**
 * Takes over what a person changed by hand: what can stand becomes the person's choice, what can't is
 * refused with the reason and written back. Who hands a ticket off, or takes it over, and names somebody means a
 * person of the new queue, so that is taken after it.
 */
export function takeEdits(turn: Turn, edited: Edited): void {
  const { by, at, changes, handoff, answer, verdict = null } = edited;
  const editor = { by, at, verdict };
  if (handoff === undefined && answer === undefined) return takeChanges(turn, changes, editor);
  const isNaming = ({ field, to }: FieldChange) => field === 'assignee' && to !== null;
  const rest = changes.filter((change) => !isNaming(change));
  takeChanges(turn, rest, editor);
  if (answer !== undefined) takeAnswer(turn, answer, editor);
  if (handoff !== undefined) takeHandoff(turn, handoff, editor);
  takeChanges(turn, changes.filter(isNaming), editor);
}

/** Who changed something, when, and what they say of an escalation that they end. */
interface Editor {
  by: string;
  at: Temporal.Instant;
  verdict: Verdict | null;
}

function takeChanges(turn: Turn, changes: readonly FieldChange[], editor: Editor): void {
  for (const change of askedLast(changes)) {
    if (sameValue(turn.ticket[change.field], change.to)) continue;
    const refusal = refusalOf(change, turn.policy) ?? refusalHere(turn, change);
    if (refusal === null) take(turn, change, editor);
    else refuse(turn, change, { by: editor.by, refusal });
  }
}

/** Ticks that ask for what the same edit may bring: a review ends by a category, an incident is told by a message. */
const ASKED_LAST: ReadonlySet<TicketField> = new Set(['needsReview', 'knownIncident']);

function askedLast(changes: readonly FieldChange[]): readonly FieldChange[] {
  const isLate = ({ field }: FieldChange) => Number(ASKED_LAST.has(field));
  return changes.toSorted((one, other) => isLate(one) - isLate(other));
}

/** Why an edit that could stand elsewhere can't on this ticket. */
function refusalHere(turn: Turn, change: FieldChange): Refusal | null {
  return refusalOfReview(turn, change) ?? refusalOfIncident(turn, change) ?? refusalOfNew(turn, change);
}

function refusalOfReview(turn: Turn, { field, to }: FieldChange): Refusal | null {
  const { ticket } = turn;
  const nothingToAccept =
    field === 'needsReview' && to === false && ticket.category === null && likeliest(turn) === null;
  return nothingToAccept ? { why: 'nothing_to_accept', allowed: turn.policy.categories } : null;
}

/** New says that nobody has answered; who reads the queue by it must be able to rely on that. */
function refusalOfNew({ ticket, policy }: Turn, { field, to }: FieldChange): Refusal | null {
  if (field !== 'status' || to !== 'new' || ticket.firstRespondedAt === null) return null;
  const { new: _, ...others } = policy.desk.statuses;
  return { why: 'answered', allowed: Object.values(others).flat() };
}

function refuse(turn: Turn, { field, to }: FieldChange, { by, refusal }: { by: string; refusal: Refusal }): void {
  const params = { field, value: written(to), why: refusal.why, allowed: refusal.allowed };
  turn.refuse(field, to, because('edit.refused', by, params));
}

function take(turn: Turn, { field, to }: FieldChange, { by, at, verdict }: Editor): void {
  switch (field) {
    case 'assignee':
      return to === null ? giveBack(turn, by) : assignByHand(turn, String(to), by);
    case 'needsReview':
      return to === true ? askForReview(turn, by) : acceptShown(turn, by);
    case 'incident':
    case 'knownIncident':
      return takeIncidentEdit(turn, { field, from: turn.ticket[field], to }, by);
    case 'status':
      return moveStatus(turn, to, { by, at });
    case 'escalationLevel':
      return setLevel(turn, Number(to), { by, verdict });
    case 'stepsDone':
      return tick(turn, to, by);
    default:
      if (field === 'category') return chooseCategory(turn, to, by);
      turn.accept(
        field,
        to,
        proposed(turn, { field, to }, by) ??
          because(isLeftToUs(field, to) ? 'edit.left_to_us' : 'edit.changed', by, { field }),
      );
  }
}

/** Of a change that takes what was proposed, in the console or by hand: what that rested on. Null of any other. */
function proposed(turn: Turn, { field, to }: Pick<FieldChange, 'field' | 'to'>, by: string): ByPerson | null {
  const taken = proposalTaken(turn, field, to);
  if (taken === null) return null;
  const { name, confidence, threshold, words } = taken;
  return {
    ...because('edit.proposal_taken', by, { field, name }),
    evidence: words.map((quote) => ({ kind: 'text', quote })),
    opinion: { confidence, threshold, runnerUp: null },
  };
}

/** The log names what the person corrects, so that it can be counted who is wrong how often. */
function chooseCategory(turn: Turn, to: FieldChange['to'], by: string): void {
  const wrong = typeof to === 'string' ? mistakesOf(turn.ticket, to).map(mistakeWritten) : [];
  const code = to === null ? 'edit.left_to_us' : wrong.length === 0 ? 'edit.changed' : 'edit.corrected';
  const said = { field: 'category', ...(wrong.length === 0 ? {} : { wrong }) };
  turn.accept('category', to, because(code, by, { ...said, ...(to !== null && firstGuess(turn)) }));
  ownCategory(turn, by);
}

/** Of a review: what was shown or guessed first, so that it can be counted how often that was right; empty for nothing. */
function firstGuess({ before, policy }: Turn): Because['params'] {
  return before.needsReview ? { firstGuess: before.category ?? likeliest({ policy, ticket: before }) ?? '' } : {};
}

/** Of the categories that there are now, the one that is guessed first; null where nothing is guessed. */
function likeliest({ policy, ticket }: Pick<Turn, 'policy' | 'ticket'>): string | null {
  const [guess = null] = guessesFor({ ...ticket, category: null }, policy.categories);
  return guess?.value ?? null;
}

/** A person's word is no guess, and nobody else's. */
function ownCategory(turn: Turn, by: string): void {
  turn.change('confidence', null, because('edit.changed', by, { field: 'confidence' }));
  if (turn.ticket.categoryFrom !== null) turn.keep('categoryFrom', null);
}

function isLeftToUs(field: TicketField, to: FieldChange['to']): boolean {
  return to === null && LEFT_TO_US.has(field);
}

function moveStatus(turn: Turn, wanted: FieldChange['to'], { by, at }: { by: string; at: Temporal.Instant }): void {
  const was = turn.ticket.status;
  const status = STATUSES.find((each) => each === wanted);
  if (status === undefined) return;
  const { statuses } = turn.policy.desk;
  const words = { from: statusWords(statuses, was), to: statusWords(statuses, status) };
  turn.accept('status', status, because('edit.status_changed', by, words));
  stampLife(turn, was, { by, at });
}

/** Keeps the times and counts of a ticket's life true when a person moves its status. */
function stampLife(turn: Turn, was: Status, { by, at }: { by: string; at: Temporal.Instant }): void {
  const { status, resolvedAt, reopenCount } = turn.ticket;
  if (isOpen(status)) {
    if (isOpen(was)) return;
    turn.change('resolvedAt', null, because('edit.reopened', by));
    turn.change('closedAt', null, because('edit.reopened', by));
    turn.change('reopenCount', reopenCount + 1, because('edit.reopened', by));
    return;
  }
  // Who brings a closed ticket back to resolved gives it another waiting period.
  const isBack = was === 'closed' && status === 'resolved';
  if (resolvedAt === null || isBack) turn.change('resolvedAt', at, because('edit.resolved', by));
  if (status === 'closed') turn.change('closedAt', at, because('edit.closed', by));
  else turn.change('closedAt', null, because('edit.resolved', by));
}

function assignByHand(turn: Turn, assignee: string, by: string): void {
  turn.accept('assignee', assignee, because('edit.changed', by, { field: 'assignee' }));
  if (turn.ticket.waiting !== null) turn.keep('waiting', null);
  if (assignee !== by) announceAssignment(turn, { by });
}

function askForReview(turn: Turn, by: string): void {
  turn.accept('needsReview', true, because('edit.review_asked', by));
}

/** The category that is shown, or guessed first, becomes the person's own choice: no rule moves it. */
function acceptShown(turn: Turn, by: string): void {
  const category = turn.ticket.category ?? likeliest(turn);
  const isChosenNow = turn.ticket.overrides.category !== turn.before.overrides.category;
  const reviewed = isChosenNow ? {} : firstGuess(turn);
  turn.accept('needsReview', false, because('edit.review_accepted', by, { category, ...reviewed }));
  if (turn.ticket.overrides.category !== undefined) return;
  turn.accept('category', category, because('edit.review_accepted', by, { category }));
  ownCategory(turn, by);
}

/** Who ticked which step is in the log, with the time; the row shows what is done. */
function tick(turn: Turn, to: FieldChange['to'], by: string): void {
  if (!Array.isArray(to)) return;
  const { stepsDone } = turn.ticket;
  const done = to.filter((step: string) => !stepsDone.includes(step));
  const undone = stepsDone.filter((step) => !to.includes(step));
  turn.accept('stepsDone', to, because('edit.steps_ticked', by, { done, undone }));
}

/** Back to the queue, to be routed anew, and not to the same person again before somebody else worked on it. */
export function giveBack(turn: Turn, by: string): void {
  const { assignee, queue, declinedBy } = turn.ticket;
  const why = because('edit.given_back', by, { from: assignee });
  if (assignee === null) return turn.note(why);
  turn.accept('assignee', null, why);
  turn.keep('waiting', { queue, startedAt: turn.now, step: 0 });
  turn.keep('declinedBy', [...new Set([...declinedBy, assignee])]);
}

function because(code: string, by: string, params: Because['params'] = {}): ByPerson {
  return { stage: 'edit', code, params: { by, ...params }, evidence: [], source: { kind: 'person', name: by } };
}

function written(value: FieldChange['to']): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}
