-- Queues that help with a ticket find it among their own; null for nearly all.
alter table tickets add column helpers jsonb generated always as (
  case when ticket -> 'collaborators' <> '[]' then ticket -> 'collaborators' end
) stored;
create index tickets_helped on tickets using gin (helpers) where helpers is not null;
