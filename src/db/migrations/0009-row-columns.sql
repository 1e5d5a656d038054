-- What a ticket's row says in columns of the team's own, of which no ticket knew until now.
update tickets set ticket = ticket || '{"row": {}}' where not ticket ? 'row';
