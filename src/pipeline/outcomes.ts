import { sql } from 'drizzle-orm';
import { outcomeOf } from '../decide/outcome.ts';
import { REPEAT_DAYS } from '../domain/outcome.ts';
import { placingOf } from '../domain/placing.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Desk } from './desk.ts';

/** The decisions of a turn are told alone: what was first stays so, and the latest takes the place of the others. */
const PLACED = sql`
  first_category = coalesce(known.first_category, excluded.first_category),
  first_category_by = coalesce(known.first_category_by, excluded.first_category_by),
  first_category_from = coalesce(known.first_category_from, excluded.first_category_from),
  machine_category = coalesce(excluded.machine_category, known.machine_category),
  first_queue = coalesce(known.first_queue, excluded.first_queue),
  first_queue_by = coalesce(known.first_queue_by, excluded.first_queue_by),
  first_queue_from = coalesce(known.first_queue_from, excluded.first_queue_from),
  moved_to = coalesce(excluded.moved_to, known.moved_to),
  is_passed_on = known.is_passed_on or excluded.is_passed_on
`;

/** What is written of each ticket, as JSON has it. */
const COLUMNS = sql`
  "ticketKey" text, number bigint, "openedAt" timestamptz, channel text, language text, segment text,
  customer text, category text, "givenBy" text, priority text, queue text, assignee text, status text,
  "isOpen" boolean, "needsReview" boolean, "isLight" boolean, "firstRespondedAt" timestamptz,
  "firstReplyOpenMinutes" double precision, "resolvedAt" timestamptz, "resolutionOpenMinutes" double precision,
  "closedAt" timestamptz, "firstReplySettledAt" timestamptz, "firstReplyKept" boolean,
  "resolutionSettledAt" timestamptz, "resolutionKept" boolean, "breachedAt" timestamptz, "escalatedAt" timestamptz,
  "reopenCount" integer, "contactCount" integer, "assignmentCount" integer, "surveyedAt" timestamptz,
  score smallint, "followUpOf" text, incident bigint, "firstCategory" text, "firstCategoryBy" text,
  "firstCategoryFrom" text, "machineCategory" text, "firstQueue" text, "firstQueueBy" text, "firstQueueFrom" text,
  "movedTo" text, "isPassedOn" boolean
`;

/** Writes what reports count of tickets, in the transaction that changes them. */
export async function saveOutcomes(desk: Desk, changed: readonly Ticket[]): Promise<void> {
  const { policy } = desk.config;
  const decided = Map.groupBy(desk.records.decisions, ({ ticketKey }) => ticketKey);
  const outcomes = changed.map((ticket) => {
    const { firstReply, resolution, ...outcome } = outcomeOf(ticket, policy, desk.now);
    return {
      ...outcome,
      ...placingOf(decided.get(ticket.key) ?? []),
      firstReplySettledAt: firstReply?.at ?? null,
      firstReplyKept: firstReply?.isKept ?? null,
      resolutionSettledAt: resolution?.at ?? null,
      resolutionKept: resolution?.isKept ?? null,
    };
  });
  const written = JSON.stringify(outcomes);
  await writeOutcomes(desk, written);
  await writeStays(desk, written);
}

/** Minutes that were counted once stay, whatever becomes of the calendar, unless the moment itself was corrected. */
async function writeOutcomes({ tx }: Desk, written: string): Promise<void> {
  await tx.execute(sql`
    insert into outcomes as known
    select "ticketKey", number, "openedAt", channel, language, segment, customer, category, "givenBy", priority, queue,
      assignee, status, "isOpen", "needsReview", "isLight", "firstRespondedAt", "firstReplyOpenMinutes", "resolvedAt",
      "resolutionOpenMinutes", "closedAt", "firstReplySettledAt", "firstReplyKept", "resolutionSettledAt",
      "resolutionKept", "breachedAt", "escalatedAt", "reopenCount", "contactCount", "assignmentCount", "surveyedAt",
      score, "followUpOf", incident,
      exists (
        select from outcomes as earlier where earlier.customer = changed.customer
          and earlier.ticket_key <> "ticketKey" and earlier.category is not distinct from changed.category
          and earlier.resolved_at <= "openedAt" and earlier.resolved_at > "openedAt" - make_interval(days => ${REPEAT_DAYS}::int)
      ),
      "firstCategory", "firstCategoryBy", "firstCategoryFrom", "machineCategory", "firstQueue", "firstQueueBy",
      "firstQueueFrom", "movedTo", coalesce("isPassedOn", false)
    from jsonb_to_recordset(${written}::jsonb) as changed (${COLUMNS})
    on conflict (ticket_key) do update set
      channel = excluded.channel, language = excluded.language, segment = excluded.segment,
      customer = excluded.customer, category = excluded.category, given_by = excluded.given_by,
      priority = excluded.priority, queue = excluded.queue, assignee = excluded.assignee, status = excluded.status,
      is_open = excluded.is_open, needs_review = excluded.needs_review, is_light = excluded.is_light,
      first_responded_at = excluded.first_responded_at,
      first_reply_open_minutes = case when known.first_responded_at = excluded.first_responded_at
        then known.first_reply_open_minutes else excluded.first_reply_open_minutes end,
      resolved_at = excluded.resolved_at,
      resolution_open_minutes = case when known.resolved_at = excluded.resolved_at
        then known.resolution_open_minutes else excluded.resolution_open_minutes end,
      closed_at = excluded.closed_at,
      first_reply_settled_at = excluded.first_reply_settled_at, first_reply_kept = excluded.first_reply_kept,
      resolution_settled_at = excluded.resolution_settled_at, resolution_kept = excluded.resolution_kept,
      breached_at = excluded.breached_at, escalated_at = excluded.escalated_at,
      reopen_count = excluded.reopen_count, contact_count = excluded.contact_count,
      assignment_count = excluded.assignment_count, surveyed_at = excluded.surveyed_at, score = excluded.score,
      follow_up_of = excluded.follow_up_of, incident = excluded.incident,
      -- Once so, it stays so, whatever becomes of the earlier one, as long as it is about the same.
      is_repeat = excluded.is_repeat or known.is_repeat
        and (known.customer, known.category) is not distinct from (excluded.customer, excluded.category),
      ${PLACED}
  `);
}

/** A ticket that stands elsewhere than at its last stay ends that one and begins another; the first begins with it. */
async function writeStays({ tx, now }: Desk, written: string): Promise<void> {
  await tx.execute(sql`
    with standing as (
      select * from jsonb_to_recordset(${written}::jsonb) as (
        "ticketKey" text, "openedAt" timestamptz, status text, queue text, assignee text, "isOpen" boolean
      )
    ), ended as (
      update stays set ended_at = greatest(${now.toString()}::timestamptz, stays.started_at)
      from standing
      where stays.ticket_key = standing."ticketKey" and stays.ended_at is null
        and (stays.status, stays.queue, stays.assignee)
          is distinct from (standing.status, standing.queue, standing.assignee)
      returning stays.ticket_key, stays.ended_at, stays.is_open
    )
    insert into stays
    select "ticketKey", coalesce(ended.ended_at, "openedAt"), null, status, queue, assignee, "isOpen",
      "isOpen"::int - coalesce(ended.is_open, false)::int
    from standing left join ended on ended.ticket_key = "ticketKey"
    where ended.ticket_key is not null or not exists (select from stays where stays.ticket_key = "ticketKey")
  `);
}
