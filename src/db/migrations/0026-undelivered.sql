-- Letters that did not arrive: their ticket hears of each once. Old ones are no news.
alter table outbox add column heard_at timestamptz;
update outbox set heard_at = finished_at where state = 'dead';
create index outbox_unheard on outbox (seq) where state = 'dead' and heard_at is null;

-- Reports name a message by the id that the receiving system gave it.
create index outbox_receipt on outbox (receipt) where receipt is not null;

-- A person said that it is to go, whatever stands against it.
alter table outbox add column insisted boolean not null default false;

-- What left in the last minute, and what was one too many.
create index outbox_left on outbox (finished_at) where state = 'sent' and via is null and way is null;
create index outbox_too_many on outbox (seq) where state = 'not_sent' and problem ->> 'code' = 'outbox.too-many';

-- Addresses at which nothing arrives, in small letters. No letter goes there of our own accord.
create table undeliverable (
  address text primary key,
  since timestamptz not null,
  -- What the mail system says.
  reason text not null,
  -- The ticket whose letter came back.
  ticket_key text not null
);

insert into undeliverable (address, since, reason, ticket_key)
select distinct on (ticket -> 'mute' ->> 'address')
  ticket -> 'mute' ->> 'address', (ticket -> 'mute' ->> 'at')::timestamptz, ticket -> 'mute' ->> 'evidence', key
from tickets where ticket -> 'mute' ->> 'why' = 'bounced'
order by ticket -> 'mute' ->> 'address', key;
