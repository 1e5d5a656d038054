import { sql } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { rowsOf } from './rows-of.ts';
import { articleUses } from './schema.ts';

/** What somebody did with an article before there was a ticket. */
export type ArticleUse = 'opened' | 'answered';

/** Counts one use; of who it was nothing is known. */
export async function countArticleUse(
  queries: Queries,
  { article, at, use }: { article: string; at: Temporal.Instant; use: ArticleUse },
): Promise<void> {
  const day = at.toZonedDateTimeISO('UTC').toPlainDate().toString();
  await queries
    .insert(articleUses)
    .values({ article, day, [use]: 1 })
    .onConflictDoUpdate({
      target: [articleUses.article, articleUses.day],
      set: { [use]: sql`${articleUses[use]} + 1` },
    });
}

/** How an article helped. Of a ticket that it answered one of the last four holds, of a page the first two. */
export interface ArticleRecord {
  article: string;
  /** Pages of it that were asked for, and how often somebody said there that it answered them. */
  opened: number;
  answered: number;
  /** Tickets that it answered by itself; of these those that it solved for good, and those that came back. */
  sent: number;
  solved: number;
  cameBack: number;
}

/** How each article helped since a moment. Articles that nobody used are left out. */
export async function readArticleRecords(
  queries: Queries,
  since: Temporal.Instant,
): Promise<ReadonlyMap<string, ArticleRecord>> {
  const day = since.toZonedDateTimeISO('UTC').toPlainDate().toString();
  const rows = rowsOf<ArticleRecord>(
    await queries.execute(sql`
      select article, sum(opened)::integer as opened, sum(answered)::integer as answered, sum(sent)::integer as sent,
        sum(solved)::integer as solved, sum(came_back)::integer as "cameBack"
      from (
        select article, opened, answered, 0 as sent, 0 as solved, 0 as came_back from article_uses where day >= ${day}::date
        union all
        select ticket -> 'selfService' -> 'article' ->> 'name', 0, 0, 1,
          coalesce(ticket -> 'selfService' ->> 'how' = 'solved' and (ticket ->> 'reopenCount')::integer = 0, false)::integer,
          coalesce(ticket -> 'selfService' ->> 'how' = 'not_solved'
            or ticket -> 'selfService' ->> 'how' = 'solved' and (ticket ->> 'reopenCount')::integer > 0, false)::integer
        from tickets
        where ticket -> 'selfService' -> 'article' ->> 'name' is not null and opened_at >= ${since.toString()}::timestamptz
      ) as uses
      group by article
    `),
  );
  return new Map(rows.map((row) => [row.article, row]));
}
