-- What reports count: one narrow row for each ticket, and one for each time that it spent in one status, queue and
-- pair of hands. Both are written with the turn that changes them, so that a figure never lags behind its tickets.
-- Open minutes are those of the team's calendar.
create table outcomes (
  ticket_key text primary key,
  number bigint not null,
  opened_at timestamptz not null,
  channel text not null,
  language text,
  segment text,
  customer text not null,
  category text,
  given_by text,
  priority text not null,
  queue text not null,
  assignee text,
  status text not null,
  is_open boolean not null,
  needs_review boolean not null,
  is_light boolean not null,
  first_responded_at timestamptz,
  first_reply_open_minutes double precision,
  resolved_at timestamptz,
  resolution_open_minutes double precision,
  closed_at timestamptz,
  -- A promise is settled when it is kept or broken, whichever comes first.
  first_reply_settled_at timestamptz,
  first_reply_kept boolean,
  resolution_settled_at timestamptz,
  resolution_kept boolean,
  -- The first breach of any clock.
  breached_at timestamptz,
  escalated_at timestamptz,
  reopen_count integer not null,
  contact_count integer not null,
  assignment_count integer not null,
  surveyed_at timestamptz,
  score smallint,
  follow_up_of text,
  incident bigint
);
create index outcomes_opened on outcomes (opened_at);
create index outcomes_first_responded on outcomes (first_responded_at) where first_responded_at is not null;
create index outcomes_resolved on outcomes (resolved_at) where resolved_at is not null;
create index outcomes_first_reply on outcomes (first_reply_settled_at) where first_reply_settled_at is not null;
create index outcomes_resolution on outcomes (resolution_settled_at) where resolution_settled_at is not null;
create index outcomes_breached on outcomes (breached_at) where breached_at is not null;
create index outcomes_surveyed on outcomes (surveyed_at) where surveyed_at is not null;
create index outcomes_customer on outcomes (customer, opened_at);
create index outcomes_open on outcomes (opened_at) where is_open;

create table stays (
  ticket_key text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  status text not null,
  queue text not null,
  assignee text,
  is_open boolean not null,
  -- 1 where the ticket is open from here on and was not before, -1 where it is no longer, else 0.
  opens smallint not null
);
create index stays_of_ticket on stays (ticket_key, started_at);
create unique index stays_last on stays (ticket_key) where ended_at is null;
create index stays_opens on stays (started_at) include (opens) where opens <> 0;
create index stays_ended on stays (ended_at) where ended_at is not null;

-- Tickets from before have what they say themselves; their open minutes and earlier stays nobody wrote down.
insert into outcomes
select t.key, t.number, t.opened_at, ticket ->> 'channel', ticket ->> 'language',
  coalesce(account ->> 'tier', account ->> 'segment', account ->> 'plan'),
  coalesce(account ->> 'name', t.requester_email, ticket -> 'requester' ->> 'name'),
  t.category,
  case when ticket -> 'overrides' ? 'category' then 'person' else ticket #>> '{categoryFrom,by}' end,
  t.priority, t.queue, t.assignee, t.status, t.is_open, t.needs_review, (ticket ->> 'isLight')::boolean,
  (ticket ->> 'firstRespondedAt')::timestamptz, null, (ticket ->> 'resolvedAt')::timestamptz, null,
  (ticket ->> 'closedAt')::timestamptz,
  null, null, null, null,
  (select min((clock ->> 'breachedAt')::timestamptz) from jsonb_array_elements(ticket -> 'clocks') as clock),
  (ticket #>> '{escalation,raised,0,startedAt}')::timestamptz,
  (ticket ->> 'reopenCount')::integer, (ticket ->> 'contactCount')::integer, (ticket ->> 'assignmentCount')::integer,
  (ticket ->> 'surveyedAt')::timestamptz, (ticket ->> 'satisfaction')::smallint,
  ticket #>> '{followUpOf,key}', (ticket ->> 'incident')::bigint
from tickets as t, lateral (select ticket -> 'requester' -> 'account') as known (account);
insert into stays
select key, opened_at, case when not is_open then updated_at end, case when is_open then status else 'open' end, queue,
  assignee, true, 1 from tickets
union all
select key, updated_at, null, status, queue, assignee, false, -1 from tickets where not is_open;
-- Answers of the team, by their moment.
create index messages_answers on messages (at, author_name) where author = 'agent' and visibility = 'public';
