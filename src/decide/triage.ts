import type { Evidence, Source } from '../domain/decision.ts';
import { frustrationOf } from '../domain/frustration.ts';
import { isOpen, PRIORITIES, type Priority, type RowNews, type Ticket } from '../domain/ticket.ts';
import { isAsking, isFresh } from './clarify/state.ts';
import type { FieldPath, Proof } from './condition.ts';
import { columnOf, OPEN_FIELDS, rowKey } from './conditions/fields.ts';
import { fieldsRead, holds, subjectAfter } from './conditions/index.ts';
import { rulesInPlay } from './conditions/rules-in-play.ts';
import { FRUSTRATION_FIELD } from './frustration/minds.ts';
import { givePriority } from './frustration/raise.ts';
import type { Rule, TriageThen } from './policy.ts';
import { askModel, callOff, modelToAsk, waitForAdvice } from './opinions/advice.ts';
import { choiceOf, setByOpinion } from './opinions/category.ts';
import type { Choice } from './opinions/choose.ts';
import { hearOpinions } from './opinions/hear.ts';
import { keepSummary, priorityRead, read, severityRead, takeReading } from './opinions/reading.ts';
import { reasonForAsking, reasonForReview } from './opinions/review.ts';
import { tagByFields, tagTest } from './tags.ts';
import type { Because, Turn } from './turn.ts';

/** The fields of which a ticket holds one value: the first rule that sets one has it. */
const SINGLE_FIELDS = ['category', 'severity', 'priority'] as const;
type SingleField = (typeof SINGLE_FIELDS)[number];

/** What the rules say of one field. */
interface Verdict {
  to: string;
  rule: Rule<TriageThen>;
  proof: Proof;
  /** Rules further down that say otherwise, as `Name (value)`. */
  lost: string[];
}

/** What the rules say of a ticket, before anything is done about it. */
interface Verdicts {
  single: Partial<Record<SingleField, Verdict>>;
  /** Rules that add tags which the ticket does not have, with the tags. */
  tags: { rule: Rule<TriageThen>; proof: Proof; added: readonly string[] }[];
}

/**
 * Says what a ticket is about and how urgent it is. Of category, severity and priority each comes from the
 * first rule that sets it; tags add up. A category that no rule gives comes from what was learned, when that is sure,
 * else from a language model, when one is configured; without any a person must look. Says whether there was a reason
 * to look.
 */
export function triage(turn: Turn): boolean {
  const isTriaged = isToBeTriaged(turn);
  if (isTriaged) judge(turn);
  callOff(turn);
  waitForAdvice(turn);
  return isTriaged;
}

function judge(turn: Turn): void {
  hearOpinions(turn);
  if (!isOpen(turn.ticket.status)) return;
  tagTest(turn);
  tagByFields(turn);
  takeReading(turn);
  const choice = choiceOf(turn);
  const verdicts = askAll(turn, choice);
  setByRule(turn, 'category', verdicts.single.category);
  setByRule(turn, 'severity', verdicts.single.severity);
  setPriority(turn, verdicts);
  addTags(turn, verdicts.tags);
  askForReview(turn, choice);
  keepSummary(turn);
}

/** Rules go by what opinions filled in where none of them says anything. */
function askAll(turn: Turn, choice: Choice): Verdicts {
  const verdicts = ask(turn);
  const { category, severity } = verdicts.single;
  const isPlaced = category === undefined && setByOpinion(turn, choice);
  const isWeighed = severity === undefined && setSeverityRead(turn);
  return isPlaced || isWeighed ? ask(turn) : verdicts;
}

function setSeverityRead(turn: Turn): boolean {
  const severity = severityRead(turn);
  if (severity === null || turn.occasion.kind !== 'advised' || turn.ticket.severity !== null) return false;
  return turn.change('severity', severity, read(turn, 'triage.severity_read', {}));
}

