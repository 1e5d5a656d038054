import type { Condition } from '../condition.ts';
import type { Policy } from '../policy.ts';

/** Something of the config that asks a condition, and where it stands. */
export interface Asker {
  when: Condition;
  /** As `triage.yaml:12`. */
  place: string;
}

/** Everything of the config that asks something of a ticket, in the order of its stages. */
export function askersOf({ triage, routing, sla, offers }: Policy): readonly Asker[] {
  const offered = [...offers.drafts, ...offers.articles];
  return [...triage.rules, ...routing.rules, ...sla.policies, ...offered.filter(isAsking)];
}

function isAsking<Offer extends { when: Condition | null }>(offer: Offer): offer is Offer & { when: Condition } {
  return offer.when !== null;
}
