import { z } from 'zod';
import { columnFor, tableWith } from './base-table.ts';

/** The titles of the columns of the table of articles. */
export const ArticleColumns = z.strictObject({
  title: columnFor('what it is about, without which a row says nothing', 'Title'),
  body: columnFor('the text, in Markdown', 'Body'),
  approved: columnFor('the tick of what customers may be shown without anybody looking', 'Approved'),
  category: columnFor('the category whose tickets it answers', 'Category'),
  language: columnFor('the language in which it is written, as de or German', 'Language'),
  keywords: columnFor(
    'words of customers that the text does not have: several options, or a list with commas',
    'Keywords',
  ),
  internal: columnFor('the tick of what is for the team alone', 'Internal'),
  url: columnFor('the address where it can be read whole', 'Link'),
});
export type ArticleColumns = z.output<typeof ArticleColumns>;

/** `knowledge.yaml`: what the desk knows, and who may read it. */
export const Knowledge = z.strictObject({
  articlesTable: tableWith(ArticleColumns.prefault({}), {
    usual: 'Articles',
    titled: { title: 'Name', body: 'Text' },
    example: { table: 'Help', columns: { title: 'Name' } },
  })
    .optional()
    .describe('A table of the base in which articles are, beside those of articles/. Left out, there is none.'),
  helpPage: z
    .boolean('is neither true nor false')
    .default(false)
    .describe(
      'Whether the approved articles stand on a page for everybody, /help, and are suggested on the request form and ' +
        'on the page of a ticket while people write.',
    )
    .meta({ examples: [true] }),
});
export type Knowledge = z.output<typeof Knowledge>;