/** A new ticket, or one of which a person changed something that rules read, or more is known of it or of who asks. */
function isToBeTriaged(turn: Turn): boolean {
  const { occasion, policy, before, ticket } = turn;
  if (isAsking(ticket)) return false;
  if (occasion.kind === 'advised' || occasion.kind === 'reconsidered') return true;
  if (isFresh(turn) || hasAccountNews(turn) || isLessPatient(turn)) return true;
  if (occasion.kind !== 'edited') return false;
  const moved = before.queue === ticket.queue ? [] : ['queue'];
  const edited: ReadonlySet<string> = new Set([...occasion.changes.map(({ field }) => field), ...moved]);
  // Who ends a review may have taken a guess for the category.
  if (edited.has('severity') || edited.has('category') || before.category !== ticket.category) return true;
  const { row = {} } = occasion;
  const { rules, tagsFrom } = policy.triage;
  const isNews = (field: FieldPath) => edited.has(field) || isNewsOf(row, field);
  return rules.some(({ when }) => fieldsRead(when).some(isNews)) || tagsFrom.some(({ field }) => isNews(field));
}

function hasAccountNews({ policy, before, ticket }: Turn): boolean {
  const [was, is] = [before.requester.account, ticket.requester.account];
  if (was === is) return false;
  const names = Object.keys({ ...was, ...is }).filter((name) => was[name] !== is[name]);
  const news = new Set(names.flatMap((name) => [`${OPEN_FIELDS.account}${name}`, `requester.${name}`].map(lower)));
  const { rules, tagsFrom } = policy.triage;
  const isNews = (field: FieldPath) => news.has(lower(field));
  return rules.some(({ when }) => fieldsRead(when).some(isNews)) || tagsFrom.some(({ field }) => isNews(field));
}

/** The requester lost patience with what was written just now, and some rule asks for that. */
function isLessPatient({ policy, before, ticket }: Turn): boolean {
  if (frustrationOf(before) === frustrationOf(ticket)) return false;
  return policy.triage.rules.some(({ when }) => fieldsRead(when).includes(FRUSTRATION_FIELD));
}

function lower(text: string): string {
  return text.toLowerCase();
}

function isNewsOf(row: RowNews, field: FieldPath): boolean {
  const column = columnOf(field);
  return column !== null && Object.hasOwn(row, rowKey(column));
}

/** Asks the rules in their order. A rule sees what the rules above it said; the texts are the same for all. */
function ask(turn: Turn): Verdicts {
  const verdicts: Verdicts = { single: {}, tags: [] };
  let subject = turn.subject;
  for (const rule of rulesInPlay(turn.policy.triage.rules, subject)) {
    const proof = holds(rule.when, subject);
    if (proof === null) continue;
    const changed = takeVerdict(verdicts, { rule, proof }, subject.ticket);
    if (changed !== subject.ticket) subject = subjectAfter(subject, changed);
  }
  return verdicts;
}

/** Notes what a rule says, and returns the ticket as the rules below see it. */
function takeVerdict(verdicts: Verdicts, by: { rule: Rule<TriageThen>; proof: Proof }, ticket: Ticket): Ticket {
  let seen = ticket;
  for (const field of SINGLE_FIELDS) {
    const to = by.rule.then[field];
    const winner = verdicts.single[field];
    if (to === undefined) continue;
    if (winner === undefined) {
      verdicts.single[field] = { ...by, to, lost: [] };
      seen = seenWith(seen, field, to);
    } else if (winner.to !== to) winner.lost.push(`${by.rule.name} (${to})`);
  }
  const added = (by.rule.then.tags ?? []).filter((tag) => !seen.tags.includes(tag));
  if (added.length === 0) return seen;
  verdicts.tags.push({ ...by, added });
  return seenWith(seen, 'tags', [...seen.tags, ...added]);
}

/** What a person chose stays as it is, for the rules below too. */
function seenWith(ticket: Ticket, field: SingleField | 'tags', to: string | readonly string[]): Ticket {
  return ticket.overrides[field] === undefined ? { ...ticket, [field]: to } : ticket;
}

