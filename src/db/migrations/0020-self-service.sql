-- Whether a requester was asked to help themselves, of which no ticket knew until now.
update tickets set ticket = '{"selfService": null}' || ticket where not ticket ? 'selfService';
