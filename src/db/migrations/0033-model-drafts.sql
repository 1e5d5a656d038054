-- Drafts that a language model writes. Of tickets of before there is none.
update tickets set ticket = '{"draft": null}' || ticket;

-- Tickets for which one is to be written, in their order.
create index tickets_to_draft on tickets (number)
  where ticket #>> '{draft,askedAt}' is not null and ticket #>> '{draft,endedAt}' is null;
