/** Drafts by a language model: asked for in the lane, never in a turn, and never before a turn wanted one. */
import { sql } from 'drizzle-orm';
import { draftText } from '../config/drafts.ts';
import { judgedText } from '../decide/judged-text.ts';
import { keptFromModels } from '../decide/kept-from-models.ts';
import type { Policy } from '../decide/policy.ts';
import { NOTHING_TO_WRITE_FROM } from '../decide/suggest/model-draft.ts';
import { sourceTitle } from '../decide/suggest/origin.ts';
import { plainText } from '../decide/suggest/plain-text.ts';
import type { DraftMaterial, DraftQuestion } from '../domain/draft-question.ts';
import { Problem } from '../domain/problem.ts';
import type { DraftAnswer, DraftSource } from '../domain/suggestion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { EarlierAnswer } from '../ports/earlier-answers.ts';
import { askAboutWaiting } from './ask-model.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { heldTicket } from './desk.ts';
import { takeTurn } from './take-turn.ts';
import { readTalk } from './talk.ts';

/** What the lane that asks finds by an index. */
const IS_AWAITED = sql`ticket #>> '{draft,askedAt}' is not null and ticket #>> '{draft,endedAt}' is null`;

/** More of them make an answer longer, and no better. */
const MOST_EARLIER = 2;

/** Has a draft written for every ticket that waits for one. */
export function writeDrafts(parts: PipelineParts): Promise<void> {
  return askAboutWaiting(parts, { isAwaited: IS_AWAITED, ask: (ticket) => writeFor(parts, ticket) });
}

async function writeFor(parts: PipelineParts, ticket: Ticket): Promise<void> {
  const { draft, key } = ticket;
  if (draft === null) return;
  const answer = await answerFor(parts, ticket, draft.sources);
  await atDesk(parts, async (desk) => {
    const held = await heldTicket(desk, key);
    await takeTurn(desk, held, { kind: 'drafted', of: draft.of, answer, at: desk.now });
  });
}

/** Where there is nothing to write from, nobody is asked. */
async function answerFor(parts: PipelineParts, ticket: Ticket, sources: readonly DraftSource[]): Promise<DraftAnswer> {
  const { config, languageModel, log } = parts;
  // The config may have changed since the turn in which the draft was wanted.
  const isKept = keptFromModels(ticket, config.current().policy.triage.keptFromModels) !== null;
  if (isKept) return { name: null, failure: 'not_asked' };
  try {
    const question = await questionFor(parts, ticket, sources);
    if (question.materials.length === 0) return { name: null, failure: NOTHING_TO_WRITE_FROM };
    const model = await languageModel();
    if (model === null) return { name: null, failure: 'not_configured' };
    const { written } = await model.write(question, {});
    if ('fault' in written) return { name: model.name, failure: written.fault };
    return { name: model.name, text: storable(written.text), sources: written.sources };
  } catch (err) {
    const code = err instanceof Problem ? err.code : 'failed';
    log.warn({ err, ticket: ticket.number }, 'a language model wrote no draft; the plain one stands');
    return { name: null, failure: code };
  }
}

async function questionFor(
  parts: PipelineParts,
  ticket: Ticket,
  sources: readonly DraftSource[],
): Promise<DraftQuestion> {
  const { policy } = parts.config.current();
  const { subject, description } = judgedText(ticket);
  const { before, answers, since } = await readTalk(parts.connection.queries, ticket);
  const isFurther = sources.some(({ kind }) => kind === 'answers');
  const asked = [description, ...before].join('\n\n');
  const text = isFurther ? since.join('\n\n') : asked;
  const category = ticket.category ?? '';
  const earlier = await parts.earlierAnswers(`${subject}\n${isFurther ? text : description}`, {
    category,
    most: MOST_EARLIER,
  });
  return {
    subject,
    text,
    before: isFurther ? asked : null,
    requester: ticket.requester,
    language: ticket.language ?? policy.desk.language,
    materials: [
      ...sources.flatMap((source) => materialOf(source, { policy, ticket, answers })),
      ...earlier.map(earlierMaterial),
    ],
  };
}

function materialOf(
  source: DraftSource,
  { policy, ticket, answers }: { policy: Policy; ticket: Ticket; answers: readonly string[] },
): DraftMaterial | [] {
  if (source.kind === 'ticket') return [];
  if (source.kind === 'answers') {
    return answers.length === 0 ? [] : { source, title: ticket.subject, text: answers.join('\n\n') };
  }
  const title = sourceTitle(source, policy);
  if (source.kind === 'reply') {
    const text = draftText(policy, ticket, source.name);
    return text === null ? [] : { source, title, text };
  }
  const article = policy.offers.articles.find(({ name, approved }) => approved && name === source.name);
  if (article === undefined) return [];
  const { body, url } = article;
  return { source, title, text: [plainText(body), ...(url === null ? [] : [url])].join('\n\n') };
}

function earlierMaterial({ number, subject, question, answer }: EarlierAnswer): DraftMaterial {
  const text = `Somebody asked:\n${question}\n\nThe team answered:\n${answer}`;
  return { source: { kind: 'ticket', number }, title: subject, text };
}
