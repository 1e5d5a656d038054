import { setImmediate as nextTurn } from 'node:timers/promises';
import { createOpenaiModel } from '../../connectors/openai/model.ts';
import { createOpenaiEmbedder } from '../../connectors/openai/embedder.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import { ask } from '../../src/kit/ask.ts';
import type { Ask, ModelGiven } from '../../src/kit/connector.ts';
import type { ModelSpending } from '../../src/kit/model-ledger.ts';
import type { EmbedderSettings } from '../../src/ports/embedder.ts';
import type { LanguageModel, ModelSettings } from '../../src/ports/language-model.ts';
import type { Schedule } from '../../src/ports/schedule.ts';
import { MORNING } from './builders.ts';
import type { ModelEndpoint } from './model-endpoint.ts';

/** Turns of the event loop after which whoever could go on has gone on. */
const QUIET_TURNS = 5;

export function aQuestion(wishes: Partial<TriageQuestion> = {}): TriageQuestion {
  return {
    subject: 'Charged twice',
    text: 'Hello, the same amount left my account twice. Please send one back.',
    requester: { name: 'Greta Olsen', email: 'greta.olsen@example.com' },
    categories: [
      { name: 'billing', about: 'Invoices, payments that failed, refunds.' },
      { name: 'bug', about: '' },
      { name: 'question', about: '' },
    ],
    products: ['Web shop', 'Mobile app'],
    intents: [
      { name: 'wants money back', about: 'A refund.' },
      { name: 'wants to know', about: '' },
    ],
    missing: [],
    summaryFor: [],
    ...wishes,
  };
}

export function modelSettings(wishes: Partial<ModelSettings> = {}): ModelSettings {
  return {
    name: 'm',
    timeoutSeconds: 20,
    effort: null,
    caps: { callsPerDay: 500, callsPerMonth: 10_000, costPerDay: null, costPerMonth: null },
    prices: null,
    mask: null,
    maskAlso: [],
    ...wishes,
  };
}

export function embedderSettings(wishes: Partial<EmbedderSettings> = {}): EmbedderSettings {
  const { name, caps, prices, mask, maskAlso } = modelSettings();
  return { name, caps, prices, mask, maskAlso, dimensions: null, ...wishes };
}

/** An endpoint of the tests as a model is opened with it, with a clock that jumps while nothing goes on. */
export interface TestEndpoint {
  given: ModelGiven;
  /** Milliseconds that passed on the clock. */
  passed(): number;
  spendings: ModelSpending[];
  ended: { code: string | null; isKept: boolean }[];
  /** Lets the clock run until it is settled. */
  played<Value>(work: Promise<Value>): Promise<Value>;
  /** Lets so much time pass. */
  wait(milliseconds: number): void;
}

/** A model behind it. */
export interface TestModel extends TestEndpoint {
  model: LanguageModel;
  /** The same endpoint after a restart. */
  again(): Promise<LanguageModel>;
}

interface EndpointWishes {
  environment?: ModelGiven['environment'];
  claim?: () => Promise<void>;
}

export async function aTestModel(
  endpoint: ModelEndpoint,
  wishes: EndpointWishes & { settings?: Partial<ModelSettings> } = {},
): Promise<TestModel> {
  const test = aTestEndpoint(endpoint, wishes);
  const open = () => createOpenaiModel(modelSettings(wishes.settings), test.given);
  return { ...test, model: await open(), again: open };
}

/** A model of vectors behind an endpoint. */
export async function aTestEmbedder(
  endpoint: ModelEndpoint,
  wishes: EndpointWishes & { settings?: Partial<EmbedderSettings> } = {},
) {
  const test = aTestEndpoint(endpoint, wishes);
  const open = (settings = wishes.settings) => createOpenaiEmbedder(embedderSettings(settings), test.given);
  return { ...test, embedder: await open(), again: open };
}

function aTestEndpoint(endpoint: ModelEndpoint, wishes: EndpointWishes): TestEndpoint {
  const clock = aTimedClock();
  let under = 0;
  const counted: Ask = async (url, asked) => {
    under += 1;
    return ask(url, asked).finally(() => void (under -= 1));
  };
  const memory = new Map<string, unknown>();
  const answers = new Map<string, unknown>();
  const spendings: ModelSpending[] = [];
  const ended: TestEndpoint['ended'] = [];
  const given: ModelGiven = {
    environment: wishes.environment ?? { OPENAI_BASE_URL: endpoint.address, OPENAI_API_KEY: 'sk-test' },
    now: clock.now,
    schedule: clock.schedule,
    ask: counted,
    ledger: {
      claim: wishes.claim ?? (() => Promise.resolve()),
      spend: async (spending) => void spendings.push(spending),
      ended: async ({ problem, isKept }) => void ended.push({ code: problem?.code ?? null, isKept }),
    },
    memory: keptIn(memory),
    answers: keptIn(answers),
  };
  return {
    given,
    passed: clock.passed,
    spendings,
    ended,
    wait: clock.wait,
    async played(work) {
      const settled = { is: false };
      const over = work.finally(() => void (settled.is = true));
      over.catch(() => undefined);
      for (let quiet = 0; !settled.is;) {
        await nextTurn();
        quiet = under === 0 || endpoint.isSilent() ? quiet + 1 : 0;
        if (quiet < QUIET_TURNS) continue;
        quiet = 0;
        clock.jump();
      }
      return over;
    },
  };
}

/** As our own database keeps them: as JSON. */
function keptIn(map: Map<string, unknown>) {
  return {
    get: async (name: string) => JSON.parse(JSON.stringify(map.get(name) ?? null)) as unknown,
    set: async (name: string, value: unknown) => void map.set(name, value),
  };
}

/** A clock whose alarms ring when the test says so. */
function aTimedClock() {
  let passed = 0;
  const alarms = new Map<number, { at: number; work: () => void }>();
  let named = 0;
  const schedule: Schedule = (work, milliseconds) => {
    const name = (named += 1);
    alarms.set(name, { at: passed + milliseconds, work });
    return { cancel: () => void alarms.delete(name) };
  };
  function jump(): void {
    const [next] = [...alarms].toSorted(([, one], [, other]) => one.at - other.at);
    if (next === undefined) return;
    alarms.delete(next[0]);
    passed = Math.max(passed, next[1].at);
    next[1].work();
  }
  return {
    now: () => MORNING.add({ milliseconds: passed }),
    schedule,
    jump,
    passed: () => passed,
    wait: (milliseconds: number) => void (passed += milliseconds),
  };
}
