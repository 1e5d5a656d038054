-- Of the last look at the cells in which people ask for a hand-off, so that hearing the same asking again after a
-- crash moves nothing a second time.
alter table tickets add column handoff_key text;
update tickets set ticket = ticket || '{"handoff": null}' where not ticket ? 'handoff';
