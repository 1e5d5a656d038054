/**
 * Asks for what triage must know and nobody said: once, in one short message, and only what is missing. While we
 * wait the ticket stands in its queue; the answer, or its absence, lets it go on as if it had just come in.
 */
import { recipientOf } from '../../domain/ticket.ts';
import type { Clarification, ClarificationEnd } from '../../domain/clarification.ts';
import { OPEN_FIELDS, readField, written } from '../conditions/fields.ts';
import { holds } from '../conditions/index.ts';
import { rulesInPlay } from '../conditions/rules-in-play.ts';
import { obstacleTo } from '../letters.ts';
import { isOpenQuestion } from '../normalise.ts';
import type { ClarifyRule } from '../policy.ts';
import { addOpenTime, MINUTE } from '../sla/calendar.ts';
import { isTakenOver } from '../taken-over.ts';
import type { Because, Turn } from '../turn.ts';
import { readAnswers, type Asked } from './read-answers.ts';
import { takeFromEarlier } from './remember.ts';
import { isAsking } from './state.ts';

/** Where people type tickets themselves; whoever did knows what they know. */
const BY_HAND: ReadonlySet<string> = new Set(['base', 'console']);

const ENDED: Readonly<Record<ClarificationEnd, string>> = {
  answered: 'clarify.answered',
  unread: 'clarify.unread',
  gave_up: 'clarify.gave_up',
  taken_over: 'clarify.taken_over',
};

/** Begins to ask, goes on waiting, or ends it. */
export function clarify(turn: Turn): void {
  const { clarification } = turn.ticket;
  if (turn.occasion.kind === 'received') begin(turn);
  else if (clarification !== null && isAsking(turn.ticket)) goOn(turn, clarification);
}

function begin(turn: Turn): void {
  if (BY_HAND.has(turn.ticket.channel)) return;
  for (const rule of rulesInPlay(turn.policy.intake.clarify, turn.subject)) {
    if (holds(rule.when, turn.subject) === null) continue;
    for (const question of rule.ask) {
      takeFromAccount(turn, question.field);
      takeFromEarlier(turn, question);
    }
    const missing = rule.ask.filter(({ field }) => isOpenQuestion(turn.ticket, field));
    if (missing.length > 0) return ask(turn, rule, missing);
  }
}

/** What the account says already, nobody is asked for. */
function takeFromAccount(turn: Turn, field: string): void {
  const name = `${OPEN_FIELDS.account}${field}`;
  const value = written(readField(turn.ticket, name));
  if (value === '' || !isOpenQuestion(turn.ticket, field)) return;
  turn.keep('fields', { ...turn.ticket.fields, [field]: value });
  turn.note({ ...because('clarify.known', null, { field, value }), evidence: [{ kind: 'field', name, value }] });
}

function ask(turn: Turn, rule: ClarifyRule, missing: readonly Asked[]): void {
  const fields = missing.map(({ field }) => field);
  const why = obstacleTo(turn.ticket);
  if (why !== null) return turn.note(because('clarify.not_asked', rule, { why, fields }));
  if (!sendQuestions(turn, rule, { missing, key: 'asked', code: 'clarify.asked' })) return;
  turn.change('status', 'needs_info', because('clarify.waits', rule, { fields }));
  const asked = missing.map(({ field, question }) => ({ field, question }));
  const clarification = { rule: rule.name, asked, askedAt: turn.now, remindedAt: null, endedAt: null, how: null };
  turn.keep('clarification', clarification);
  wait(turn, clarification, rule);
}

/** One letter with the questions; says whether it goes. */
function sendQuestions(
  turn: Turn,
  rule: ClarifyRule,
  { missing, key, code }: { missing: readonly Asked[]; key: string; code: string },
): boolean {
  const to = recipientOf(turn.ticket);
  if (to === null) return false;
  const gaps = { 'missing.questions': questionsOf(missing) };
  const letter = {
    kind: 'message' as const,
    key: `clarify:${key}:${turn.ticket.key}`,
    template: rule.template,
    to,
    gaps,
  };
  return turn.send(letter, because(code, rule, { to, fields: missing.map(({ field }) => field) }));
}

