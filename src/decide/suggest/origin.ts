/** Of what drafts are made, as people read it. */
import type { DraftSource, ModelDraft } from '../../domain/suggestion.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';
import { articleBehind } from './article-draft.ts';
import { MODEL_REPLY } from './model-draft.ts';

/** What the draft of a name was made of, for whoever asks which drafts are worth having. */
export function originOf(
  reply: string,
  { policy, draft }: { policy: Policy; draft: ModelDraft | null },
): { madeOf: 'reply' | 'article' | 'model'; title: string } {
  if (reply === MODEL_REPLY) return { madeOf: 'model', title: titleOfModel(draft) };
  const article = articleBehind(policy, reply);
  if (article !== null) return { madeOf: 'article', title: article.title };
  return { madeOf: 'reply', title: titleOfReply(reply, policy) };
}

/** `Draft by gpt-5-mini`. */
export function titleOfModel(draft: Pick<ModelDraft, 'by'> | null): string {
  return `Draft by ${draft?.by ?? 'a language model'}`;
}

/** `the reply “Refund”`, `the article “A new password”`, `T-1031`, `our answers so far`. */
export function sourceWords(source: DraftSource, policy: Policy): string {
  if (source.kind === 'answers') return 'our answers so far';
  const title = sourceTitle(source, policy);
  return source.kind === 'ticket' ? title : `the ${source.kind} “${title}”`;
}

/** What a source is called; the name of a ticket. */
export function sourceTitle(source: Exclude<DraftSource, { kind: 'answers' }>, policy: Policy): string {
  if (source.kind === 'ticket') return ticketName(policy.desk.prefix, source.number);
  if (source.kind === 'reply') return titleOfReply(source.name, policy);
  return policy.offers.articles.find(({ name }) => name === source.name)?.title ?? source.name;
}

function titleOfReply(reply: string, { offers }: Policy): string {
  return offers.drafts.find((draft) => draft.reply === reply)?.title ?? reply;
}