function setByRule(turn: Turn, field: SingleField, verdict: Verdict | undefined): void {
  if (verdict === undefined) return;
  const because: Because = {
    stage: 'triage',
    code: `triage.${field}_by_rule`,
    params: { lost: verdict.lost },
    evidence: verdict.proof,
    source: sourceOf(verdict.rule),
  };
  const priority = field === 'priority' ? PRIORITIES.find((each) => each === verdict.to) : undefined;
  if (priority !== undefined) return givePriority(turn, priority, because);
  turn.change(field, verdict.to, because);
  if (field !== 'category' || turn.ticket.overrides.category !== undefined) return;
  turn.change('confidence', null, { ...because, code: 'triage.confidence' });
  const from = { by: 'rule', name: verdict.rule.name } as const;
  const { categoryFrom: before } = turn.ticket;
  if (before?.by !== from.by || before.name !== from.name) turn.keep('categoryFrom', from);
}

/** From a rule, else from the severity, else what the desk calls usual. */
function setPriority(turn: Turn, { single }: Verdicts): void {
  if (single.priority !== undefined) return setByRule(turn, 'priority', single.priority);
  const { severity, overrides } = turn.ticket;
  const bySeverity = severity === null ? undefined : turn.policy.triage.priorityBySeverity[severity];
  if (severity !== null && bySeverity !== undefined) {
    const isRead = severity === severityRead(turn) && single.severity === undefined && overrides.severity === undefined;
    const priority = isRead ? priorityRead(turn, bySeverity) : bySeverity;
    // What a model read raises nothing then; it stays, raised by lost patience or not.
    if (isRead && priority === turn.ticket.priority) return;
    const evidence: readonly Evidence[] = [{ kind: 'field', name: 'severity', value: severity }];
    const source: Source = { kind: 'policy', name: 'priorityBySeverity' };
    changePriority(turn, priority, { code: 'triage.priority_by_severity', evidence, source });
  } else if (isFresh(turn)) {
    const usual = turn.policy.triage.defaultPriority;
    changePriority(turn, usual, { code: 'triage.priority_by_default', evidence: [], source: { kind: 'default' } });
  }
}

function changePriority(
  turn: Turn,
  priority: Priority,
  because: { code: string; evidence: readonly Evidence[]; source: Source },
): void {
  givePriority(turn, priority, { stage: 'triage', params: {}, ...because });
}

/** One change for all tags, told by the first rule that adds one. */
function addTags(turn: Turn, tags: Verdicts['tags']): void {
  const [first] = tags;
  if (first === undefined) return;
  const added = tags.flatMap((each) => each.added);
  turn.change('tags', [...turn.ticket.tags, ...added], {
    stage: 'triage',
    code: 'triage.tags_by_rule',
    params: { added, rules: tags.map(({ rule }) => rule.name) },
    evidence: tags.flatMap(({ proof }) => proof),
    source: sourceOf(first.rule),
  });
}

/** Nothing is guessed: without a category a model is asked or a person looks, and with one nobody has to. */
function askForReview(turn: Turn, choice: Choice): void {
  const { category, needsReview } = turn.ticket;
  const asked = modelToAsk(turn);
  const isAsked = asked !== null && asked.kept === null;
  if (isAsked) askModel(turn);
  if (category === null || isDisputed(turn, choice)) {
    mark(turn, isAsked ? reasonForAsking(turn) : reasonForReview(turn, choice, asked?.kept));
  } else if (needsReview && turn.before.category !== category) {
    turn.change('needsReview', false, {
      stage: 'triage',
      code: 'triage.category_known',
      params: { category },
      evidence: [{ kind: 'field', name: 'category', value: category }],
      source: { kind: 'default' },
    });
  }
}

/** What a language model says against a category that was learned is for a person to settle. */
function isDisputed({ occasion, ticket }: Turn, { kind }: Choice): boolean {
  const isLearned = ticket.categoryFrom?.by === 'classifier' && ticket.overrides.category === undefined;
  return kind === 'differ' && isLearned && occasion.kind === 'advised';
}

/** Of a ticket that is marked already, an answer is news all the same, and so is that it is asked about once more. */
function mark(turn: Turn, because: Because): void {
  const isMarked = turn.change('needsReview', true, because);
  const { kind } = turn.occasion;
  const isNews = kind === 'advised' || (kind === 'reconsidered' && because.code === 'triage.model_asked');
  if (!isMarked && isNews) turn.note(because);
}

function sourceOf(rule: Rule<TriageThen>): Source {
  return { kind: 'rule', name: rule.name, owner: rule.owner };
}
