import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import type { ModelSettings } from '../../src/ports/language-model.ts';
import { answerSchema, type Dialect } from './wire.ts';

/** What an answer takes at most, in tokens; and where thoughts are counted with it. */
const USUAL_ROOM = 600;
const MUCH_ROOM = 4000;

/** As much of an answer that cannot be used is shown to the model once more. */
const MOST_OF_FAULTY = 2000;

/** What was said to the model, and by it. */
export type Line = { role: 'system' | 'user' | 'assistant'; content: string };

/** A request for the next line, in the words that the endpoint takes. */
export function requestFor(
  lines: readonly Line[],
  { question, settings, dialect }: { question: TriageQuestion; settings: ModelSettings; dialect: Dialect },
): ChatCompletionCreateParamsNonStreaming {
  const room = dialect.roomy ? MUCH_ROOM : USUAL_ROOM;
  return {
    model: settings.name,
    messages: [...lines],
    ...(dialect.temperature && { temperature: 0 }),
    ...(dialect.effort && settings.effort !== null && { reasoning_effort: settings.effort }),
    ...(dialect.limit !== 'none' && { [dialect.limit]: room }),
    ...formatOf(dialect, question),
  };
}

function formatOf(
  { level }: Dialect,
  question: TriageQuestion,
): Pick<ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  if (level === 'text') return {};
  if (level === 'json_object') return { response_format: { type: 'json_object' } };
  const schema = { name: 'triage', strict: true, schema: answerSchema(question) };
  return { response_format: { type: 'json_schema', json_schema: schema } };
}

/** The lines that ask for a better answer. The ticket is not repeated: it stands above. */
export function repairLines(content: string, fault: string): readonly Line[] {
  return [
    { role: 'assistant', content: content.slice(0, MOST_OF_FAULTY) || '(nothing)' },
    { role: 'user', content: `This answer cannot be used. ${fault} Answer once more, with the JSON object alone.` },
  ];
}
