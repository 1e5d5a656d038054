import type { EmbedderSettings } from '../ports/embedder.ts';
import { modelSettingsOf } from './model.ts';
import { Model } from './written/model.ts';
import type { Triage } from './written/triage.ts';

/** What a language model has that nobody wrote of: the caps and the masking that vectors share with it. */
const USUAL = Model.parse({ name: 'none' });

/** How vectors of texts are asked for; null where they are not. */
export function embedderSettingsOf({
  model = USUAL,
  learning,
}: Pick<Triage, 'model' | 'learning'>): EmbedderSettings | null {
  const { embeddings, enabled } = learning;
  const shared = modelSettingsOf({ model });
  if (embeddings === undefined || shared === null || !enabled) return null;
  const { name, dimensions = null, price } = embeddings;
  const { caps, prices, mask, maskAlso } = shared;
  const currency = prices?.currency ?? 'USD';
  return {
    name,
    dimensions,
    caps,
    prices: price === undefined ? null : { input: price, cachedInput: price, output: 0, currency },
    mask,
    maskAlso,
  };
}
