-- Who gave a ticket back stands with the ticket now, as it is to be known while somebody else has it, too.
update tickets
set ticket = jsonb_build_object('declinedBy', coalesce(ticket #> '{waiting,declinedBy}', '[]')) || (ticket #- '{waiting,declinedBy}')
where not ticket ? 'declinedBy';
