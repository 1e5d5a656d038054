-- What a flush has sent and the base has not confirmed, column by column: {"status": ["Open", "Pending"]}.
-- Such a value read from the base is our own echo, whatever became of the answer.
alter table tickets add column sent jsonb not null default '{}';
-- Taken from the sequence below whenever `synced` changes, so that a row that was read before is known to be stale.
alter table tickets add column synced_seq bigint not null default 0;
create sequence tickets_synced_seqs;
-- Of the last reply that was taken from the row, so that taking it again after a crash sends nothing.
alter table tickets add column reply_key text;
create index tickets_row_problem on tickets (number) where row_problem is not null;
create index tickets_detached on tickets (number) where detached_at is not null;

-- Editing the embedded store by hand, with psql or any SQL tool, counts like editing a cell of a base.
alter table desk_rows alter column id set default gen_random_uuid()::text;
alter table desk_rows alter column cells set default '{}';
alter table desk_rows alter column created_at set default now();
-- New with every write of ours, so that a change that leaves it as it is was made by hand.
alter table desk_rows add column write_id text;

-- Rows that were deleted, so that reading since a watermark tells of them.
create table desk_rows_gone (
  id text primary key,
  revision bigint not null unique
);

-- A number taken from a sequence can be committed after a higher one, and reading above a number would
-- miss it. So writers take turns until they commit. The turn is taken once for each statement, before
-- any row is locked, so that two writers cannot wait for each other.
create function desk_rows_take_turn() returns trigger language plpgsql as
  $$ begin perform pg_advisory_xact_lock(7261004); return null; end $$;
create trigger take_turn before insert or update or delete on desk_rows
  for each statement execute function desk_rows_take_turn();

create function desk_rows_typed() returns trigger language plpgsql as
  $$ begin new.revision := nextval('desk_rows_revisions'); delete from desk_rows_gone where id = new.id; return new; end $$;
create trigger typed before insert on desk_rows for each row execute function desk_rows_typed();
create function desk_rows_edited() returns trigger language plpgsql as
  $$ begin new.revision := nextval('desk_rows_revisions'); return new; end $$;
create trigger edited before update on desk_rows for each row execute function desk_rows_edited();
create function desk_rows_deleted() returns trigger language plpgsql as
  $$ begin insert into desk_rows_gone (id, revision) values (old.id, nextval('desk_rows_revisions')); return old; end $$;
create trigger deleted after delete on desk_rows for each row execute function desk_rows_deleted();

-- Who edits a row of ours by hand without saying who is known by the name of the database user.
create function desk_rows_sign() returns trigger language plpgsql as
  $$ begin new.edited_by := current_user; return new; end $$;
create trigger sign_typed before insert on desk_rows for each row
  when (new.write_id is null and new.edited_by is null) execute function desk_rows_sign();
create trigger sign_edited before update on desk_rows for each row
  when (new.write_id is not distinct from old.write_id and new.edited_by is null)
  execute function desk_rows_sign();
