import { join } from 'node:path';
import type { ReplyTemplate } from '../decide/policy.ts';
import { readArticle, type WrittenArticle } from './article-files.ts';
import type { Finding } from './live.ts';
import { readReply, type WrittenDraft } from './reply-files.ts';

/** The folders within a config folder that hold texts. */
export const TEXT_FOLDERS = ['replies', 'articles'] as const;

/** The texts of a config folder, in the order of their names. */
export interface Texts {
  templates: Readonly<Record<string, ReplyTemplate>>;
  /** One for each reply that agents can take, whatever its languages. */
  drafts: readonly WrittenDraft[];
  articles: readonly WrittenArticle[];
  findings: readonly Finding[];
}

/** Reads every file of `replies/` and `articles/`. */
export function readTexts(files: Readonly<Record<string, string>>, folder: string): Texts {
  const replies = textsIn('replies', files).map(({ file, name, text }) => readReply(join(folder, file), name, text));
  const articles = textsIn('articles', files).map(({ file, name, text }) =>
    readArticle(join(folder, file), name, text),
  );
  const drafts = replies.flatMap(({ draft }) => draft ?? []);
  return {
    templates: Object.fromEntries(replies.map(({ template }) => [template.name, template])),
    // The version for all languages comes first by its name, and speaks for the others.
    drafts: drafts.filter(({ reply }, index) => drafts.findIndex((other) => other.reply === reply) === index),
    articles: articles.flatMap(({ article }) => article ?? []),
    findings: [...replies, ...articles].flatMap(({ findings }) => findings),
  };
}

function textsIn(folder: (typeof TEXT_FOLDERS)[number], files: Readonly<Record<string, string>>) {
  return Object.keys(files)
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => ({ file, name: file.slice(folder.length + 1, -'.md'.length), text: files[file] ?? '' }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
