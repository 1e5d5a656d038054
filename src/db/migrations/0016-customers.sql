-- By what people are known: each address, telephone number or id in a chat is of one person. A person is no more
-- than these; names, times and counts are those of the tickets.
create table identities (
  kind text not null,
  value text not null,
  -- The key of the ticket with which the person was first seen.
  requester_id text not null,
  primary key (kind, value)
);
create index identities_of_requester on identities (requester_id);

insert into identities (kind, value, requester_id)
select 'email', requester_email, min(key) from tickets where requester_email is not null group by requester_email;

-- Few tickets have any besides the address.
create index tickets_identities on tickets using gin ((ticket -> 'requester' -> 'identities') jsonb_path_ops)
  where ticket -> 'requester' ? 'identities';

-- What look-ups said, by what they were asked.
create table lookups (
  name text not null,
  url text not null,
  -- The latest answer, which may be older than the gap: {fields, identities}.
  answer jsonb,
  answered_at timestamptz,
  -- Why it said nothing when it was last asked, and how often in a row.
  gap text,
  tried_at timestamptz not null,
  attempts integer not null,
  primary key (name, url)
);
create index lookups_tried on lookups (tried_at);
