import { factsNeeded } from '../decide/facts.ts';
import { decide, type Judgement } from '../decide/index.ts';
import { isNewLesson } from '../decide/opinions/lesson.ts';
import { frees } from '../decide/routing/index.ts';
import type { Reason } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import type { Occasion } from '../domain/occasion.ts';
import { sentenceOf, turnSentence } from '../domain/sentence.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Desk, factsFor, type Held, recount } from './desk.ts';
import { compose } from './compose.ts';
import { recordEvents } from './events.ts';
import { asItIsReached } from './deliveries.ts';
import { hearUs } from './exchanges.ts';
import { incidentFacts } from './incidents.ts';
import { hearWords } from './language.ts';
import { hearLearned } from './learned.ts';
import { readRecord } from './record.ts';
import { readSurveys } from './surveys.ts';
import { readFurther } from './talk.ts';
import { noteWoken } from './woken.ts';

/**
 * A ticket that asks to be woken at once, again and again, would keep the lane for itself. It is put off
 * by so much, which no due time notices.
 */
const SHORTEST_NAP = { seconds: 30 };

/** That it was looked at is remembered of the ticket, whatever came of it. */
const LOOKS: ReadonlySet<Occasion['kind']> = new Set(['due', 'reconsidered']);

/** One look at one ticket: gather facts, decide, note down what is to be recorded. */
export async function takeTurn(desk: Desk, held: Held, occasion: Occasion): Promise<Judgement> {
  const found = held.ticket;
  const before = await asItIsReached(desk, found);
  const needed = factsNeeded(before, occasion);
  if (needed.includes('lastSurveyAt')) await readSurveys(desk, [before.key]);
  const language = needed.includes('language') ? await hearWords(desk, before, occasion) : null;
  const record = needed.includes('record') ? await readRecord(desk, occasion) : null;
  const opinions = needed.includes('opinions') ? await hearLearned(desk, before) : [];
  const further = needed.includes('further') ? await readFurther(desk, before) : null;
  const read = { language, record, opinions, further, ...(await incidentFacts(desk, before, occasion)) };
  const facts = { ...factsFor(desk, before, needed), ...read };
  const judgement = decide(before, occasion, { policy: desk.config.policy, facts, now: desk.now });
  const after = judgement.ticket;
  const why = turnSentence(judgement.reasons) ?? before.why;
  held.ticket = why === after.why ? after : { ...after, why };
  held.changed ||= held.ticket !== found;
  held.touched ||= held.changed || !sameMoment(held.wakeAt, judgement.wakeAt) || LOOKS.has(occasion.kind);
  held.wakeAt = notBefore(judgement.wakeAt, desk.now);
  if (judgement.isTriaged || occasion.kind === 'reconsidered') noteJudged(desk, held, occasion);
  recount(desk, before, held.ticket);
  desk.records.hasLessons ||= isNewLesson(before, held.ticket);
  if (before.assignee !== null && frees(judgement.effects, before)) desk.freed.add(before.assignee);
  noteWoken(desk, { before, after: held.ticket, similar: facts.similar }, judgement);
  recordReasons(desk, held.ticket, judgement.reasons);
  const letters = judgement.effects.flatMap((effect) => leave(desk, held.ticket, effect));
  recordEvents(desk, { before, after: held.ticket, occasion, reasons: judgement.reasons, letters });
  return judgement;
}

/** Who was heard of it, so that the same are not heard again. With news of what was learned no language model is asked. */
function noteJudged({ classifier, config }: Desk, held: Held, occasion: Occasion): void {
  held.judgedVersion = classifier?.version ?? null;
  const isAsked = occasion.kind !== 'reconsidered' || occasion.why === 'other_model';
  if (isAsked) held.judgedModel = config.policy.triage.model?.name ?? null;
}

/** What leaves the house, or was about to. Returns the letters to the requester. */
function leave(desk: Desk, ticket: Ticket, effect: Effect): readonly string[] {
  if (effect.kind === 'withdraw') desk.records.withdrawn.push(effect.key);
  const written = compose(desk, ticket, effect);
  desk.records.outbox.push(...written);
  const { requester, surveyedAt } = ticket;
  if (effect.kind === 'keep' && effect.part === 'surveyedAt') desk.surveyed.set(requester.email ?? '', surveyedAt);
  if (effect.kind !== 'message') return [];
  for (const letter of written) rememberLetter(desk, letter);
  return written.map(({ text }) => text);
}

/** For the turns to come in this transaction: the database has it only then. */
function rememberLetter(desk: Desk, letter: (typeof desk.records.outbox)[number]): void {
  const { recipient, template } = letter;
  hearUs(desk, letter);
  const times = desk.acknowledged.get(recipient);
  if (times === undefined || template !== desk.config.policy.intake.acknowledgement) return;
  desk.acknowledged.set(recipient, times + 1);
}

/** Puts reasons into the log, with their sentences. */
export function recordReasons(desk: Desk, ticket: Ticket, reasons: readonly Reason[]): void {
  for (const reason of reasons) {
    desk.records.decisions.push({
      id: desk.newId(desk.now),
      ticketKey: ticket.key,
      at: desk.now,
      stage: reason.stage,
      code: reason.code,
      params: reason.params,
      field: reason.change?.field ?? null,
      fromValue: reason.change?.from ?? null,
      toValue: reason.change?.to ?? null,
      sentence: sentenceOf(reason),
      evidence: reason.evidence,
      source: reason.source,
      opinion: reason.opinion,
      configVersion: desk.config.version,
    });
  }
}

function notBefore(wakeAt: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant | null {
  if (wakeAt === null || Temporal.Instant.compare(wakeAt, now) > 0) return wakeAt;
  return now.add(SHORTEST_NAP);
}

function sameMoment(one: Temporal.Instant | null, other: Temporal.Instant | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}
