-- Hand-offs under a contract: what a ticket knows of one, and the queue that is asked to take it over.
update tickets set ticket = ticket || '{"collaborators": []}' where not ticket ? 'collaborators';
update tickets set ticket = jsonb_set(
  ticket,
  '{handoff}',
  '{"instance": 1, "way": "transfer", "state": "accepted", "missing": [], "askedAt": null, "remindedAt": null,
    "endedAt": null, "answeredBy": null, "code": null, "followers": [], "heard": []}' || (ticket -> 'handoff')
) where jsonb_typeof(ticket -> 'handoff') = 'object';
alter table tickets add column asked_queue text generated always as (
  case when ticket -> 'handoff' ->> 'state' = 'asked' then ticket -> 'handoff' ->> 'to' end
) stored;
create index tickets_asked on tickets (asked_queue, urgency desc, due_at, number) where asked_queue is not null;

-- A clock counts for an internal target or for an outside promise; until now all were targets.
update tickets set ticket = jsonb_set(
  ticket,
  '{clocks}',
  (select jsonb_agg('{"kind": "target"}' || clock order by place)
   from jsonb_array_elements(ticket -> 'clocks') with ordinality as clocks (clock, place))
) where jsonb_array_length(ticket -> 'clocks') > 0;
