import type { Opinion } from '../../domain/opinion.ts';
import type { ModelRecord } from '../facts.ts';

/** So many answers count as given before anybody knows of one: as right as the config trusts the model to be. */
const ANSWERS_BEFORE = 4;

/** Nobody is surer than this of what is only an opinion. */
const SUREST = 0.99;

/**
 * How sure a language model's category is, 0..1, by what is known of it rather than by its own word: the share of its
 * answers with this category that were right here, with four more that were right as often as the config trusts it;
 * its doubt is then multiplied by twice the doubt of what was learned, where anything was.
 */
export function measuredConfidence(
  category: string,
  known: { record: ModelRecord | null; trust: number; learned: Opinion | null },
): number {
  const { record, trust, learned } = known;
  const right = (record?.right ?? 0) + ANSWERS_BEFORE * trust;
  const doubt = 1 - right / ((record?.known ?? 0) + ANSWERS_BEFORE);
  return Math.min(SUREST, Math.max(0, 1 - doubt * twiceTheDoubt(category, learned)));
}

/** 1 where nothing was learned: then it neither raises nor lowers. */
function twiceTheDoubt(category: string, learned: Opinion | null): number {
  if (learned === null || learned.categories.length === 0) return 1;
  return 2 * (1 - (learned.categories.find(({ value }) => value === category)?.confidence ?? 0));
}
