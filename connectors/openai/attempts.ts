import type { Problem } from '../../src/domain/problem.ts';
import type { ModelGiven } from '../../src/kit/connector.ts';
import type { ModelSettings, ModelUsage } from '../../src/ports/language-model.ts';
import { type Line, requestFor } from './conversation.ts';
import type { Deadline } from './deadline.ts';
import { poorerDialect } from './dialect.ts';
import type { Form } from './form.ts';
import { pauseBefore, problemOf, type Refused } from './refused.ts';
import type { Sending } from './send.ts';
import { spendingOf } from './spending.ts';
import type { Completion, Dialect } from './wire.ts';

/** An endpoint that takes away one word after the other is met once; more than these are somebody's mischief. */
const MOST_REQUESTS = 8;

/** One question while it goes on. */
export interface Talk<Answer = unknown> {
  form: Form<Answer>;
  settings: ModelSettings;
  host: string;
  send: Sending['complete'];
  deadline: Deadline;
  ledger: ModelGiven['ledger'];
  /** In which words the endpoint is asked; grows poorer with what it refuses. */
  dialect: Dialect;
  usage: Omit<ModelUsage, 'milliseconds'>;
}

/**
 * The next line of the model, however many attempts it takes within the deadline.
 *
 * @throws Problem `model.*`; what the deadline's signal says when that comes first
 */
export async function nextLine(talk: Talk, lines: readonly Line[]): Promise<Completion> {
  for (let failures = 0; ;) {
    const answered = await ask(talk, lines);
    if ('choices' in answered) return answered;
    const poorer = poorerDialect(talk.dialect, answered);
    if (talk.usage.requests >= MOST_REQUESTS) throw endOf(talk, answered);
    if (poorer !== null) {
      talk.dialect = poorer;
      continue;
    }
    failures += 1;
    const pause = pauseBefore(answered, failures);
    if (pause === null || pause >= talk.deadline.left()) throw endOf(talk, answered);
    await talk.deadline.pause(pause);
  }
}

/** One request, taken out of the budget before it goes. */
async function ask(talk: Talk, lines: readonly Line[]): Promise<Completion | Refused> {
  const { send, ledger, deadline, settings, usage } = talk;
  const body = requestFor(lines, talk);
  await ledger.claim();
  usage.requests += 1;
  const answered = await send(body, deadline.signal);
  if (!('choices' in answered)) return answered;
  const sent = lines.map(({ content }) => content).join('\n');
  const spending = spendingOf(answered, { sent, prices: settings.prices });
  await ledger.spend(spending);
  usage.inputTokens += spending.inputTokens;
  usage.outputTokens += spending.outputTokens;
  usage.cost = spending.cost === null ? null : (usage.cost ?? 0) + spending.cost;
  return answered;
}

function endOf({ host, settings }: Talk, refused: Refused): Problem {
  return problemOf(refused, { host, model: settings.name, use: 'completions' });
}
