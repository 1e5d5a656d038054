import type { Evidence, ReasonParams, Source } from '../domain/decision.ts';
import { ERASED } from '../domain/erasure.ts';
import type { FieldValue } from '../domain/ticket.ts';
import { isWorded } from './redact-ticket.ts';

/** Of a decision what may hold words of people. */
export interface Worded {
  id: string;
  field: string | null;
  params: ReasonParams;
  fromValue: unknown;
  toValue: unknown;
  evidence: readonly Evidence[];
  sentence: string;
  source: Source;
}

/** Parameters that are said in codes of ours: `why` is `no_address`, never a person's word. */
const CODED = new Set(['why', 'what', 'kind', 'code', 'how', 'metric', 'state', 'again', 'stage', 'until', 'in', 'of']);
const CODE = /^[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*$/;

/** Evidence that is no word of a person, where the config has the value. */
const TOLD_BY_US = new Set(['channel', 'language', 'status', 'category', 'severity', 'priority', 'queue', 'weekday']);

/** Keys and moments of our own. */
const KEY_OR_MOMENT = /^(?:[0-9A-HJKMNP-TV-Z]{26}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

/** Says it as plainly where the words of a sentence are gone. */
const SENTENCE_ERASED = 'What this said was erased with the personal data of the ticket.';

/**
 * A decision without words of people: what was decided by what stays, as far as it says so in names that the config
 * has, in codes of ours, numbers and moments.
 *
 * @param isOurs whether a word is of the config
 * @param isTheirs whether a name is of who asked
 */
export function redactedDecision(
  decision: Worded,
  { isOurs, isTheirs }: { isOurs: (word: string) => boolean; isTheirs: (name: string) => boolean },
): Worded {
  const { field, params, fromValue, toValue, evidence, sentence, source } = decision;
  const kept = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, redactedParam(name, value, isOurs)]),
  );
  const proof = evidence.filter((each) => isOfConfig(each, isOurs));
  const isSame =
    JSON.stringify(kept) === JSON.stringify(params) && proof.length === evidence.length && !isWorded(field);
  return {
    ...decision,
    params: kept,
    fromValue: isWorded(field) && fromValue !== null ? ERASED : fromValue,
    toValue: isWorded(field) && toValue !== null ? ERASED : toValue,
    evidence: proof,
    source: source.kind === 'person' && isTheirs(source.name) ? { kind: 'person', name: ERASED } : source,
    sentence: isSame ? sentence : SENTENCE_ERASED,
  };
}

/** `priority is high` and the like: nothing that somebody wrote, and nothing of who asked. */
function isOfConfig(evidence: Evidence, isOurs: (word: string) => boolean): boolean {
  return evidence.kind === 'field' && TOLD_BY_US.has(evidence.name) && isOurs(evidence.value);
}

function redactedParam(name: string, value: FieldValue, isOurs: (word: string) => boolean): ReasonParams[string] {
  const keptOr = (word: string) => {
    const isCode = CODED.has(name) && CODE.test(word);
    return word === '' || isCode || isOurs(word) || KEY_OR_MOMENT.test(word) ? word : ERASED;
  };
  if (typeof value === 'string') return keptOr(value);
  if (Array.isArray(value)) return value.map(keptOr);
  return value as ReasonParams[string];
}
