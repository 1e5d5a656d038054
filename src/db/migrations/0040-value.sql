-- Tickets of the time before, as they were imported. Columns are called as those of outcomes, so that the figures that
-- are measured of one are measured of the other.
create table baseline_tickets (
  opened_at timestamptz not null,
  first_responded_at timestamptz,
  resolved_at timestamptz,
  assignment_count integer,
  first_reply_kept boolean,
  category text,
  -- What it took a person to read it, name it and pass it on, where somebody wrote that down.
  triage_minutes double precision
);

-- What people filled in while we only looked on.
create table shadow_choices (
  ticket_key text not null,
  field text not null,
  at timestamptz not null,
  by_name text not null,
  -- Null for a field that was emptied.
  value text
);
create index shadow_choices_ticket on shadow_choices (ticket_key, field, at);
