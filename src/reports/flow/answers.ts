import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { edgesOf, type Span } from '../span.ts';

/** How many answers each person sent to requesters, by name. Notes are not answers. */
export async function answersByPerson(queries: Queries, span: Span): Promise<ReadonlyMap<string, number>> {
  const { from, until } = edgesOf(span);
  const rows = rowsOf<{ person: string; answers: number }>(
    await queries.execute(sql`
      select author_name as person, count(*)::int as answers from messages
      where author = 'agent' and visibility = 'public'
        and at >= ${from.toString()}::timestamptz and at < ${until.toString()}::timestamptz
      group by 1
    `),
  );
  return new Map(rows.map(({ person, answers }) => [person, answers]));
}
