-- A letter that is more than its text, such as the weekly review; and where it leads, when it is of no ticket.
alter table outbox add column html text;
alter table outbox add column link text;
