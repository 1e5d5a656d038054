/**
 * Drafts that a language model writes. A turn cannot wait for one, so it only says that one is wanted, and of what; the
 * lane that asks brings it as an occasion of its own. Until then, and where none comes, the plain draft stands.
 */
import type { DraftSource, ModelDraft } from '../../domain/suggestion.ts';
import { type Ticket, wroteSinceAnswer } from '../../domain/ticket.ts';
import { isAsking } from '../clarify/state.ts';
import { holds } from '../conditions/index.ts';
import { hashOf } from '../hash.ts';
import { judgedText } from '../judged-text.ts';
import { keptFromModels } from '../kept-from-models.ts';
import type { Policy } from '../policy.ts';
import { replyIn } from '../replies.ts';
import type { Turn } from '../turn.ts';
import { articleBehind, articlesWorthSending } from './article-draft.ts';
import type { Awaited } from './awaited.ts';

/** The name under which such a draft is suggested, where else the name of a reply stands. */
export const MODEL_REPLY = 'model:';

/** Why no model was asked: nothing was said of such matters yet. */
export const NOTHING_TO_WRITE_FROM = 'no_sources';

/** More than these make an answer longer, and no better. */
const MOST_ARTICLES = 2;

/** Whether a draft of a language model is to come. */
export function isDraftAwaited({ draft }: Pick<Ticket, 'draft'>): boolean {
  return draft !== null && draft.endedAt === null;
}

/** The draft that stands; null where there is none, or the ticket was answered meanwhile. */
export function standingDraft(ticket: Ticket): (ModelDraft & { text: string }) | null {
  const { draft, firstRespondedAt } = ticket;
  const isAnswered = firstRespondedAt !== null && !wroteSinceAnswer(ticket);
  return draft === null || draft.text === null || isAnswered ? null : { ...draft, text: draft.text };
}

/**
 * Takes what a model wrote, and asks for a draft where one is wanted: once for what is to be answered and what there is
 * to write from. Drops one that is wanted no more. `plain` is the name of the reply that is suggested without a model.
 */
export function draftByModel(
  turn: Turn,
  { awaited, plain }: { awaited: Awaited | null; plain: string | null },
): ModelDraft | null {
  hearModel(turn);
  const { draft } = turn.ticket;
  if (awaited === null || !isWanted(turn)) {
    if (draft !== null) turn.keep('draft', null);
    return null;
  }
  const sources = sourcesFor(turn, awaited, plain);
  const of = nameOf(turn, sources);
  if (draft?.of === of) return standingDraft(turn.ticket);
  turn.keep('draft', { of, by: null, text: null, sources, askedAt: turn.now, endedAt: null, failure: null });
  return null;
}

/** An answer to what the ticket does not ask any more is none. */
function hearModel(turn: Turn): void {
  const { occasion, ticket, now } = turn;
  if (occasion.kind !== 'drafted' || ticket.draft === null || !isDraftAwaited(ticket)) return;
  if (ticket.draft.of !== occasion.of) return;
  const { answer } = occasion;
  if ('failure' in answer) {
    turn.keep('draft', { ...ticket.draft, by: answer.name, sources: [], endedAt: now, failure: answer.failure });
    return;
  }
  const { name, text, sources } = answer;
  turn.keep('draft', { ...ticket.draft, by: name, text, sources, endedAt: now });
}

/** Somebody is to answer, and nothing else answers in the meantime. */
function isWanted({ ticket, policy, subject }: Turn): boolean {
  const { model, keptFromModels: which } = policy.triage;
  const { category, selfService, incident } = ticket;
  if (keptFromModels(ticket, which) !== null) return false;
  if (model === null || category === null || !model.draftsFor.includes(category)) return false;
  if (ticket.needsReview || isAsking(ticket)) return false;
  if (incident !== null || (selfService !== null && selfService.endedAt === null)) return false;
  return holds(model.when, subject) !== null;
}

/** The answers to others are not among them: they are looked for when the model is asked. */
function sourcesFor({ policy, ticket, facts }: Turn, awaited: Awaited, plain: string | null): readonly DraftSource[] {
  const isReply = plain !== null && articleBehind(policy, plain) === null;
  const fitting = awaited.to === 'further' ? awaited.words.articles : facts.articles;
  const articles = articlesWorthSending(policy, fitting, ticket).slice(0, MOST_ARTICLES);
  return [
    ...(awaited.to === 'further' ? [{ kind: 'answers' as const }] : []),
    ...(isReply ? [{ kind: 'reply' as const, name: plain }] : []),
    ...articles.map(({ name }) => ({ kind: 'article' as const, name })),
  ];
}

/** Another word of the requester, or of a source, makes another name, and so another draft. */
function nameOf({ policy, ticket }: Turn, sources: readonly DraftSource[]): string {
  const { subject, description } = judgedText(ticket);
  const said = sources.map((source) => wordsOf(source, policy, ticket));
  const all = JSON.stringify([subject, description, ticket.contactCount, ticket.language, said]);
  return `${hashOf(all, 0).toString(16)}.${hashOf(all, 1).toString(16)}`;
}

function wordsOf(source: DraftSource, policy: Policy, { language }: Ticket): readonly unknown[] {
  if (source.kind === 'ticket') return [source.number];
  if (source.kind === 'answers') return [];
  if (source.kind === 'reply') return [source.name, replyIn(policy.replies, { reply: source.name, language })?.body];
  const article = policy.offers.articles.find(({ name }) => name === source.name);
  return [source.name, article?.title, article?.body, article?.url];
}
