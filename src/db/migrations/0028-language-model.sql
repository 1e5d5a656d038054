-- What language models were asked, by day of the desk and model: what the caps count, and the page Health shows.
create table model_days (
  day text not null,
  model text not null,
  requests integer not null default 0,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  -- In the currency of the prices of that day; 0 where there were none.
  cost double precision not null default 0,
  -- Tickets that were read, those among them whose answer was known already, and those that were not.
  readings integer not null default 0,
  kept integer not null default 0,
  failures integer not null default 0,
  milliseconds bigint not null default 0,
  -- Why a ticket was not read, the last time.
  problem jsonb,
  failed_at timestamptz,
  primary key (day, model)
);

-- Answers, so that the same question is not paid for twice. What was hidden from the model is not in them.
create table model_answers (
  key text primary key,
  answer jsonb not null,
  at timestamptz not null
);
create index model_answers_at on model_answers (at);
