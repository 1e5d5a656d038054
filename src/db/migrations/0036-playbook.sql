-- How often each rule had its say, by day (UTC): the playbook does not count a million decisions for each look at it.
create table rule_days (
  day date not null,
  stage text not null,
  rule text not null,
  fired integer not null,
  primary key (day, stage, rule)
);

-- What is known of a rule beyond the config: since when it is there and as it is, when it last had its say, and when its
-- owner was last reminded of a review.
create table rule_standings (
  stage text not null,
  rule text not null,
  -- Of its logic, null for one that the config has no more and had before anybody kept this.
  print text,
  since timestamptz,
  changed_at timestamptz,
  first_at timestamptz,
  last_at timestamptz,
  reminded_logic_at timestamptz,
  reminded_exceptions_at timestamptz,
  primary key (stage, rule)
);

-- Turns that a decision does not name by its source: a rule that added tags beside the first, and a rule whose
-- decision a person changed.
create table rule_marks (
  stage text not null,
  rule text not null,
  kind text not null check (kind in ('also', 'override')),
  at timestamptz not null,
  ticket_key text not null,
  primary key (stage, rule, kind, at, ticket_key)
);
create index rule_marks_at on rule_marks (kind, at);

-- Over which channels, and by which kinds of customers, what a rule is for comes in.
create table rule_askers (
  stage text not null,
  rule text not null,
  kind text not null check (kind in ('channel', 'tier')),
  value text not null,
  first_at timestamptz not null,
  fired integer not null,
  primary key (stage, rule, kind, value)
);

-- Who looked at a rule, and when. Nothing in the base says it, as it is about no ticket.
create table rule_reviews (
  id bigint primary key generated always as identity,
  stage text not null,
  rule text not null,
  part text not null check (part in ('logic', 'exceptions')),
  at timestamptz not null,
  by text not null,
  note text not null
);
create index rule_reviews_of_rule on rule_reviews (stage, rule, id);

alter table config_versions add column decisions bigint not null default 0;

-- The tickets of a rule, the latest first.
create index decisions_of_rule on decisions (stage, (source ->> 'name'), at) where code in (
  'clarify.asked',
  'triage.category_by_rule', 'triage.severity_by_rule', 'triage.priority_by_rule', 'triage.tags_by_rule',
  'link.joined', 'link.joined_known', 'link.found',
  'route.rule',
  'handoff.still_held', 'handoff.reminded', 'handoff.returned', 'handoff.customer_told',
  'sla.due_set',
  'escalate.raised',
  'respond.acknowledged', 'respond.self_served',
  'follow_up.closed', 'follow_up.reminded', 'follow_up.silent', 'follow_up.summarised', 'follow_up.checked_in',
  'follow_up.surveyed'
);

-- Decisions are counted in the order in which they were made.
create index decisions_in_order on decisions (seq);
