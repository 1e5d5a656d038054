import { sql } from 'drizzle-orm';
import { modelQuestion } from '../decide/index.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Reading } from '../domain/opinion.ts';
import { Problem } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { ModelReading } from '../ports/language-model.ts';
import { askAboutWaiting } from './ask-model.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { heldTicket } from './desk.ts';
import { takeTurn } from './take-turn.ts';

type Answer = Extract<Occasion, { kind: 'advised' }>['answer'];

/** What the lane that asks finds by an index. */
const IS_AWAITED = sql`ticket #>> '{advice,askedAt}' is not null and ticket #>> '{advice,endedAt}' is null`;

/** Has every ticket that waits for the language model judged anew with its answer, or with why there is none. */
export function advise(parts: PipelineParts): Promise<void> {
  return askAboutWaiting(parts, { isAwaited: IS_AWAITED, ask: (ticket) => adviseOn(parts, ticket) });
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
