-- Events on their way to those who follow tickets: one row for each event and follower, with the very body that is
-- signed. Written with the decision that it tells of; its id is what the receiver knows a repeat by. Null in next_at
-- waits for a person, or for the config.
create table events (
  id text primary key,
  seq bigint generated always as identity,
  subscription text not null,
  ticket_key text not null,
  type text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz,
  created_at timestamptz not null,
  tried_at timestamptz,
  status integer,
  milliseconds integer,
  answer text,
  problem jsonb,
  finished_at timestamptz
);

create index events_due on events (next_at, seq) where state = 'waiting';
create index events_in_order on events (subscription, ticket_key, seq) where state = 'waiting';
create index events_of_subscription on events (subscription, seq);
create index events_finished on events (finished_at) where finished_at is not null;

-- How those stand who follow tickets: failures in a row, and since when one is switched off, by whom or why.
create table subscriptions (
  name text primary key,
  failures integer not null default 0,
  next_at timestamptz,
  off_at timestamptz,
  off_by text,
  problem jsonb
);
