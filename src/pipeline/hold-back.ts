import { isInShadow, LEFT_OUT_IN_SHADOW } from '../config/shadow.ts';
import { Problem } from '../domain/problem.ts';
import type { Desk } from './desk.ts';

/** While the desk only looks on, what it would send is written down as left out, and other systems are told nothing. */
export function holdBack({ config, now, records }: Pick<Desk, 'config' | 'now' | 'records'>): void {
  if (!isInShadow(config, now)) return;
  for (const row of records.outbox)
    Object.assign(row, { state: 'left_out', finishedAt: now, problem: LEFT_OUT_IN_SHADOW });
  records.events = [];
}

/** A person who believes to have answered would have the requester wait in vain. Throws `shadow.nothing-sent`. */
export function refuseInShadow({ config, now }: Pick<Desk, 'config' | 'now'>): void {
  if (!isInShadow(config, now)) return;
  throw new Problem({
    code: 'shadow.nothing-sent',
    message: 'The desk is in shadow: it looks on, and sends nothing.',
    fix: 'Answer as your team did before. To have the desk act, take "shadow" out of desk.yaml.',
  });
}
