import type { Article, Draft, Policy } from '../decide/policy.ts';
import { replyIn } from '../decide/replies.ts';
import type { Ticket } from '../domain/ticket.ts';
import { articleBehind, articleReply } from '../decide/suggest/article-draft.ts';
import { MODEL_REPLY, standingDraft } from '../decide/suggest/model-draft.ts';
import { titleOfModel } from '../decide/suggest/origin.ts';
import { plainText } from '../decide/suggest/plain-text.ts';
import { greeting } from './greetings.ts';
import { renderReply, replyValues } from './replies.ts';

const WRITTEN_BY_MODEL = 'Written by a language model. Hold it against its sources before you send it.';

/** An answer that agents can take and change. */
export type ReadyAnswer = Pick<Draft, 'reply' | 'title' | 'why'>;

/** The answers that agents can take for a ticket: those that are written in its language, or for all, and its articles. */
export function draftsFor(policy: Policy, ticket: Ticket): readonly ReadyAnswer[] {
  const { offers, replies } = policy;
  const { language, suggestion } = ticket;
  // What is suggested need not be among those that fit best.
  const named = [suggestion?.reply ?? '', ...(suggestion?.articles ?? []).map((name) => articleReply({ name }))];
  const articles = [...new Set(named)].flatMap((reply) => articleBehind(policy, reply) ?? []);
  const written = standingDraft(ticket);
  return [
    ...(written === null ? [] : [{ reply: MODEL_REPLY, title: titleOfModel(written), why: WRITTEN_BY_MODEL }]),
    ...offers.drafts.filter(({ reply }) => replyIn(replies, { reply, language }) !== null),
    ...articles.map((article) => ({
      reply: articleReply(article),
      title: article.title,
      why: 'Made of the article of that title.',
    })),
  ];
}

/** The text of an answer for a ticket, with its gaps filled; null when there is none of that name for it. */
export function draftText(policy: Policy, ticket: Ticket, reply: string): string | null {
  if (reply === MODEL_REPLY) return modelAnswer(policy, ticket);
  const article = articleBehind(policy, reply);
  if (article !== null) return articleAnswer(article, policy, ticket);
  if (!draftsFor(policy, ticket).some((draft) => draft.reply === reply)) return null;
  const template = replyIn(policy.replies, { reply, language: ticket.language });
  if (template === null) return null;
  try {
    return renderReply(template, replyValues(policy, ticket), policy.desk).text;
  } catch {
    // A filter that fails on this ticket's words is no reason to keep its row from the base.
    return null;
  }
}

/** What a model wrote, to the requester. */
function modelAnswer({ desk }: Policy, ticket: Ticket): string | null {
  const draft = standingDraft(ticket);
  if (draft === null) return null;
  return `${greeting(ticket.language ?? desk.language, ticket.requester.name)}\n\n${draft.text}`;
}

/** What the article says, to the requester. A person reads it before it goes. */
function articleAnswer({ body, url, language }: Article, { desk }: Policy, { requester }: Ticket): string {
  const parts = [greeting(language ?? desk.language, requester.name), plainText(body), ...(url === null ? [] : [url])];
  return parts.filter((part) => part !== '').join('\n\n');
}
