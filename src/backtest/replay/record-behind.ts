import type { ModelRecord } from '../../decide/facts.ts';
import type { ModelPolicy } from '../../decide/policy.ts';
import type { Known } from './past.ts';

/** Enough that the record counts and not the trust; the share that it stands for is the same with any number. */
const KNOWN = 100;

/** As `decide/opinions/measure.ts` counts them before anybody knows of one. */
const ANSWERS_BEFORE = 4;

/**
 * The record by which an answer of a language model was as sure as it was then: what came to be known since, of the
 * same model, nobody knew.
 */
export function recordBehind({ model, learned }: Known, policy: ModelPolicy | null): ModelRecord | null {
  const [said] = model?.categories ?? [];
  if (said === undefined) return null;
  const others = learned?.categories ?? [];
  const doubtOfLearned = 1 - (others.find(({ value }) => value === said.value)?.confidence ?? 0);
  const times = others.length === 0 ? 1 : 2 * doubtOfLearned;
  const doubt = times === 0 ? 0 : (1 - said.confidence) / times;
  const right = (1 - doubt) * (KNOWN + ANSWERS_BEFORE) - ANSWERS_BEFORE * (policy?.trust ?? 0);
  return { right, known: KNOWN };
}
