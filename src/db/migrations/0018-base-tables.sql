-- Rows of tables of the base beside the tickets' own, as they were read last: a table of people, of customers.
create table base_rows (
  table_name text not null,
  row_id text not null,
  -- By the title of the column.
  cells jsonb not null,
  -- When the row was read as it is here; it was seen unchanged since.
  read_at timestamptz not null,
  primary key (table_name, row_id)
);
