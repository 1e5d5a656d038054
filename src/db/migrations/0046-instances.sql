-- Processes that share this database, each as it last said of itself.
create table instances (
  id text primary key,
  role text not null check (role in ('all', 'web', 'worker', 'sweeps')),
  host text not null,
  pid integer not null,
  secrets_print text not null,
  config_version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
