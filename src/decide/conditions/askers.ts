import type { Condition } from '../condition.ts';
import type { Policy } from '../policy.ts';

/** Something of the config that asks a condition, and where it stands. */
export interface Asker {
  when: Condition;
  /** As `triage.yaml:12`. */
  place: string;
}

/** Everything of the config that asks something of a ticket, in the order of its stages. */
export function askersOf(policy: Policy): readonly Asker[] {
  const { intake, triage, followUp, escalation, routing, sla, offers } = policy;
  return [
    ...intake.clarify,
    ...triage.rules,
    ...followUp.checkIns,
    ...(followUp.survey === null ? [] : [followUp.survey]),
    ...escalation.definitions,
    ...routing.rules,
    ...sla.policies,
    ...offers.drafts,
    ...offers.articles,
  ];
}
