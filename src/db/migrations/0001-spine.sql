-- What came in, byte for byte, before anything was made of it.
create table inbox (
  id text primary key,
  seq bigint generated always as identity,
  channel text not null,
  -- The sender's id of the delivery, or a hash of the content and a time window. A repeat finds it taken.
  delivery_id text not null,
  received_at timestamptz not null,
  headers jsonb not null,
  body bytea not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'ignored', 'lost')),
  attempts integer not null default 0,
  -- A person said that it is a ticket, whatever we make of it.
  insisted boolean not null default false,
  -- Why it was ignored or lost: {code, message, fix}.
  problem jsonb,
  ticket_key text,
  finished_at timestamptz,
  unique (channel, delivery_id)
);
create index inbox_waiting on inbox (seq) where state = 'waiting';
create index inbox_lost on inbox (seq) where state in ('lost', 'ignored');

-- The mirror: each ticket as we know it, beside what the base held when we last spoke with it.
-- `ticket` is the one truth; the columns that queries need are generated from it.
create table tickets (
  key text primary key,
  ticket jsonb not null,
  number bigint not null generated always as ((ticket ->> 'number')::bigint) stored unique,
  status text not null generated always as (ticket ->> 'status') stored,
  category text generated always as (ticket ->> 'category') stored,
  priority text not null generated always as (ticket ->> 'priority') stored,
  -- 0 for low to 3 for critical, and 4 for a VIP whatever the priority: an index puts those first who go first.
  urgency smallint not null generated always as (
    case when ticket -> 'requester' -> 'account' -> 'vip' = 'true' then 4 else
    case ticket ->> 'priority' when 'critical' then 3 when 'high' then 2 when 'medium' then 1 else 0 end end
  ) stored,
  queue text not null generated always as (ticket ->> 'queue') stored,
  assignee text generated always as (ticket ->> 'assignee') stored,
  requester_email text generated always as (ticket -> 'requester' ->> 'email') stored,
  sla_state text not null generated always as (ticket ->> 'slaState') stored,
  needs_review boolean not null generated always as ((ticket ->> 'needsReview')::boolean) stored,
  is_open boolean not null generated always as ((ticket ->> 'status') not in ('resolved', 'closed')) stored,
  is_waiting boolean not null generated always as ((ticket ->> 'waiting') is not null) stored,
  -- Folded subject and first words, by which a repeated request is recognised.
  fingerprint text not null,
  due_at timestamptz,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  -- Counts up with every change, so that a flush knows whether it wrote the latest.
  version bigint not null default 1,
  wake_at timestamptz,
  -- The row of the base, what it held when we last wrote or read it, and since when we owe it a write.
  row_id text,
  synced jsonb not null default '{}',
  dirty_since timestamptz,
  row_problem jsonb,
  detached_at timestamptz
);
create index tickets_wake on tickets (wake_at) where wake_at is not null;
create index tickets_dirty on tickets (dirty_since) where dirty_since is not null;
create unique index tickets_row on tickets (row_id) where row_id is not null;
create index tickets_work on tickets (urgency desc, due_at, number) where is_open;
create index tickets_load on tickets (assignee) where is_open and assignee is not null;
create index tickets_waiting on tickets (queue, urgency desc, due_at, number) where is_waiting;
create index tickets_requester on tickets (requester_email, opened_at desc) where requester_email is not null;
create index tickets_fingerprint on tickets (fingerprint, opened_at desc);

-- What belongs to a ticket is only ever written in one transaction with it, by the one lane that decides. No
-- foreign key says so: checking it row by row costs three times as much as the rows.

create table messages (
  id text primary key,
  ticket_key text not null,
  author text not null check (author in ('customer', 'agent', 'system')),
  author_name text not null,
  visibility text not null check (visibility in ('public', 'internal')),
  text text not null,
  attachments jsonb not null default '[]',
  at timestamptz not null,
  inbox_id text
);
create index messages_of_ticket on messages (ticket_key, at);

-- Why, for ever.
create table decisions (
  id text primary key,
  ticket_key text not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  stage text not null,
  code text not null,
  params jsonb not null,
  field text,
  from_value jsonb,
  to_value jsonb,
  sentence text not null check (length(sentence) <= 200),
  evidence jsonb not null,
  source jsonb not null,
  opinion jsonb,
  config_version text not null
);
create index decisions_of_ticket on decisions (ticket_key, seq);

-- Messages and notices that are to leave the house. The key makes a repeated decision harmless.
create table outbox (
  key text primary key,
  seq bigint generated always as identity,
  ticket_key text not null,
  kind text not null check (kind in ('message', 'notify')),
  recipient text not null,
  subject text not null,
  text text not null,
  template text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'not_sent', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  -- The receiving system's own id of it.
  receipt text,
  problem jsonb
);
create index outbox_waiting on outbox (next_at) where state = 'waiting';
create index outbox_dead on outbox (seq) where state = 'dead';
create index outbox_of_ticket on outbox (ticket_key, seq);
create index outbox_recipient on outbox (recipient, template, created_at);

-- What routing must know of each agent without counting a million tickets. `open` follows every change of a
-- ticket in the same transaction, and is counted anew at start and with each full pass.
create table agents (
  name text primary key,
  open integer not null default 0,
  last_assigned_at timestamptz,
  away boolean not null default false
);

-- Small things that must be remembered: the next ticket number, where reading the base left off.
create table marks (
  name text primary key,
  value jsonb not null
);

-- Each config that was ever in force, so that a decision's version can be looked up.
create table config_versions (
  version text primary key,
  loaded_at timestamptz not null,
  files jsonb not null
);

create table sessions (
  -- SHA-256 of the cookie, so that a copy of the database opens no door.
  id text primary key,
  csrf_token text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- The embedded store: the base of those who have none. Its own table, reached only through its port.
create table desk_rows (
  id text primary key,
  key text unique,
  cells jsonb not null,
  created_at timestamptz not null,
  edited_by text,
  -- Counts up with every write; reading since a watermark is reading above a number.
  revision bigint not null
);
create unique index desk_rows_revision on desk_rows (revision);
create sequence desk_rows_revisions;
