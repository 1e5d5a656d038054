-- What the quality checks read of a period: who first placed a ticket and who moved it, escalations, hand-offs and drafts.
create index decisions_placing on decisions (ticket_key, seq)
  where field in ('category', 'queue', 'assignee') or code in ('route.rule', 'route.default');
create index decisions_checked on decisions (code, at) where code in (
  'escalate.raised', 'escalate.raised_by_hand', 'handoff.asked', 'handoff.held', 'handoff.moved', 'handoff.helps',
  'respond.draft_compared'
);
