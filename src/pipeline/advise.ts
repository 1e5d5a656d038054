import { and, asc, notInArray, sql } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { modelQuestion } from '../decide/index.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Reading } from '../domain/opinion.ts';
import { Problem } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { ModelReading } from '../ports/language-model.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { heldTicket } from './desk.ts';
import { takeTurn } from './take-turn.ts';

/** So many questions are under way at a time: an answer takes seconds, and endpoints bear few more. */
const AT_ONCE = 4;

/** So many tickets to one run, which so ends in five minutes even where each answer takes all of its 20 s. */
const MOST = 60;

type Answer = Extract<Occasion, { kind: 'advised' }>['answer'];

/**
 * Asks the language model about every ticket that waits for it, outside of any transaction, and has each judged anew
 * with the answer, or with why there is none. What was asked when the process ended is asked again; what comes in
 * meanwhile is asked about in the same run.
 */
export async function advise(parts: PipelineParts): Promise<void> {
  const asked = new Set<string>();
  async function work(): Promise<void> {
    while (asked.size < MOST) {
      const next = (await awaiting(parts, asked)).find(({ key }) => !asked.has(key));
      if (next === undefined) return;
      asked.add(next.key);
      await adviseOn(parts, next);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (asked.size >= MOST) await parts.wake('advise');
}

/** Enough of them that each of those who ask finds another. */
async function awaiting({ connection }: PipelineParts, asked: ReadonlySet<string>): Promise<readonly Ticket[]> {
  const isAwaited = sql`ticket #>> '{advice,askedAt}' is not null and ticket #>> '{advice,endedAt}' is null`;
  const rows = await connection.queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(and(isAwaited, notInArray(tickets.key, [...asked])))
    .orderBy(asc(tickets.number))
    .limit(AT_ONCE);
  return rows.map(({ ticket }) => ticket);
}

async function adviseOn(parts: PipelineParts, ticket: Ticket): Promise<void> {
  const { advice, key } = ticket;
  if (advice === null) return;
  const answer = await answerOn(parts, ticket);
  await atDesk(parts, async (desk) => {
    const held = await heldTicket(desk, key);
    await takeTurn(desk, held, { kind: 'advised', of: advice.of, answer, at: desk.now });
  });
}

async function answerOn({ config, languageModel, log, now }: PipelineParts, ticket: Ticket): Promise<Answer> {
  const question = modelQuestion(ticket, { policy: config.current().policy, now: now() });
  if (question === null) return { failure: 'not_asked' };
  try {
    const model = await languageModel();
    if (model === null) return { failure: 'not_configured' };
    const { category, ...reading } = await model.read(question, {});
    return { name: model.name, category, reading: readingOf(reading) };
  } catch (err) {
    const code = err instanceof Problem ? err.code : 'failed';
    log.warn({ err, ticket: ticket.number }, 'a language model gave no answer; the ticket waits for a person');
    return { failure: code };
  }
}

/** What a ticket keeps of it, in letters that the database can hold. */
function readingOf(read: Omit<ModelReading, 'category'>): Reading {
  const { severity, product, language, sentiment, frustration, intent, reason, summary, fields } = read;
  return {
    severity,
    product,
    language,
    sentiment,
    frustration,
    intent: intent === null ? null : storable(intent),
    reason: storable(reason),
    summary: summary === null ? null : storable(summary),
    fields: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, storable(value)])),
  };
}
