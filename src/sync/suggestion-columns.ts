import { draftText } from '../config/drafts.ts';
import { NEVER } from '../decide/condition.ts';
import type { Article, Policy } from '../decide/policy.ts';
import { MODEL_REPLY, standingDraft } from '../decide/suggest/model-draft.ts';
import { sourceWords } from '../decide/suggest/origin.ts';
import type { Ticket } from '../domain/ticket.ts';
import { asked, checkbox, type DeskColumn, ours, text } from './desk-column.ts';

/** What is offered to whoever answers, on a desk that has anything to offer. */
export function suggestionColumns(policy: Policy): DeskColumn[] {
  const { drafts, articles, areInBase } = policy.offers;
  const isWriting = (policy.triage.model?.draftsFor ?? []).length > 0;
  const isOffering = drafts.some(({ when }) => when !== NEVER) || articles.some(({ approved }) => approved);
  const columns: DeskColumn[] = [];
  if (isOffering || areInBase || isWriting) {
    columns.push(
      {
        ...ours(text('suggestedReply', 'Suggested reply'), ({ ticket }) => {
          const reply = ticket.suggestion?.reply ?? null;
          return reply === null ? null : draftText(policy, ticket, reply);
        }),
        description:
          'A draft of your answer. To change it, copy it into Reply; to send it as it is, tick Send suggestion.',
      },
      asked(checkbox('sendSuggestion', 'Send suggestion'), 'Tick it to send Suggested reply to the customer as it is.'),
    );
  }
  if (isWriting) {
    columns.push({
      ...ours(text('suggestedFrom', 'Suggestion made of'), ({ ticket }) => sourceLines(policy, ticket)),
      description: 'Where a language model wrote Suggested reply: what it wrote it from. Read both before you send.',
    });
  }
  if (articles.length > 0 || areInBase) {
    columns.push(ours(text('suggestedArticles', 'Suggested articles'), ({ ticket }) => articleLines(articles, ticket)));
  }
  return columns;
}

/** A line each; beside the draft and not in it, as what stands in it is sent. */
function sourceLines(policy: Policy, ticket: Ticket): string | null {
  const draft = standingDraft(ticket);
  if (draft === null || ticket.suggestion?.reply !== MODEL_REPLY) return null;
  return [`By ${draft.by ?? 'a language model'}, from`, ...draft.sources.map((each) => sourceWords(each, policy))].join(
    '\n',
  );
}

/** A line each: `Reset your password: https://…`. */
function articleLines(articles: readonly Article[], { suggestion }: Ticket): string | null {
  const lines = (suggestion?.articles ?? []).flatMap((name) => {
    const article = articles.find((each) => each.name === name);
    if (article === undefined) return [];
    const title = article.audience === 'internal' ? `${article.title} (for the team alone)` : article.title;
    return article.url === null ? title : `${title}: ${article.url}`;
  });
  return lines.length === 0 ? null : lines.join('\n');
}
