import { type SQL, sql } from 'drizzle-orm';

/**
 * Decisions by which a rule has its say of a ticket. Those that only follow, such as the notices of an escalation or
 * the pauses of a clock, count no second time. The index decisions_of_rule holds the same ones.
 */
export const FIRING_CODES = [
  'clarify.asked',
  'triage.category_by_rule',
  'triage.severity_by_rule',
  'triage.priority_by_rule',
  'triage.tags_by_rule',
  'link.joined',
  'link.joined_known',
  'link.found',
  'route.rule',
  'handoff.still_held',
  'handoff.reminded',
  'handoff.returned',
  'handoff.customer_told',
  'sla.due_set',
  'escalate.raised',
  'respond.acknowledged',
  'respond.self_served',
  'follow_up.closed',
  'follow_up.reminded',
  'follow_up.silent',
  'follow_up.summarised',
  'follow_up.checked_in',
  'follow_up.surveyed',
] as const;

/** What a person does to a field of which a rule had spoken. */
export const OVERRIDING_CODES = ['edit.changed', 'edit.corrected', 'edit.left_to_us', 'edit.status_changed'] as const;

/** Written out, as a planner recognises a partial index by its words alone. */
export function codeIsOneOf(column: SQL, codes: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(codes.map((code) => `'${code}'`).join(', '))})`;
}
