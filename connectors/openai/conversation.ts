import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ModelSettings } from '../../src/ports/language-model.ts';
import type { Form } from './form.ts';
import type { Dialect } from './wire.ts';

/** What an answer takes at most, in tokens, where thoughts are counted with it. */
const MUCH_ROOM = 4000;

/** As much of an answer that cannot be used is shown to the model once more. */
const MOST_OF_FAULTY = 2000;

/** What was said to the model, and by it. */
export type Line = { role: 'system' | 'user' | 'assistant'; content: string };

type RequestForm = Pick<Form<unknown>, 'name' | 'schema' | 'room'>;

/** A request for the next line, in the words that the endpoint takes. */
export function requestFor(
  lines: readonly Line[],
  { form, settings, dialect }: { form: RequestForm; settings: ModelSettings; dialect: Dialect },
): ChatCompletionCreateParamsNonStreaming {
  const room = dialect.roomy ? MUCH_ROOM : form.room;
  return {
    model: settings.name,
    messages: [...lines],
    ...(dialect.temperature && { temperature: 0 }),
    ...(dialect.effort && settings.effort !== null && { reasoning_effort: settings.effort }),
    ...(dialect.limit !== 'none' && { [dialect.limit]: room }),
    ...formatOf(dialect, form),
  };
}

function formatOf(
  { level }: Dialect,
  { name, schema }: RequestForm,
): Pick<ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  if (level === 'text') return {};
  if (level === 'json_object') return { response_format: { type: 'json_object' } };
  return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } } };
}

/** The lines that ask for a better answer. The ticket is not repeated: it stands above. */
export function repairLines(content: string, fault: string): readonly Line[] {
  return [
    { role: 'assistant', content: content.slice(0, MOST_OF_FAULTY) || '(nothing)' },
    { role: 'user', content: `This answer cannot be used. ${fault} Answer once more, with the JSON object alone.` },
  ];
}
