-- Which tickets report the incident of another, and which are one. Tickets of before report none.
update tickets set ticket = '{"incident": null, "incidentReport": null, "knownIncident": false, "incidentMessage": null,
  "linkedCount": 0, "related": []}' || ticket;
alter table tickets add column incident bigint generated always as ((ticket ->> 'incident')::bigint) stored;
alter table tickets add column is_incident boolean not null generated always as (
  (ticket ->> 'knownIncident')::boolean or (ticket ->> 'linkedCount')::int > 0
) stored;
create index tickets_linked on tickets (incident, number) where incident is not null;
create index tickets_incidents on tickets (number) where is_incident;
-- The tickets of one account: of the same house, by the address.
create index tickets_account on tickets (split_part(requester_email, '@', 2), opened_at desc)
  where requester_email is not null;
