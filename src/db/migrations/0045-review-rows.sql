-- The weekly review goes into a table of the base, too, by the outbox like all else that leaves the house.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('message', 'notify', 'rows'));
alter table outbox add column rows jsonb;
