-- By whom a ticket was judged last: which version of what was learned, and which language model. What waits for a
-- review is judged again by those that come, and by none twice. Of tickets of before nobody knows.
alter table tickets add column judged_version bigint;
alter table tickets add column judged_model text;

-- What was learned would have of fields that it does not set.
update tickets set ticket = '{"proposals": []}' || ticket;

-- What was learned of such a field, the latest alone: what came of it, and the model where there is one.
create table learned_proposals (
  field text primary key,
  learned_at timestamptz not null,
  promise double precision not null,
  outcome jsonb not null,
  model bytea
);
