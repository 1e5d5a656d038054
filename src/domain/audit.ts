/** Of what kind an act is that the audit log notes. */
export const AUDIT_KINDS = ['sign_in', 'refused', 'change'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/**
 * What the audit log notes, in words that go on from a name. What happens to tickets is none of it: the decision log
 * has that.
 */
export const AUDIT_ACTS = {
  signed_in: { kind: 'sign_in', words: 'signed in by' },
  signed_out: { kind: 'sign_in', words: 'signed out' },
  named: { kind: 'sign_in', words: 'goes on as' },
  sign_in_refused: { kind: 'refused', words: 'was not let in by' },
  secret_set: { kind: 'change', words: 'set or ended a secret of the channel' },
  channel_tested: { kind: 'change', words: 'sent a test to the channel' },
  channel_test_closed: { kind: 'change', words: 'closed the test of the channel' },
  way_tested: { kind: 'change', words: 'sent a test over the way' },
  subscription_tested: { kind: 'change', words: 'sent a test to the subscription' },
  event_sent_again: { kind: 'change', words: 'had an event sent again to the subscription' },
  subscription_off: { kind: 'change', words: 'switched off the subscription' },
  subscription_on: { kind: 'change', words: 'switched on the subscription' },
  learning_asked: { kind: 'change', words: 'had the desk learn' },
  backtest_begun: { kind: 'change', words: 'tried a config on past tickets' },
  backtest_ended: { kind: 'change', words: 'ended a backtest' },
  review_written: { kind: 'change', words: 'had the weekly review written to the base' },
  rule_reviewed: { kind: 'change', words: 'looked at the rule' },
  request_retried: { kind: 'change', words: 'had a lost request read again' },
  request_insisted: { kind: 'change', words: 'made a ticket of a lost request' },
  letter_retried: { kind: 'change', words: 'had a letter sent again' },
  address_reachable: { kind: 'change', words: 'said that an address can be reached' },
  tables_read: { kind: 'change', words: 'had the tables of the base read' },
  calls_opened: { kind: 'change', words: 'began to set up the calls of the base' },
  rows_written: { kind: 'change', words: 'had refused rows written again' },
  base_read: { kind: 'change', words: 'had the base read' },
  desk_mended: { kind: 'change', words: 'had doctor mend what it can' },
  base_connected: { kind: 'change', words: 'connected the desk to a base' },
  presence_set: { kind: 'change', words: 'switched the presence of' },
  persons_joined: { kind: 'change', words: 'made two requesters one' },
  persons_parted: { kind: 'change', words: 'made a requester two' },
  baseline_imported: { kind: 'change', words: 'imported the baseline' },
  baseline_forgotten: { kind: 'change', words: 'forgot the baseline' },
  person_shown: { kind: 'change', words: 'had all shown that is held of a person' },
  person_erased: { kind: 'change', words: 'erased a person' },
} as const satisfies Readonly<Record<string, { kind: AuditKind; words: string }>>;
export type AuditAct = keyof typeof AUDIT_ACTS;

export function isAuditAct(name: string): name is AuditAct {
  return Object.hasOwn(AUDIT_ACTS, name);
}

/** The acts of a kind. */
export function actsOf(kind: AuditKind): readonly AuditAct[] {
  return Object.keys(AUDIT_ACTS)
    .filter(isAuditAct)
    .filter((act) => AUDIT_ACTS[act].kind === kind);
}
