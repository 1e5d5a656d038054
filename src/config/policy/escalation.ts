import type { EscalationDefinition, Policy, Trigger } from '../../decide/policy.ts';
import { POLICY_METRICS } from '../../domain/clock.ts';
import type { Escalation } from '../written/escalation.ts';
import { listOf, minutesOf, shareOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

type Written = Escalation['escalations'][number];
type WrittenTrigger = Exclude<NonNullable<Written['after']>, readonly unknown[]>;

/** Who answers for it where a definition leaves that to whoever has the ticket. */
const OWNER = 'owner';

/** For a definition that tells the requester nothing. */
export const NO_LETTER = 'none';

export function escalationOf(
  { escalations, lastResort }: Escalation,
  names: Names,
  placeOf: (index: number) => string,
): Policy['escalation'] {
  const definitions = escalations.map((written, index) => definitionOf(written, names, placeOf(index)));
  return { definitions, lastResort };
}

function definitionOf(written: Written, names: Names, place: string): EscalationDefinition {
  const { name, why, owner, level, priority, accountable, customer, notify } = written;
  return {
    name,
    why,
    owner,
    place,
    level,
    when: compileCondition(written.when, names),
    after: listOf(written.after ?? []).map(triggerOf),
    who: notify === 'nobody' ? [] : notify.who,
    by: notify === 'nobody' ? [] : listOf(notify.by),
    priority,
    accountable: accountable === OWNER ? null : accountable,
    customer: customer === NO_LETTER ? null : customer,
    until: listOf(written.until),
  };
}

function triggerOf({ slaUsed = {}, ownerChanges, contacts, noProgress, waiting }: WrittenTrigger): Trigger {
  const shares = POLICY_METRICS.flatMap((metric) => {
    const share = slaUsed[metric];
    return share === undefined ? [] : [[metric, shareOf(share)]];
  });
  return {
    slaUsed: Object.fromEntries(shares),
    ownerChanges: ownerChanges ?? null,
    contacts: contacts ?? null,
    noProgressMinutes: noProgress === undefined ? null : minutesOf(noProgress),
    waitingMinutes: waiting === undefined ? null : minutesOf(waiting),
  };
}
