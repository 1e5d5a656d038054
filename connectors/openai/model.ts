import { createHash, randomBytes } from 'node:crypto';
import type { DraftQuestion } from '../../src/domain/draft-question.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import type { ModelGiven } from '../../src/kit/connector.ts';
import { loadLanguageDetector } from '../../src/kit/language.ts';
import { createMask, type KnownPerson, type Mask } from '../../src/kit/masking/index.ts';
import type {
  LanguageModel,
  ModelReading,
  ModelSettings,
  ModelUsage,
  ModelWriting,
} from '../../src/ports/language-model.ts';
import { triageForm } from './answer.ts';
import { type Asker, createAsker } from './asker.ts';
import type { Line } from './conversation.ts';
import { DRAFT_FORM, draftOf } from './draft-answer.ts';
import { DRAFT_PROMPT_VERSION, draftPromptOf } from './draft-prompt.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { Form } from './form.ts';
import { type Prompt, PROMPT_VERSION, promptOf } from './prompt.ts';
import { readingOf } from './reading.ts';

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

const NOTHING_HIDDEN: Mask = { hide: (text) => text, hideKnown: (text) => text, show: (text) => text };

/** Nothing was asked, as the answer was there. */
const NOTHING_SPENT = { requests: 0, inputTokens: 0, outputTokens: 0, milliseconds: 0 };

/** One question, in words. */
interface Consultation<Answer> {
  form: Form<Answer>;
  prompt: Prompt;
  version: string | number;
  signal: AbortSignal | undefined;
}

/** Opens a model. What is wrong with its endpoint is said when it is asked. */
export async function createOpenaiModel(settings: ModelSettings, given: ModelGiven): Promise<LanguageModel> {
  const open = opening(settings, given);
  const consult = consulting(settings, { ...given, open });

  function maskFor(requester: KnownPerson): Mask {
    const isHidden = settings.mask ?? !open().endpoint.isLocal;
    return isHidden ? createMask(requester, settings.maskAlso) : NOTHING_HIDDEN;
  }

  async function read(question: TriageQuestion, signal: AbortSignal | undefined): Promise<ModelReading> {
    const mask = maskFor(question.requester);
    const prompt = promptOf(question, mask.hide);
    const { answer, usage } = await consult({ form: triageForm(question), prompt, version: PROMPT_VERSION, signal });
    return { ...readingOf(question, { answer, told: prompt.told, show: mask.show }), usage };
  }

  async function write(question: DraftQuestion, signal: AbortSignal | undefined): Promise<ModelWriting> {
    const mask = maskFor(question.requester);
    const prompt = draftPromptOf(question, mask);
    const version = `draft ${DRAFT_PROMPT_VERSION}`;
    const { answer, usage } = await consult({ form: DRAFT_FORM, prompt, version, signal });
    const detect = await loadLanguageDetector();
    return { written: draftOf(question, answer, { told: prompt.told, show: mask.show, detect }), usage };
  }

  return {
    name: settings.name,
    read: (question, { signal }) => read(question, signal),
    write: (question, { signal }) => write(question, signal),
    async check({ signal }) {
      const lines = linesOf(promptOf(HARMLESS, NOTHING_HIDDEN.hide));
      const { usage, level } = await open().asker.ask({ form: triageForm(HARMLESS), lines, signal, anew: true });
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

/** What the model answers: as it did before to the same words, or when it is asked. */
function consulting(
  settings: ModelSettings,
  { answers, ledger, open }: Pick<ModelGiven, 'answers' | 'ledger'> & { open: () => Opened },
) {
  return async <Answer>(asked: Consultation<Answer>): Promise<{ answer: Answer; usage: ModelUsage }> => {
    const { form, prompt, version, signal } = asked;
    const { endpoint, asker } = open();
    const { name, effort } = settings;
    const key = keyOf([version, endpoint.url, name, effort, prompt.instructions, prompt.ticket('')]);
    const kept = form.kept(await answers.get(key));
    if (kept !== null) {
      await ledger.ended({ problem: null, isKept: true, milliseconds: 0 });
      return { answer: kept, usage: { ...NOTHING_SPENT, cost: settings.prices === null ? null : 0 } };
    }
    const { answer, usage } = await asker.ask({ form, lines: linesOf(prompt), signal, anew: false });
    await answers.set(key, answer);
    return { answer, usage };
  };
}

interface Opened {
  endpoint: Endpoint;
  asker: Asker;
}

/** The endpoint of the environment, looked at when the first question comes. */
function opening(settings: ModelSettings, given: ModelGiven): () => Opened {
  let opened: Opened | null = null;
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
