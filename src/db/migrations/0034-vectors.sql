-- Vectors of texts, by the name of what was asked: so none is paid for twice, and a turn need not wait for one.
create table text_vectors (
  name text primary key,
  vector bytea not null,
  at timestamptz not null
);

-- Beside the model of words alone one that reads vectors, too, and what that is worth; null where none was asked for.
alter table learned_models add column joined bytea;
alter table learned_models add column vectors jsonb;
