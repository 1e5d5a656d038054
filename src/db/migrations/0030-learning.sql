-- What was learned from tickets, packed, with what it is worth. The one that was put in force last is asked; of the
-- others a few are kept, so that a new one can be compared with what was good before.
create table learned_models (
  version bigint generated always as identity primary key,
  learned_at timestamptz not null,
  in_force_at timestamptz not null,
  tickets integer not null,
  promise double precision not null,
  threshold double precision not null,
  report jsonb not null,
  model bytea not null
);
