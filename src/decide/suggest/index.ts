/**
 * What is offered to whoever answers: a draft to begin with, and articles that may help. Nothing of it is ever
 * sent by itself; what becomes of a draft is recorded when the answer goes out.
 */
import type { Evidence } from '../../domain/decision.ts';
import type { FittingArticle, ModelDraft, Suggestion } from '../../domain/suggestion.ts';
import { isOpen } from '../../domain/ticket.ts';
import { holds } from '../conditions/index.ts';
import { rulesInPlay } from '../conditions/rules-in-play.ts';
import type { Article } from '../policy.ts';
import { replyIn } from '../replies.ts';
import type { Turn } from '../turn.ts';
import { articleReply, draftArticle } from './article-draft.ts';
import { answerAwaited, type Awaited } from './awaited.ts';
import { draftByModel, MODEL_REPLY } from './model-draft.ts';
import { originOf, sourceWords, titleOfModel } from './origin.ts';
import { shareRewritten } from './rewritten.ts';

/** So many articles are read; more are a list. */
const MOST_ARTICLES = 3;

/** Compares an answer with the draft that it began with, and offers what fits the ticket now. */
export function suggest(turn: Turn): void {
  compareWithDraft(turn);
  const { drafts, articles } = turn.policy.offers;
  const { suggestion: before, draft: written } = turn.ticket;
  const isQuiet = before === null && written === null && (turn.policy.triage.model?.draftsFor ?? []).length === 0;
  if (isQuiet && drafts.length === 0 && articles.length === 0) return;
  const awaited = answerAwaited(turn);
  const plain = awaited === null ? null : draftFor(turn, awaited);
  const ofModel = draftByModel(turn, { awaited, plain: plain?.reply ?? null });
  tellOfModel(turn, ofModel);
  const draft = ofModel === null ? plain : { reply: MODEL_REPLY, title: titleOfModel(ofModel), proof: [] };
  const found = articlesFor(turn, awaited);
  const wanted = { reply: draft?.reply ?? null, articles: found };
  if (isSame(before, wanted)) return;
  turn.keep('suggestion', wanted.reply === null && found.length === 0 ? null : wanted);
  if (isNews(turn, before, wanted)) tell(turn, wanted, draft);
}

function compareWithDraft({ occasion, policy, ticket, note }: Turn): void {
  if (occasion.kind !== 'replied' || occasion.draft === undefined) return;
  const { reply, text, message } = occasion.draft;
  const { madeOf, title } = originOf(reply, { policy, draft: ticket.draft });
  const rewritten = Number(shareRewritten(text, occasion.text).toFixed(2));
  note({
    stage: 'respond',
    code: 'respond.draft_compared',
    params: { name: occasion.name, reply, title, madeOf, message, rewritten },
    evidence: [],
    source: { kind: 'person', name: occasion.name },
  });
}

/** What was offered stands in the log as it was written, so that it can be compared with what was sent. */
function tellOfModel({ occasion, policy, ticket, note }: Turn, draft: ModelDraft | null): void {
  if (occasion.kind !== 'drafted' || occasion.of !== ticket.draft?.of) return;
  const { by, failure } = ticket.draft;
  const name = by ?? policy.triage.model?.name ?? '';
  const source = { kind: 'model' as const, name };
  if (draft === null) {
    if (by !== null)
      note({ stage: 'respond', code: 'respond.draft_dropped', params: { name, failure }, evidence: [], source });
    return;
  }
  const from = draft.sources.map((each) => sourceWords(each, policy));
  const params = { name, from, text: draft.text };
  note({ stage: 'respond', code: 'respond.drafted', params, evidence: [], source });
}

interface Chosen {
  reply: string;
  title: string;
  proof: readonly Evidence[];
}

/** For a request the first whose condition holds, else the approved article that fits; for further words the article. */
function draftFor(turn: Turn, awaited: Awaited): Chosen | null {
  const reply = awaited.to === 'request' ? replyFor(turn) : null;
  if (reply !== null) return reply;
  const article = draftArticle(turn, awaited);
  return article === null ? null : { reply: articleReply(article), title: article.title, proof: [] };
}

/** Conditions read what was asked first, so they choose nothing for what is asked later. */
function replyFor({ ticket, policy, subject }: Turn): Chosen | null {
  for (const draft of rulesInPlay(policy.offers.drafts, subject)) {
    const isWritten = replyIn(policy.replies, { reply: draft.reply, language: ticket.language }) !== null;
    const proof = isWritten ? holds(draft.when, subject) : null;
    if (proof !== null) return { reply: draft.reply, title: draft.title, proof };
  }
  return null;
}

/** Those of which an admin says so, then those that fit best, what is asked now before what was asked first; each once. */
function articlesFor({ ticket, policy, subject, facts }: Turn, awaited: Awaited | null): readonly string[] {
  const { articles } = policy.offers;
  if (!isOpen(ticket.status) || articles.length === 0) return [];
  const named = rulesInPlay(articles, subject).filter(({ when }) => holds(when, subject) !== null);
  const now = awaited?.to === 'further' ? awaited.words.articles : [];
  const fitting = inLanguageFirst([...now, ...facts.articles], { articles, language: ticket.language });
  return [...new Set([...named.map(({ name }) => name), ...fitting])].slice(0, MOST_ARTICLES);
}

/** Whoever answers reads other languages, too; but the requester's own comes first. */
function inLanguageFirst(
  fitting: readonly FittingArticle[],
  { articles, language }: { articles: readonly Article[]; language: string | null },
): readonly string[] {
  const written = new Map(articles.map((article) => [article.name, article.language]));
  const isOther = (name: string) => language !== null && (written.get(name) ?? language) !== language;
  const names = fitting.map(({ name }) => name).filter((name) => written.has(name));
  return [...names.filter((name) => !isOther(name)), ...names.filter(isOther)];
}

function isSame(before: Suggestion | null, { reply, articles }: Suggestion): boolean {
  const { reply: was, articles: were } = before ?? { reply: null, articles: [] };
  return reply === was && articles.join('\n') === were.join('\n');
}

/** That an offer ends with the answer, or with the ticket, goes without saying. */
function isNews({ occasion, ticket }: Turn, before: Suggestion | null, wanted: Suggestion): boolean {
  const isAnswered = occasion.kind === 'replied' && occasion.by === 'agent';
  const isMore = wanted.reply !== null || wanted.articles.length > 0;
  return isMore ? !isAnswered : before !== null && isOpen(ticket.status) && !isAnswered;
}

function tell({ policy, note }: Turn, { reply, articles }: Suggestion, chosen: Chosen | null): void {
  const titles = articles.map((name) => policy.offers.articles.find((article) => article.name === name)?.title ?? name);
  note({
    stage: 'respond',
    code: 'respond.suggested',
    params: { reply, title: chosen?.title ?? null, articles: titles },
    evidence: chosen?.proof ?? [],
    source: { kind: 'policy', name: reply ?? 'articles' },
  });
}
