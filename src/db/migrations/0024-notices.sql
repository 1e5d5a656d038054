-- Notices to the team go other ways than mail, too: over which way of the config, and for whom, by names and addresses.
-- Null is by mail. What was held back, as many came or it was quiet, goes together with what else was.
alter table outbox add column way text;
alter table outbox add column told jsonb;
alter table outbox add column held boolean not null default false;
-- What is true no more when its time comes, or went by mail as its way failed, stays here.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('waiting', 'sent', 'not_sent', 'dead', 'left_out'));
-- What somebody was told of late, and what waits for them.
create index outbox_notices on outbox (recipient, created_at) where kind = 'notify';
create index outbox_notices_waiting on outbox (recipient, seq) where kind = 'notify' and state = 'waiting';
-- How each way does.
create index outbox_ways on outbox (way, seq) where way is not null;
