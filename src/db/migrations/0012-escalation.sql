-- Escalations, what people ticked, and how the work gets on: no ticket knew of any of it until now.
update tickets
set ticket = '{"escalationLevel": 0, "escalation": null, "accountable": null, "stepsDone": [], "progress": null}' || ticket
where not ticket ? 'escalationLevel';
alter table tickets add column escalation_level smallint not null
  generated always as (coalesce((ticket ->> 'escalationLevel')::smallint, 0)) stored;
create index tickets_escalated on tickets (urgency desc, due_at, number) where is_open and escalation_level > 0;
