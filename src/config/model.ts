import type { Environment } from '../kit/connector.ts';
import type { ModelSettings } from '../ports/language-model.ts';
import type { Finding } from './live.ts';
import { compilePattern } from './policy/pattern.ts';
import type { Source } from './source.ts';
import type { Triage } from './written/triage.ts';
import { secondsOf } from './written/words.ts';

/** How the language model is asked; null where there is none. */
export function modelSettingsOf({ model }: Pick<Triage, 'model'>): ModelSettings | null {
  if (model === undefined) return null;
  const { name, timeout, effort = null, caps, prices, mask = null, maskAlso } = model;
  const { callsPerDay, callsPerMonth, costPerDay = null, costPerMonth = null } = caps;
  return {
    name,
    timeoutSeconds: secondsOf(timeout),
    effort,
    caps: { callsPerDay, callsPerMonth, costPerDay, costPerMonth },
    prices: prices === undefined ? null : { ...prices, cachedInput: prices.cachedInput ?? prices.input },
    mask,
    maskAlso: Object.entries(maskAlso).flatMap(([called, pattern]) => {
      const compiled = compilePattern(pattern);
      return 'fault' in compiled ? [] : [{ name: called, find: compiled.find }];
    }),
  };
}

/** The public endpoint knows whom to charge by the key; an endpoint of one's own may want none. */
export function missingInModel(
  { model, learning }: Pick<Triage, 'model' | 'learning'>,
  source: Source,
  { OPENAI_API_KEY: key = '', OPENAI_BASE_URL: address = '' }: Environment,
): readonly Finding[] {
  if (key !== '' || address !== '') return [];
  const named = [
    ...(model === undefined ? [] : [['model']]),
    ...(learning.embeddings === undefined ? [] : [['learning', 'embeddings']]),
  ];
  return named.map((path) => ({
    severity: 'warning' as const,
    file: source.file,
    ...source.placeOf(path),
    path: path.join('.'),
    message: 'OPENAI_API_KEY is not set, so that the model is asked nothing',
    fix: 'Set it in the environment or in .env, and start again; or set OPENAI_BASE_URL to an endpoint that wants no key.',
  }));
}
