import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { readShadowMark } from '../../db/shadow-mark.ts';
import type { Figure } from '../figures/figure.ts';
import { isKnown, type Tickets } from './side.ts';

/** The days on which the desk only looked on. */
export interface ShadowWeek {
  from: Temporal.Instant;
  /** When it ended, or now while it lasts. */
  until: Temporal.Instant;
  isOver: boolean;
  /** New tickets of these days. */
  tickets: number;
}

/** What is compared of a ticket: what we would have decided with what people did. */
export const SHADOW_FIELDS = ['category', 'priority', 'queue', 'assignee'] as const;
export type ShadowField = (typeof SHADOW_FIELDS)[number];

/** How people and the desk decided about one field. */
export interface Agreement {
  field: ShadowField;
  /** Tickets of which people chose it. */
  chosen: number;
  /** Of these, those of which the desk had decided it too. */
  both: number;
  /** Of those, with the same value. */
  same: number;
  /** From the request until people had chosen, in minutes; half took no longer. */
  peopleMinutes: number | null;
  /** The same of the desk. */
  deskMinutes: number | null;
  /** Where they differ, the most frequent first. */
  differing: readonly { desk: string; people: string; tickets: number }[];
}

/** Pairs that are shown; beyond them are odd ones. */
const MOST_DIFFERING = 5;

/** The last shadow week; null where there was none. */
export async function readShadowWeek(queries: Queries, now: Temporal.Instant): Promise<ShadowWeek | null> {
  const mark = await readShadowMark(queries);
  if (mark === null) return null;
  const until = mark.endedAt ?? now;
  const isOver = mark.endedAt !== null;
  const [row] = rowsOf<{ tickets: number }>(
    await queries.execute(
      sql`select count(*)::int as tickets from outcomes as o where ${within({ from: mark.from, until })}`,
    ),
  );
  return { from: mark.from, until, isOver, tickets: row?.tickets ?? 0 };
}

/** The tickets of a shadow week as people handled them: with the hands that people gave them into, and no others. */
export function shadowTickets(
  week: Pick<ShadowWeek, 'from' | 'until'>,
  figure: Pick<Figure, 'moment' | 'part'> | null,
): Tickets {
  return {
    from: sql`(
      select o.opened_at, o.first_responded_at, o.resolved_at, null::boolean as first_reply_kept, o.category,
        (select count(*)::int from shadow_choices as c
          where c.ticket_key = o.ticket_key and c.field = 'assignee' and c.value is not null) as assignment_count
      from outcomes as o
    ) as o`,
    where: sql`${within(week)} and ${isKnown(figure)}`,
  };
}

/** Field by field, what the desk would have done with what people did. */
export async function compareShadow(
  queries: Queries,
  week: Pick<ShadowWeek, 'from' | 'until'>,
): Promise<readonly Agreement[]> {
  const agreements: Agreement[] = [];
  for (const field of SHADOW_FIELDS) agreements.push(await agreementOn(queries, field, week));
  return agreements;
}

/**
 * The desk's is its first decision, or what the ticket began with; theirs is what stood in the end. A field that they
 * emptied again they did not choose, and what a row was typed with nobody else could have decided.
 */
async function agreementOn(
  queries: Queries,
  field: ShadowField,
  week: Pick<ShadowWeek, 'from' | 'until'>,
): Promise<Agreement> {
  const [rows, [sums]] = [
    rowsOf<{ desk: string; people: string; tickets: number }>(
      await queries.execute(sql`
        with pairs as (${pairsOf(field, week)})
        select desk, people, count(*)::int as tickets from pairs where desk is not null group by 1, 2 order by 3 desc, 1, 2
      `),
    ),
    rowsOf<Pick<Agreement, 'chosen' | 'peopleMinutes' | 'deskMinutes'>>(
      await queries.execute(sql`
        with pairs as (${pairsOf(field, week)})
        select count(*)::int as chosen,
          percentile_cont(0.5) within group (order by people_minutes) as "peopleMinutes",
          percentile_cont(0.5) within group (order by desk_minutes) as "deskMinutes"
        from pairs
      `),
    ),
  ];
  const sum = (some: typeof rows) => some.reduce((total, { tickets }) => total + tickets, 0);
  const differing = rows.filter(({ desk, people }) => desk !== people);
  return {
    field,
    chosen: sums?.chosen ?? 0,
    both: sum(rows),
    same: sum(rows) - sum(differing),
    peopleMinutes: sums?.peopleMinutes ?? null,
    deskMinutes: sums?.deskMinutes ?? null,
    differing: differing.slice(0, MOST_DIFFERING),
  };
}

function pairsOf(field: ShadowField, week: Pick<ShadowWeek, 'from' | 'until'>) {
  return sql`
    select theirs.value as people, coalesce(ours.value, ${began(field)}) as desk,
      extract(epoch from theirs.first_at - o.opened_at)::float8 / 60 as people_minutes,
      extract(epoch from ours.at - o.opened_at)::float8 / 60 as desk_minutes
    from outcomes as o
    join lateral (
      select (array_agg(c.value order by c.at desc))[1] as value, min(c.at) as first_at
      from shadow_choices as c where c.ticket_key = o.ticket_key and c.field = ${field}
    ) as theirs on theirs.value is not null and theirs.first_at > o.opened_at
    left join lateral (
      select d.to_value #>> '{}' as value, d.at from decisions as d
      where d.ticket_key = o.ticket_key and d.field = ${field} and d.source ->> 'kind' <> 'person'
        and jsonb_typeof(d.to_value) = 'string'
      order by d.seq limit 1
    ) as ours on true
    where ${within(week)}
  `;
}

/** A field that no rule changes is as it began: as the first person found it who changed it, or as it is still. */
function began(field: ShadowField) {
  if (field === 'category' || field === 'assignee') return sql`null`;
  return sql`coalesce((
    select d.from_value #>> '{}' from decisions as d where d.ticket_key = o.ticket_key and d.field = ${field}
    order by d.seq limit 1
  ), o.${sql.raw(field)})`;
}

function within({ from, until }: Pick<ShadowWeek, 'from' | 'until'>) {
  return sql`o.opened_at >= ${from.toString()}::timestamptz and o.opened_at < ${until.toString()}::timestamptz`;
}
