import { askersOf } from '../conditions/askers.ts';
import { fieldsRead } from '../conditions/index.ts';
import type { Policy } from '../policy.ts';

/** The name by which rules ask for it. */
export const FRUSTRATION_FIELD = 'frustration';

/** Looked at once for each config in force, as every message asks. */
const MINDED = new WeakMap<Policy, boolean>();

/** Whether it makes a difference to this desk how patient somebody is: to a rule, or to the priority. */
export function mindsFrustration(policy: Policy): boolean {
  const known = MINDED.get(policy);
  if (known !== undefined) return known;
  const isAsked = () => askersOf(policy).some(({ when }) => fieldsRead(when).includes(FRUSTRATION_FIELD));
  const minds = policy.triage.frustration !== null || isAsked();
  MINDED.set(policy, minds);
  return minds;
}
