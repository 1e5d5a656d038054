-- Who switched an agent to away, or back, and when.
alter table agents
  add column away_by text,
  add column away_at timestamptz;
-- What tickets know since: their language, what is offered to whoever answers, since when nobody has touched them.
update tickets set ticket = '{"language": null, "suggestion": null, "givenAt": null}' || ticket
where not ticket ? 'givenAt';
