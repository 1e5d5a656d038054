-- What follow-up remembers of a ticket, of which no ticket knew until now.
update tickets set ticket = '{"resolution": null, "satisfaction": null, "surveyComment": null, "followUpOf": null,
  "silence": null, "summaryDueAt": null, "checkIns": [], "surveyedAt": null}' || ticket
  where not ticket ? 'checkIns';
-- Tickets that follow a closed one, and when a requester was last asked how it was.
alter table tickets
  add column follow_up_of text generated always as (ticket -> 'followUpOf' ->> 'key') stored,
  add column surveyed_at text generated always as (ticket ->> 'surveyedAt') stored;
create index tickets_followers on tickets (follow_up_of) where follow_up_of is not null;
create index tickets_surveyed on tickets (requester_email, surveyed_at) where surveyed_at is not null;
