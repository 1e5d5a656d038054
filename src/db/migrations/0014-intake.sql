-- Who wrote it, as it was understood when it was taken in: by this the breaker counts. Null while there is no breaker.
alter table inbox add column sender text;
create index inbox_sender on inbox (sender, received_at) where sender is not null;
-- What tickets remember of letters, of questions asked, and of being light.
update tickets set ticket = '{"mute": null, "letters": null, "clarification": null, "isLight": false}' || ticket
  where not ticket ? 'mute';
