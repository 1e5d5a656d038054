-- What is next in line is read from the front of an index, however many wait behind it. Each index is in the
-- order in which its rows are asked for, so that this holds whatever the planner believes of the table: the
-- embedded engine keeps no statistics, and those of a queue that empties and fills are seldom true anywhere.
drop index outbox_waiting;
create index outbox_waiting on outbox (next_at, seq) where state = 'waiting';
-- The first that waits of each thread.
create index outbox_threads on outbox (ticket_key, recipient, seq) where state = 'waiting';
create index tickets_owed on tickets ((row_id is not null), dirty_since, number)
  where dirty_since is not null and detached_at is null;
