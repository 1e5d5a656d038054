-- Columns in which a row of the base is behind because the base does not let us write them. Once it does, such rows
-- are found without a look at all the others.
alter table tickets add column withheld jsonb not null default '[]';
create index tickets_withheld on tickets (number) where withheld <> '[]';
