import type { ModelPolicy } from '../../decide/policy.ts';
import type { Triage } from '../written/triage.ts';
import { shareOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

const ASKS = { whenUnsure: 'when_unsure', always: 'always' } as const;

/** What the language model is asked, and of which tickets; null where there is none. */
export function modelPolicyOf({ model }: Pick<Triage, 'model'>, names: Names): ModelPolicy | null {
  if (model === undefined) return null;
  const { name, when, asks, trust, threshold, takes, categories, products, intents, noSummary, drafts } = model;
  return {
    name,
    when: compileCondition(when, names),
    asks: ASKS[asks],
    trust: shareOf(trust),
    threshold: shareOf(threshold),
    takes,
    categories,
    products,
    intents,
    noSummaryOf: noSummary,
    draftsFor: drafts,
  };
}
