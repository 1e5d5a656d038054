import { NEVER } from '../../decide/condition.ts';
import type { Article, Draft, Policy } from '../../decide/policy.ts';
import { versionOf } from '../../decide/replies.ts';
import type { WrittenArticle } from '../article-files.ts';
import type { WrittenDraft } from '../reply-files.ts';
import type { Texts } from '../texts.ts';
import type { Knowledge } from '../written/knowledge.ts';
import { compileCondition, type Names } from './condition.ts';

/** What is offered to those who answer. */
export function offersOf(
  { drafts, articles }: Texts,
  { articlesTable }: Pick<Knowledge, 'articlesTable'>,
  names: Names,
): Policy['offers'] {
  return {
    drafts: drafts.map((draft) => draftOf(draft, names)),
    articles: articles.map((article) => articleOf(article, names)),
    areInBase: articlesTable !== undefined,
  };
}

function draftOf({ reply, title, why, suggestWhen, file }: WrittenDraft, names: Names): Draft {
  const when = suggestWhen === undefined ? NEVER : compileCondition(suggestWhen, names);
  return { reply, title, why, when, place: file };
}

function articleOf({ name, head, body, file }: WrittenArticle, names: Names): Article {
  const { title, url = null, audience, category = null, keywords } = head;
  const when = head.when === undefined ? NEVER : compileCondition(head.when, names);
  const language = head.language ?? versionOf(name).language;
  const approved = head.approved && audience === 'customer';
  return { name, title, url, audience, approved, category, language, keywords, body, when, place: file };
}
