import type { Draft, Policy } from '../decide/policy.ts';
import { replyIn } from '../decide/replies.ts';
import type { Ticket } from '../domain/ticket.ts';
import { renderReply, replyValues } from './replies.ts';

/** The answers that agents can take for a ticket: those that are written in its language, or for all. */
export function draftsFor({ offers, replies }: Policy, { language }: Ticket): readonly Draft[] {
  return offers.drafts.filter(({ reply }) => replyIn(replies, { reply, language }) !== null);
}

/** The text of an answer for a ticket, with its gaps filled; null when there is none of that name for it. */
export function draftText(policy: Policy, ticket: Ticket, reply: string): string | null {
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
