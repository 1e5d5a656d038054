-- Who works at this browser: everybody signs in with the same secret, and changes bear a name.
alter table sessions add column person text;
create index sessions_expiry on sessions (expires_at);

-- The lists of the console, in the order in which they are shown, so that a page costs what it shows.
create index tickets_in_queue on tickets (queue, urgency desc, due_at, number) where is_open;
create index tickets_in_status on tickets (status, urgency desc, due_at, number) where is_open;
create index tickets_at_risk on tickets (urgency desc, due_at, number) where is_open and sla_state in ('warning', 'breached');
create index tickets_in_review on tickets (urgency desc, due_at, number) where is_open and needs_review;
create index tickets_unassigned on tickets (urgency desc, due_at, number) where is_open and assignee is null;
create index tickets_finished on tickets (status, number) where not is_open;

-- Search by words: marks that tie words together become spaces, so that a part of an address is found too.
-- Only the first part of a text is indexed: a text search value holds one megabyte at most, and a longer
-- message must not be refused for it. Messages are written once, so that the many changes of a ticket
-- don't pay for its long texts.
create index messages_words on messages using gin (
  to_tsvector('simple', translate(author_name || ' ' || left(text, 20000), '@./:_-+', '       '))
);
create index tickets_words on tickets using gin (
  to_tsvector('simple', translate(left((ticket ->> 'subject') || ' ' || (ticket -> 'requester' ->> 'name') || ' '
    || coalesce(ticket -> 'requester' ->> 'email', ''), 2000), '@./:_-+', '       '))
);

-- What was not sent for want of a way to send it, counted on the page about the desk's health.
create index outbox_not_sent on outbox (seq) where state = 'not_sent';
