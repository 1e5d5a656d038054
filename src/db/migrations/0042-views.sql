-- What tools for business intelligence read: few plain tables that stay as they are, whatever becomes of ours. No text of a
-- conversation is in them. A figure's SQL in docs/reference/figures.md goes over bi.tickets.
create schema bi;

create view bi.tickets as
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
  o.surveyed_at, o.score, o.follow_up_of, o.incident, t.ticket ->> 'why' as why
from outcomes as o join tickets as t on t.key = o.ticket_key;

create view bi.stays as
select s.ticket_key, t.number, s.started_at, s.ended_at, s.status, s.queue, s.assignee, s.is_open
from stays as s join tickets as t on t.key = s.ticket_key;

create view bi.decisions as
select d.seq, d.ticket_key, t.number, d.at, d.stage, d.code, d.field, d.from_value #>> '{}' as from_value,
  d.to_value #>> '{}' as to_value, d.sentence, d.source ->> 'kind' as by_kind, d.source ->> 'name' as by_name,
  d.config_version
from decisions as d join tickets as t on t.key = d.ticket_key;

create view bi.messages as
select m.id, m.ticket_key, t.number, m.at, m.author, m.author_name, m.visibility, length(m.text) as letters
from messages as m join tickets as t on t.key = m.ticket_key;
