-- What models make of tickets, and what gave them their category. Of tickets of before nobody knows.
update tickets set ticket = '{"categoryFrom": null, "opinions": [], "advice": null, "summary": null}' || ticket;

-- Tickets about which a language model is to be asked, in their order.
create index tickets_to_advise on tickets (number)
  where ticket #>> '{advice,askedAt}' is not null and ticket #>> '{advice,endedAt}' is null;

-- How often a model was right of a category, over what became of the tickets.
create index tickets_advised on tickets ((ticket #>> '{advice,by}'), (ticket #>> '{advice,category}'), number desc)
  where ticket #>> '{advice,category}' is not null;
