import { z } from 'zod';
import { readHeaded } from './head.ts';
import type { Finding } from './live.ts';
import type { Source } from './source.ts';
import { Condition } from './written/condition.ts';
import { Name, Title } from './written/words.ts';

/** What stands between the two lines `---` at the top of an article. */
export const ArticleHead = z.strictObject({
  title: Title.describe('What it is about, as somebody would ask for it.').meta({ examples: ['Reset your password'] }),
  url: z
    .url({ protocol: /^https?$/, error: 'is not a web address' })
    .optional()
    .describe('Where it can be read whole.')
    .meta({ examples: ['https://help.example.com/password'] }),
  audience: z
    .enum(['customer', 'internal'], 'is not an audience')
    .default('customer')
    .describe('Whether customers may read it, or the team alone: a runbook.')
    .meta({ examples: ['internal'] }),
  approved: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Whether customers may be shown it without anybody looking: in automatic answers, on forms, on /help.')
    .meta({ examples: [true] }),
  category: Name.optional()
    .describe('The category whose tickets it answers; under it, it stands on /help. Left out, whichever.')
    .meta({ examples: ['access'] }),
  language: z
    .string('is not text')
    .regex(/^[a-z]{2}$/, 'is not a language of two letters')
    .optional()
    .describe(
      'In what it is written. Left out, what its file name says, as password.de.md, or the language of the desk.',
    )
    .meta({ examples: ['de'] }),
  keywords: z
    .array(z.string('is not a word').trim().min(1, 'is empty').max(80))
    .default([])
    .describe('Words of customers that the text itself does not have.')
    .meta({ examples: [['locked out', 'forgot']] }),
  when: Condition.optional()
    .describe(
      'Suggests it for tickets of which this holds, before all others. For the rest it goes by words in common.',
    )
    .meta({ examples: [{ category: 'outage' }] }),
});

/** One file of `articles/`, read. */
export interface WrittenArticle {
  name: string;
  head: z.output<typeof ArticleHead>;
  body: string;
  /** As findings name it: `articles/password.md`. */
  file: `articles/${string}`;
  source: Source;
}

/** Reads `articles/<name>.md`: a head with the title, and below it the text. */
export function readArticle(
  file: string,
  name: string,
  text: string,
): { article: WrittenArticle | null; findings: readonly Finding[] } {
  const { head, body, source, findings } = readHeaded(
    { file, text },
    { schema: ArticleHead, first: 'title: and what it is about' },
  );
  if (head === null) return { article: null, findings };
  return { article: { name, head, body: body.trim(), file: `articles/${name}.md`, source }, findings };
}
