import { createHash, randomBytes } from 'node:crypto';
import { Problem } from '../../src/domain/problem.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import type { ModelGiven } from '../../src/kit/connector.ts';
import { createMask } from '../../src/kit/masking/index.ts';
import type { LanguageModel, ModelReading, ModelSettings } from '../../src/ports/language-model.ts';
import { type Asker, createAsker } from './asker.ts';
import type { Line } from './conversation.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { type Prompt, PROMPT_VERSION, promptOf } from './prompt.ts';
import { readingOf } from './reading.ts';
import { ModelAnswer } from './wire.ts';

/** Bytes of a marker: nobody guesses it, and so nobody ends the ticket before its end. */
const MARKER_BYTES = 12;

/** What `check` asks: nobody's ticket. */
const HARMLESS: TriageQuestion = {
  subject: 'Opening hours',
  text: 'Hello, when are you open on Saturdays?',
  requester: { name: '', email: null },
  categories: [
    { name: 'question', about: 'Somebody wants to know something.' },
    { name: 'fault', about: 'Something does not work.' },
  ],
  products: [],
  intents: [],
  missing: [],
  summaryFor: [],
};

const NOTHING_HIDDEN = { hide: (text: string) => text, show: (text: string) => text };

/** Nothing was asked, as the answer was there. */
const NOTHING_SPENT = { requests: 0, inputTokens: 0, outputTokens: 0, milliseconds: 0 };

/** Opens a model. What is wrong with its endpoint is said when it is asked. */
export async function createOpenaiModel(settings: ModelSettings, given: ModelGiven): Promise<LanguageModel> {
  const { answers, ledger } = given;
  const open = opening(settings, given);

  async function read(question: TriageQuestion, signal: AbortSignal | undefined): Promise<ModelReading> {
    const { endpoint, asker } = open();
    const isHidden = settings.mask ?? !endpoint.isLocal;
    const mask = isHidden ? createMask(question.requester, settings.maskAlso) : NOTHING_HIDDEN;
    const prompt = promptOf(question, mask.hide);
    const key = keyOf([
      PROMPT_VERSION,
      endpoint.url,
      settings.name,
      settings.effort,
      prompt.instructions,
      prompt.ticket(''),
    ]);
    const kept = ModelAnswer.safeParse(await answers.get(key)).data;
    if (kept !== undefined) await ledger.ended({ problem: null, isKept: true, milliseconds: 0 });
    const { answer, usage } =
      kept === undefined
        ? await asker.ask({ question, lines: linesOf(prompt), signal, anew: false })
        : { answer: kept, usage: { ...NOTHING_SPENT, cost: settings.prices === null ? null : 0 } };
    if (kept === undefined) await answers.set(key, answer);
    return { ...readingOf(question, { answer, told: prompt.told, show: mask.show }), usage };
  }

  return {
    name: settings.name,
    read: (question, { signal }) => read(question, signal),
    async check({ signal }) {
      const lines = linesOf(promptOf(HARMLESS, NOTHING_HIDDEN.hide));
      const { usage, level } = await open().asker.ask({ question: HARMLESS, lines, signal, anew: true });
      return { level, milliseconds: usage.milliseconds };
    },
    async level() {
      try {
        return await open().asker.level();
      } catch (error) {
        // Without an endpoint there is nothing to know; whoever asks it something hears why.
        if (error instanceof Problem) return null;
        throw error;
      }
    },
  };
}

/** The endpoint of the environment, looked at when the first question comes. */
function opening(settings: ModelSettings, given: ModelGiven): () => { endpoint: Endpoint; asker: Asker } {
  let opened: { endpoint: Endpoint; asker: Asker } | null = null;
  return () => {
    if (opened !== null) return opened;
    const endpoint = endpointOf(given.environment);
    opened = { endpoint, asker: createAsker(endpoint, settings, given) };
    return opened;
  };
}

function linesOf({ instructions, ticket }: Prompt): readonly Line[] {
  const marker = randomBytes(MARKER_BYTES).toString('hex');
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: ticket(marker) },
  ];
}

/** The same words to the same model have the same answer; the marker is another each time, and counts for nothing. */
function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
