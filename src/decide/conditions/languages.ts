import type { Policy } from '../policy.ts';
import { versionOf } from '../replies.ts';
import { askersOf } from './askers.ts';
import { fieldsRead } from './index.ts';

/** Looked at once for each config in force, as every batch of requests asks. */
const MINDED = new WeakMap<Policy, boolean>();

/** Whether it makes a difference to this desk in which language somebody writes: to a rule, or to what is answered. */
export function mindsLanguages(policy: Policy): boolean {
  const known = MINDED.get(policy);
  if (known !== undefined) return known;
  const isAsked = askersOf(policy).some(({ when }) => fieldsRead(when).includes('language'));
  const minds = isAsked || Object.keys(policy.replies).some((name) => versionOf(name).language !== null);
  MINDED.set(policy, minds);
  return minds;
}
