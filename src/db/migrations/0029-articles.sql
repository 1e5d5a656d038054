-- How often an article helped before there was a ticket, by day: nothing of who read it, nor of what they typed.
create table article_uses (
  article text not null,
  day date not null,
  opened integer not null default 0,
  answered integer not null default 0,
  primary key (article, day)
);

-- Tickets that an article answered, of which there are few among many.
create index tickets_answered_by on tickets ((ticket -> 'selfService' -> 'article' ->> 'name'))
  where ticket -> 'selfService' -> 'article' ->> 'name' is not null;
