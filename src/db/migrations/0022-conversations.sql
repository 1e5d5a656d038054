-- Answers go out where the requester wrote last: over which channel, and in which thread. Null is by mail.
alter table outbox add column via text;
alter table outbox add column thread text;

-- By what messages are known to those who answer them: Message-IDs of mail, threads of chats. The latest ticket counts.
create table message_names (
  name text primary key,
  ticket_key text not null,
  at timestamptz not null
);
