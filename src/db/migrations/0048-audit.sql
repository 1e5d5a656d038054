-- Who came in, who was kept out, and who changed what of the desk: kept long after sessions have ended.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  act text not null,
  by text not null check (by in ('console', 'api', 'command')),
  person text,
  access text check (access in ('viewer', 'agent', 'admin')),
  target text,
  address text
);
create index audit_at on audit (at);

-- Sign-ins that were refused lately, so that whoever guesses is held back by every process alike.
create table sign_in_failures (
  id bigint generated always as identity primary key,
  origin text not null,
  at timestamptz not null
);
create index sign_in_failures_at on sign_in_failures (at);
