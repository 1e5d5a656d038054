import { Problem } from '../../src/domain/problem.ts';
import type { ModelGiven } from '../../src/kit/connector.ts';
import type { ModelLevel, ModelSettings, ModelUsage } from '../../src/ports/language-model.ts';
import type { Talk } from './attempts.ts';
import { createBreaker } from './breaker.ts';
import type { Line } from './conversation.ts';
import { startDeadline } from './deadline.ts';
import { rememberDialect, RICHEST } from './dialect.ts';
import type { Endpoint } from './endpoint.ts';
import type { Form } from './form.ts';
import { hear } from './hear.ts';
import { resting, tooSlow } from './refused.ts';
import { createSend } from './send.ts';

/** What a model was asked, and how. */
interface Asked<Answer> {
  form: Form<Answer>;
  lines: readonly Line[];
  signal: AbortSignal | undefined;
  /** Whether what is known of the endpoint is put aside, as it may have learned since. */
  anew: boolean;
}

/** Asks the model of one endpoint, within the time and with what is known of it. */
export interface Asker {
  /** @throws Problem `model.*`; what the signal says when that comes first */
  ask<Answer>(asked: Asked<Answer>): Promise<{ answer: Answer; usage: ModelUsage; level: ModelLevel }>;
  level(): Promise<ModelLevel | null>;
}

export function createAsker(endpoint: Endpoint, settings: ModelSettings, given: ModelGiven): Asker {
  const { now, schedule, ledger, memory } = given;
  const { complete: send } = createSend(endpoint, given);
  const known = rememberDialect(`model:${endpoint.url} ${settings.name}`, memory);
  const breaker = createBreaker(now);
  const { host } = new URL(endpoint.url);

  async function ask<Answer>({ form, lines, signal, anew }: Asked<Answer>) {
    const rest = breaker.restsFor();
    if (rest !== null && !anew) throw resting(host, rest);
    const began = now();
    const milliseconds = () => Math.round(began.until(now()).total('milliseconds'));
    const deadline = startDeadline(settings.timeoutSeconds * 1000, { now, schedule, signal });
    const dialect = (anew ? null : await known.get()) ?? RICHEST;
    const usage = { requests: 0, inputTokens: 0, outputTokens: 0, cost: settings.prices === null ? null : 0 };
    const talk: Talk<Answer> = { form, settings, host, send, deadline, ledger, dialect, usage };
    try {
      const answer = await hear(talk, lines);
      breaker.succeeded();
      await known.set(talk.dialect);
      if (!anew) await ledger.ended({ problem: null, isKept: false, milliseconds: milliseconds() });
      return { answer, usage: { ...talk.usage, milliseconds: milliseconds() }, level: talk.dialect.level };
    } catch (error) {
      signal?.throwIfAborted();
      const problem = deadline.isOver() ? tooSlow(host, settings.timeoutSeconds) : error;
      if (problem instanceof Problem) {
        breaker.failed(problem);
        if (!anew) await ledger.ended({ problem, isKept: false, milliseconds: milliseconds() });
      }
      throw problem;
    } finally {
      deadline.end();
    }
  }

  return { ask, level: async () => (await known.get())?.level ?? null };
}
