import type { Reason } from './decision.ts';
import { Problem } from './problem.ts';
import { clarifySentences } from './sentences/clarify.ts';
import { editSentences } from './sentences/edit.ts';
import { escalateSentences } from './sentences/escalate.ts';
import { followUpSentences } from './sentences/follow-up.ts';
import { handoffSentences } from './sentences/handoff.ts';
import { intakeSentences } from './sentences/intake.ts';
import { linkSentences } from './sentences/link.ts';
import { opinionSentences } from './sentences/opinions.ts';
import { respondSentences } from './sentences/respond.ts';
import { routeSentences, whereabouts } from './sentences/route.ts';
import { slaSentences } from './sentences/sla.ts';
import { triageSentences } from './sentences/triage.ts';
import { capital, cut, evidenceOf, oneLine, plain, ruleOf, type Sentences } from './sentences/words.ts';

/** The longest sentence: what a cell of the base shows without being opened. */
const LONGEST_SENTENCE = 200;

const SENTENCES: Sentences = {
  ...intakeSentences,
  ...clarifySentences,
  ...triageSentences,
  ...opinionSentences,
  ...routeSentences,
  ...slaSentences,
  ...editSentences,
  ...escalateSentences,
  ...handoffSentences,
  ...linkSentences,
  ...followUpSentences,
  ...respondSentences,
};

/** Every code that a reason can have. */
export const REASON_CODES: readonly string[] = Object.keys(SENTENCES);

/**
 * Says in one sentence of at most 200 characters why something was decided. Plain text: what customers
 * wrote is quoted, on one line. Throws `reason.unknown-code`.
 */
export function sentenceOf(reason: Reason): string {
  const make = Object.hasOwn(SENTENCES, reason.code) ? SENTENCES[reason.code] : undefined;
  if (make === undefined) {
    throw new Problem({
      code: 'reason.unknown-code',
      message: `No sentence is written for the reason "${reason.code}".`,
      fix: 'Add one to the table of its stage in src/domain/sentences.',
    });
  }
  return cut(oneLine(make(reason)), LONGEST_SENTENCE);
}

/**
 * The sentence of a whole turn for the column `Why`: the most telling reason, and where the ticket went
 * when both fit. Null when nothing was decided that a reader of the row would ask about.
 */
export function turnSentence(reasons: readonly Reason[]): string | null {
  const category = reasons.find((reason) => reason.change?.field === 'category' && reason.stage === 'triage');
  const placed = reasons.find(({ code }) => code === 'route.assigned' || code === 'route.waiting');
  const answer =
    reasons.find(({ code }) => code === 'edit.refused') ??
    reasons.find(({ stage, code }) => stage === 'handoff' && !TOLD_OF_HANDOFFS.has(code)) ??
    reasons.find(({ stage, change }) => stage === 'link' && change?.field === 'incident');
  if (answer !== undefined) return sentenceOf(answer);
  if (category !== undefined && category.change?.to) return classified(category, reasons, placed);
  const [first] = reasons
    .map((reason) => ({ reason, rank: rankOf(reason) }))
    .toSorted((one, other) => one.rank - other.rank);
  return first === undefined || first.rank === QUIET ? null : sentenceOf(first.reason);
}

/** `Billing, high priority, because the text says “payment failed”; to Bea by round robin (rule …).` */
function classified(category: Reason, reasons: readonly Reason[], placed: Reason | undefined): string {
  const priority = reasons.find((reason) => reason.change?.field === 'priority');
  const what = [capital(plain(String(category.change?.to)))];
  if (priority !== undefined) what.push(`${String(priority.change?.to)} priority`);
  const why = evidenceOf(category.evidence);
  const to = placed === undefined ? '' : `; ${whereabouts(placed)}`;
  if (category.opinion !== null) return guessed(sentenceOf(category), to);
  const candidates = [
    `${what.join(', ')}${why}${to}${ruleOf(category.source)}.`,
    `${what.join(', ')}${why}${to}.`,
    `${what.join(', ')}${why}${ruleOf(category.source)}.`,
  ].map(oneLine);
  return candidates.find((sentence) => sentence.length <= LONGEST_SENTENCE) ?? sentenceOf(category);
}

/** How sure it is says more than where it went. */
function guessed(sentence: string, to: string): string {
  const whole = `${sentence.slice(0, -1)}${to}.`;
  return whole.length <= LONGEST_SENTENCE ? whole : sentence;
}

/** Who heard of a hand-off is no news of the ticket. */
const TOLD_OF_HANDOFFS: ReadonlySet<string> = new Set([
  'handoff.told',
  'handoff.updated',
  'handoff.customer_told',
  'handoff.customer_not_told',
]);

/** What never stands in the row by itself: counts, times and receipts are columns of their own. */
const QUIET = 9;

const QUIET_FIELDS: ReadonlySet<string> = new Set([
  'confidence',
  'summary',
  'contactCount',
  'reopenCount',
  'firstResponseDueAt',
  'resolutionDueAt',
  'firstRespondedAt',
  'resolvedAt',
  'closedAt',
  'surveyComment',
]);

/** Of the clocks, the row tells what went wrong; the due times have columns of their own. */
const ALARMS: ReadonlySet<string> = new Set(['sla.breached', 'sla.target_tightened', 'sla.warned', 'sla.never_due']);

/** What came of asking a language model, of a ticket that a person has to look at anyhow. */
const ANSWERS: ReadonlySet<string> = new Set([
  'triage.model_failed',
  'triage.model_none',
  'triage.model_unsure',
  'triage.opinions_differ',
]);

/** Of the follow-up, the row tells what the customer said and what they were told; the rest is in the log. */
const TOLD: ReadonlySet<string> = new Set([
  'intake.thanked',
  'follow_up.rated',
  'follow_up.reminded',
  'follow_up.summarised',
  'follow_up.checked_in',
]);

/** The lower, the more telling. */
function rankOf({ stage, code, change }: Reason): number {
  if (stage === 'escalate') return change?.field === 'escalationLevel' ? 0 : QUIET;
  if (change !== null && QUIET_FIELDS.has(change.field)) return QUIET;
  if (stage === 'link') return change === null ? QUIET : 0;
  if (stage === 'edit') return change?.field === 'needsReview' ? 2 : 1;
  if (change?.field === 'needsReview' || change?.field === 'status') return 3;
  if (code === 'route.assigned') return 4;
  if (ANSWERS.has(code)) return 3;
  if (stage === 'triage') return change === null ? QUIET : 5;
  if (stage === 'sla') return ALARMS.has(code) ? 6 : QUIET;
  if (TOLD.has(code)) return 6;
  if (code === 'route.waiting') return 7;
  if (stage === 'route') return code === 'route.announced' ? QUIET : 8;
  return QUIET;
}
