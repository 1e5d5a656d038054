-- When the base is to be told of a change, so that changes of many tickets share a request; null until
-- somebody has looked at what changed, and how much it matters.
alter table tickets add column write_at timestamptz;
drop index tickets_dirty;
create index tickets_dirty on tickets (write_at, dirty_since) where dirty_since is not null;
