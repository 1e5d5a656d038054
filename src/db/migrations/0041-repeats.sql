-- Whether a customer asked again about what was resolved a few days before, written with the ticket: to look for it in a
-- report would search the customer's earlier tickets for each one.
alter table outcomes add column is_repeat boolean not null default false;
update outcomes as o set is_repeat = true where exists (
  select from outcomes as before where before.customer = o.customer
    and before.ticket_key <> o.ticket_key and before.category is not distinct from o.category
    and before.resolved_at <= o.opened_at and before.resolved_at > o.opened_at - interval '7 days'
);
