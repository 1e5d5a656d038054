/**
 * A language model behind OpenAI's chat completions, or behind any endpoint that speaks as they do.
 * https://platform.openai.com/docs/api-reference/chat
 */
import type { Connector } from '../../src/kit/connector.ts';

export const connector: Connector = {
  id: 'openai',
  title: 'OpenAI and compatible',
  summary: 'A language model reads what no rule could place, and answers from your own lists alone.',
  docs: 'https://platform.openai.com/docs/api-reference/chat',
  model: async (settings, given) => (await import('./model.ts')).createOpenaiModel(settings, given),
  embedder: async (settings, given) => (await import('./embedder.ts')).createOpenaiEmbedder(settings, given),
};
