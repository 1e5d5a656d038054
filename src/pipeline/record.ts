import { sql } from 'drizzle-orm';
import { rowsOf } from '../db/rows-of.ts';
import type { ModelRecord } from '../decide/facts.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Desk } from './desk.ts';

/** So many of the latest answers tell how good a model is; what it was a year ago matters little. */
const LATEST = 100;

/**
 * How often the model that answers now was right with this category. Somebody knows by now where a person chose the
 * category, or answered the ticket and let it end with it. The tickets themselves are the record, so that it follows
 * every later correction, and is there again when the base is all that is left.
 */
export async function readRecord({ tx }: Pick<Desk, 'tx'>, occasion: Occasion): Promise<ModelRecord | null> {
  if (occasion.kind !== 'advised' || 'failure' in occasion.answer) return null;
  const { name, category } = occasion.answer;
  if (category === null) return null;
  const [row] = rowsOf<{ known: number; agreed: number }>(
    await tx.execute(sql`
      select count(*)::int as known, (count(*) filter (where is_right))::int as agreed from (
        select category = ticket #>> '{advice,category}' as is_right from tickets
        where ticket #>> '{advice,by}' = ${name} and ticket #>> '{advice,category}' = ${category}
          and category is not null
          and (ticket #> '{overrides,category}' is not null
            or (not is_open and ticket #>> '{firstRespondedAt}' is not null))
        order by number desc limit ${LATEST}
      ) as latest
    `),
  );
  return row === undefined ? null : { right: row.agreed, known: row.known };
}
