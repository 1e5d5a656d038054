import { isGratitude } from './gratitude.ts';
import type { Policy } from './policy.ts';

/** Whether words only thank, in the desk's own ways, too, and ask for nothing. `from` is the name of whoever wrote them. */
export function isOnlyThanks(
  text: string,
  { from, policy }: { from: string; policy: Pick<Policy, 'agents' | 'followUp'> },
): boolean {
  return isGratitude(text, policy.followUp.gratitude, [from, ...policy.agents.map(({ name }) => name)]);
}
