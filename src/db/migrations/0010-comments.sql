-- When the comments beside a ticket's row were last read, and when to read them again because somebody may have
-- written one. Apart from the tickets, as looks are many and most change nothing.
create table comment_looks (
  ticket_key text primary key,
  read_at timestamptz,
  -- Null while nothing says that there is a new one.
  due_at timestamptz,
  -- Whether the base itself says so.
  is_called boolean not null default false
);
create index comment_looks_due on comment_looks (due_at) where due_at is not null;
