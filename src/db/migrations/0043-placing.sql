-- Where rules and models first said that a ticket belongs, and whether people moved it: written with the ticket, as to look
-- for it in a report would read the decisions of each one.
alter table outcomes
  add column first_category text,
  add column first_category_by text,
  add column first_category_from text,
  add column machine_category text,
  add column first_queue text,
  add column first_queue_by text,
  add column first_queue_from text,
  add column moved_to text,
  add column is_passed_on boolean not null default false;

with given as (
  select ticket_key, seq, to_value #>> '{}' as category, coalesce(source ->> 'name', '') as name,
    case source ->> 'kind' when 'model' then coalesce(params ->> 'from', 'model') else source ->> 'kind' end as kind
  from decisions
  where field = 'category' and source ->> 'kind' <> 'person' and jsonb_typeof(to_value) = 'string'
), placed as (
  select ticket_key, (array_agg(category order by seq))[1] as category, (array_agg(kind order by seq))[1] as kind,
    (array_agg(name order by seq))[1] as name, (array_agg(category order by seq desc))[1] as latest
  from given group by 1
), routed as (
  select distinct on (ticket_key) ticket_key, coalesce(params ->> 'queue', '') as queue, source ->> 'kind' as kind,
    coalesce(source ->> 'name', '') as name
  from decisions where code in ('route.rule', 'route.default') order by ticket_key, seq
), moved as (
  select ticket_key, (array_agg(to_value #>> '{}' order by seq desc) filter (where field = 'queue'))[1] as queue,
    bool_or(field = 'assignee') as is_passed_on
  from decisions
  where field in ('queue', 'assignee') and source ->> 'kind' = 'person' and from_value <> to_value
    and jsonb_typeof(from_value) = 'string' and jsonb_typeof(to_value) = 'string'
  group by 1
)
update outcomes as o set
  first_category = placed.category, first_category_by = placed.kind, first_category_from = placed.name,
  machine_category = placed.latest, first_queue = routed.queue, first_queue_by = routed.kind,
  first_queue_from = routed.name, moved_to = moved.queue, is_passed_on = coalesce(moved.is_passed_on, false)
from placed full join routed using (ticket_key) full join moved using (ticket_key)
where o.ticket_key = coalesce(placed.ticket_key, routed.ticket_key, moved.ticket_key);

drop index decisions_placing;

-- Tickets that are open now, by since when they stand as they do: beside those that ended in a stretch, which have an index,
-- they are all that was open in it.
create index stays_standing on stays (started_at) where ended_at is null and is_open;

create or replace view bi.tickets as
select o.ticket_key, t.number, t.ticket ->> 'subject' as subject, o.opened_at, o.channel,
  t.ticket #>> '{requester,name}' as requester_name, t.requester_email, o.customer, o.segment, o.language,
  o.category, o.given_by, o.priority, t.ticket ->> 'severity' as severity, o.queue, o.assignee, o.status,
  (select string_agg(tag, ', ') from jsonb_array_elements_text(t.ticket -> 'tags') as tag) as tags,
  o.is_open, o.needs_review, o.is_light,
  o.first_responded_at, date_part('epoch', o.first_responded_at - o.opened_at) / 60 as first_reply_minutes,
  o.first_reply_open_minutes, o.first_reply_settled_at, o.first_reply_kept,
  o.resolved_at, date_part('epoch', o.resolved_at - o.opened_at) / 60 as resolution_minutes,
  o.resolution_open_minutes, o.resolution_settled_at, o.resolution_kept,
  o.closed_at, o.breached_at, o.escalated_at, o.reopen_count, o.contact_count, o.assignment_count, o.is_repeat,
  o.surveyed_at, o.score, o.follow_up_of, o.incident, t.ticket ->> 'why' as why,
  o.machine_category, o.first_category, o.first_category_by, o.first_category_from, o.first_queue, o.first_queue_by,
  o.first_queue_from
from outcomes as o join tickets as t on t.key = o.ticket_key;

-- What the database knows of both is from before they were written anew, and it chooses its ways by that.
analyze outcomes;
analyze stays;
