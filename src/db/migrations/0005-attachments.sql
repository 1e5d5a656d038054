-- Files that came with messages, on their way to the people: fetched where the sender gave a link, handed to
-- the base where it takes files, linked where it does not.
create table attachments (
  id text primary key,
  seq bigint generated always as identity,
  ticket_key text not null,
  message_id text not null,
  -- Place among the message's files.
  position integer not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  -- Where the bytes are: in a stored request, by the file's place among its parts, or behind the sender's link.
  inbox_id text,
  part integer,
  url text,
  -- waiting: the bytes are to be fetched. kept: we have them, the base has not. attached: the base has them.
  -- linked: the row names an address instead. failed: the bytes could not be had.
  state text not null check (state in ('waiting', 'kept', 'attached', 'linked', 'failed')),
  attempts integer not null default 0,
  -- When there is something to do again; null when all is done.
  next_at timestamptz,
  problem jsonb,
  -- What opens the file to whoever has the address: 122 bits of chance.
  token text not null default replace(gen_random_uuid()::text, '-', ''),
  created_at timestamptz not null
);
create index attachments_due on attachments (next_at, seq) where next_at is not null;
create index attachments_of_ticket on attachments (ticket_key, seq);

-- Bytes that were fetched, in pieces. What came in a request stays there and is read again.
create table attachment_bytes (
  attachment_id text not null,
  seq integer not null,
  bytes bytea not null,
  primary key (attachment_id, seq)
);
-- Compressed files do not get smaller a second time.
alter table attachment_bytes alter column bytes set storage external;
