-- A mail names those before it on its ticket.
create index message_names_of_ticket on message_names (ticket_key, at);
