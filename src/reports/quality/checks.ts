import { ESCALATIONS } from './escalations.ts';
import type { Check, CheckId } from './check.ts';
import { HANDOFFS } from './handoffs.ts';
import { ROUTING } from './routing.ts';
import { TEMPLATES } from './templates.ts';
import { TRIAGE } from './triage.ts';

/** What is looked at case by case, in the order in which a ticket meets it. */
export const CHECKS: Readonly<Record<CheckId, Check>> = {
  triage: TRIAGE,
  routing: ROUTING,
  escalations: ESCALATIONS,
  handoffs: HANDOFFS,
  templates: TEMPLATES,
};

/** The check of a name that somebody gives; null where there is none. */
export function checkNamed(id: string): Check | null {
  return Object.hasOwn(CHECKS, id) ? CHECKS[id as CheckId] : null;
}
