import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { codeIsOneOf, FIRING_CODES, OVERRIDING_CODES } from './firing.ts';

/** Up to which decision everything is counted. */
const COUNTED = 'playbook_counted';

/** Decisions to a transaction: a tenth of a second in the embedded engine, in which nobody else has it. */
const AT_ONCE = 5000;

/**
 * Counts the decisions that came since the last time, rule by rule, in at most so many transactions. Decisions are
 * recorded by one lane, one transaction after the other, so that none appears below one that was counted.
 *
 * @returns whether there are more than were counted
 */
export async function countUses(queries: Queries, most: number): Promise<{ isBehind: boolean }> {
  for (let run = 0; run < most; run += 1) {
    if (!(await countSome(queries))) return { isBehind: false };
  }
  return { isBehind: await hasMore(queries) };
}

function countSome(queries: Queries): Promise<boolean> {
  return queries.transaction(async (tx) => {
    const span = await nextSpan(tx);
    if (span === null) return false;
    await tx.execute(countFired(span));
    await tx.execute(markOverrides(span));
    await tx.execute(countVersions(span));
    return true;
  });
}

/** Decisions after the one and up to the other. */
interface Span {
  after: number;
  upTo: number;
}

/** Holds the mark until the transaction ends, so that two who count take turns. */
async function nextSpan(tx: Queries): Promise<Span | null> {
  await tx.execute(sql`insert into marks (name, value) values (${COUNTED}, '0') on conflict do nothing`);
  const marks = await tx.execute(sql`select value #>> '{}' as after from marks where name = ${COUNTED} for update`);
  const after = Number(rowsOf<{ after: string }>(marks)[0]?.after ?? 0);
  const ends = await tx.execute(sql`
    select max(seq)::text as "upTo" from (
      select seq from decisions where seq > ${after} order by seq limit ${AT_ONCE}
    ) as next
  `);
  const upTo = rowsOf<{ upTo: string | null }>(ends)[0]?.upTo ?? null;
  if (upTo === null) return null;
  await tx.execute(sql`update marks set value = to_jsonb(${upTo}::bigint) where name = ${COUNTED}`);
  return { after, upTo: Number(upTo) };
}

async function hasMore(queries: Queries): Promise<boolean> {
  const found = await queries.execute(sql`
    select from decisions where seq > coalesce(
      (select (value #>> '{}')::bigint from marks where name = ${COUNTED}), 0
    ) limit 1
  `);
  return rowsOf(found).length > 0;
}

/** Each turn of a ticket in which a rule had its say, once, goes into every count there is. */
function countFired(span: Span): SQL {
  return sql`
    with fired as materialized (${firedIn(span)}),
    days as (
      insert into rule_days (day, stage, rule, fired)
      select (at at time zone 'UTC')::date, stage, rule, count(*) from fired group by 1, 2, 3
      on conflict (day, stage, rule) do update set fired = rule_days.fired + excluded.fired
    ), moments as (
      insert into rule_standings (stage, rule, first_at, last_at)
      select stage, rule, min(at), max(at) from fired group by 1, 2
      on conflict (stage, rule) do update set
        first_at = least(rule_standings.first_at, excluded.first_at),
        last_at = greatest(rule_standings.last_at, excluded.last_at)
    ), others as (
      insert into rule_marks (stage, rule, kind, at, ticket_key)
      select stage, rule, 'also', at, ticket_key from fired where not is_named
      on conflict do nothing
    )
    insert into rule_askers (stage, rule, kind, value, first_at, fired)
    select stage, rule, asker.kind, asker.value, min(at), count(*)
    from fired join tickets on tickets.key = fired.ticket_key cross join lateral (values
      ('channel', tickets.ticket ->> 'channel'),
      ('tier', tickets.ticket #>> '{requester,account,tier}')
    ) as asker (kind, value)
    where asker.value is not null group by 1, 2, 3, 4
    on conflict (stage, rule, kind, value) do update set
      first_at = least(rule_askers.first_at, excluded.first_at), fired = rule_askers.fired + excluded.fired
  `;
}

/** Of tags a decision names all rules that added some; its source is the first of them. */
function firedIn(span: Span): SQL {
  return sql`
    select stage, rule, at, ticket_key, bool_or(is_named) as is_named from (
      select stage, source ->> 'name' as rule, at, ticket_key, true as is_named from decisions
      where ${within(span)} and ${codeIsOneOf(sql`code`, FIRING_CODES)} and source ->> 'kind' in ('rule', 'policy')
      union all
      select stage, also.rule, at, ticket_key, false
      from decisions, jsonb_array_elements_text(params -> 'rules') as also (rule)
      where ${within(span)} and code = 'triage.tags_by_rule'
    ) as said group by stage, rule, at, ticket_key
  `;
}

/** Of what a person changed, whoever had set it last: where that was a rule, it was overridden. */
function markOverrides(span: Span): SQL {
  return sql`
    insert into rule_marks (stage, rule, kind, at, ticket_key)
    select said.stage, said.source ->> 'name', 'override', edit.at, edit.ticket_key
    from decisions as edit join lateral (
      select stage, source, code from decisions as earlier
      where earlier.ticket_key = edit.ticket_key and earlier.field = edit.field and earlier.seq < edit.seq
      order by earlier.seq desc limit 1
    ) as said on true
    where edit.seq > ${span.after} and edit.seq <= ${span.upTo} and edit.stage = 'edit' and edit.field is not null
      and ${codeIsOneOf(sql`edit.code`, OVERRIDING_CODES)}
      and ${codeIsOneOf(sql`said.code`, FIRING_CODES)} and said.source ->> 'kind' in ('rule', 'policy')
    on conflict do nothing
  `;
}

function countVersions(span: Span): SQL {
  return sql`
    update config_versions set decisions = config_versions.decisions + made.count
    from (select config_version, count(*) as count from decisions where ${within(span)} group by 1) as made
    where config_versions.version = made.config_version
  `;
}

function within({ after, upTo }: Span): SQL {
  return sql`seq > ${after} and seq <= ${upTo}`;
}
