-- What somebody who signed in may do. All who did before had the one password there was, for everything.
alter table sessions add column access text not null default 'admin' check (access in ('viewer', 'agent', 'admin'));