/** A question stands alone; several have numbers, by which they can be answered. */
function questionsOf(missing: readonly Asked[]): string {
  const lines = missing.map(({ question, choices }) =>
    choices.length === 0 ? question : `${question} (${choices.join(', ')})`,
  );
  return lines.length === 1 ? lines.join('') : lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

function goOn(turn: Turn, clarification: Clarification): void {
  const { occasion } = turn;
  const rule = turn.policy.intake.clarify.find(({ name }) => name === clarification.rule) ?? null;
  if (occasion.kind === 'replied' && occasion.by === 'customer') return takeAnswer(turn, clarification, occasion.text);
  if (isTakenOver(turn)) return end(turn, clarification, 'taken_over');
  for (const { field } of clarification.asked) takeFromAccount(turn, field);
  const isKnown = clarification.asked.every(({ field }) => !isOpenQuestion(turn.ticket, field));
  if (isKnown) return end(turn, clarification, 'answered');
  if (rule === null) return end(turn, clarification, 'gave_up');
  wait(turn, clarification, rule);
}

/** Whatever the answer is, the requester has given theirs: what it does not say, a person finds out. */
function takeAnswer(turn: Turn, clarification: Clarification, text: string): void {
  const rule = turn.policy.intake.clarify.find(({ name }) => name === clarification.rule);
  const open = clarification.asked.filter(({ field }) => isOpenQuestion(turn.ticket, field));
  const choicesOf = (field: string) => rule?.ask.find((each) => each.field === field)?.choices ?? [];
  // The numbers are those of the letter, whatever a pattern has drawn out of the answer by now.
  const answers = readAnswers(
    text,
    clarification.asked.map((each) => ({ ...each, choices: choicesOf(each.field) })),
  );
  for (const { field, value, quote } of answers) {
    if (!open.some((each) => each.field === field)) continue;
    turn.keep('fields', { ...turn.ticket.fields, [field]: value });
    turn.note({ ...because('clarify.read', rule ?? null, { field, value }), evidence: [{ kind: 'text', quote }] });
  }
  const isAnswered = clarification.asked.some(({ field }) => !isOpenQuestion(turn.ticket, field));
  end(turn, clarification, isAnswered ? 'answered' : 'unread');
}

/** Reminds once, and gives up in the end; looks again when the next of the two is due. */
function wait(turn: Turn, clarification: Clarification, rule: ClarifyRule): void {
  const { askedAt, remindedAt } = clarification;
  const { remindAfterMinutes, giveUpAfterMinutes, calendar } = rule;
  const giveUpAt = addOpenTime(calendar, askedAt, giveUpAfterMinutes * MINUTE);
  const remindAt = remindAfterMinutes === null ? null : addOpenTime(calendar, askedAt, remindAfterMinutes * MINUTE);
  if (isReached(turn, giveUpAt)) return end(turn, clarification, 'gave_up');
  turn.wakeAt(giveUpAt);
  if (remindedAt !== null || remindAt === null) return;
  if (!isReached(turn, remindAt)) return turn.wakeAt(remindAt);
  const missing = rule.ask.filter(({ field }) => clarification.asked.some((each) => each.field === field));
  turn.keep('clarification', { ...clarification, remindedAt: turn.now });
  sendQuestions(turn, rule, { missing, key: 'reminded', code: 'clarify.reminded' });
}

function isReached({ now }: Turn, at: Temporal.Instant | null): boolean {
  return at !== null && now.epochMilliseconds >= at.epochMilliseconds;
}

function end(turn: Turn, clarification: Clarification, how: ClarificationEnd): void {
  const open = clarification.asked.map(({ field }) => field).filter((field) => isOpenQuestion(turn.ticket, field));
  turn.keep('clarification', { ...clarification, endedAt: turn.now, how });
  const ended: Because = {
    ...because(ENDED[how], null, { fields: clarification.asked.map(({ field }) => field), open }),
    source: { kind: 'policy', name: clarification.rule },
  };
  turn.note(ended);
  const { status } = turn.ticket;
  if (how !== 'taken_over' && status === 'needs_info') turn.change('status', 'new', ended);
}

function because(code: string, rule: ClarifyRule | null, params: Because['params']): Because {
  const source: Because['source'] =
    rule === null ? { kind: 'policy', name: 'clarify' } : { kind: 'rule', name: rule.name, owner: rule.owner };
  return { stage: 'clarify', code, params, evidence: [], source };
}
