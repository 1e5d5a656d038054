import type { ModelSpending } from '../../src/kit/model-ledger.ts';
import type { ModelPrices } from '../../src/ports/language-model.ts';
import type { Completion, Embeddings } from './wire.ts';

/** A token is about so many characters, where the endpoint does not count them. */
const CHARACTERS_PER_TOKEN = 3;

/** What one completion took: as its endpoint counted, or as we guess. */
export function spendingOf(
  { usage, choices }: Completion,
  { sent, prices }: { sent: string; prices: ModelPrices | null },
): ModelSpending {
  const written = choices[0]?.message.content ?? '';
  const inputTokens = usage?.prompt_tokens ?? guess(sent);
  const outputTokens = usage?.completion_tokens ?? guess(written);
  const cachedTokens = Math.min(usage?.prompt_tokens_details?.cached_tokens ?? 0, inputTokens);
  return { inputTokens, cachedTokens, outputTokens, cost: costOf({ inputTokens, cachedTokens, outputTokens }, prices) };
}

/** What some texts took that were turned into vectors. */
export function spendingOnTexts(
  { usage }: Embeddings,
  { input, prices }: { input: readonly string[]; prices: ModelPrices | null },
): ModelSpending {
  const inputTokens = usage?.prompt_tokens ?? input.reduce((sum, text) => sum + guess(text), 0);
  const tokens = { inputTokens, cachedTokens: 0, outputTokens: 0 };
  return { ...tokens, cost: costOf(tokens, prices) };
}

function guess(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** Prices are for a million tokens. */
function costOf(
  { inputTokens, cachedTokens, outputTokens }: Omit<ModelSpending, 'cost'>,
  prices: ModelPrices | null,
): number | null {
  if (prices === null) return null;
  const fresh = inputTokens - cachedTokens;
  return (fresh * prices.input + cachedTokens * prices.cachedInput + outputTokens * prices.output) / 1_000_000;
}
