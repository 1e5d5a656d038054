import { createHash } from 'node:crypto';
import { Problem } from '../../src/domain/problem.ts';
import type { EmbedderGiven } from '../../src/kit/connector.ts';
import { createMask } from '../../src/kit/masking/index.ts';
import type { Embeddable, Embedder, EmbedderSettings, Vector } from '../../src/ports/embedder.ts';
import { askVectors, type VectorCall } from './ask-vectors.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { startDeadline } from './deadline.ts';
import { type Known, remember } from './dialect.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { visibleText } from '../../src/kit/visible-text.ts';
import { resting, tooSlow } from './refused.ts';
import { createSend, type Sending } from './send.ts';
import { VectorDialect } from './wire.ts';

/** Counts up with each change of what is done to a text before it leaves: vectors of before say nothing then. */
const VERSION = 1;

/** Texts to a call: an answer is a megabyte or two. */
const MOST_TEXTS = 64;

/** What an endpoint is taken for before anybody knows it. */
const WIDEST: VectorDialect = { dimensions: true, batch: MOST_TEXTS, longest: 2000, length: null };

/** What `check` asks about: nobody's ticket. */
const HARMLESS: Embeddable = {
  text: 'Hello, when are you open on Saturdays?',
  requester: { name: '', email: null },
};
const CHECK_SECONDS = 20;

/** An endpoint once it is known where it is. */
interface Opened {
  endpoint: Endpoint;
  host: string;
  send: Sending['embed'];
  known: Known<VectorDialect>;
}

/** Opens a model of vectors. What is wrong with its endpoint is said when it is asked. */
export async function createOpenaiEmbedder(settings: EmbedderSettings, given: EmbedderGiven): Promise<Embedder> {
  const open = opening(settings, given);
  const breaker = createBreaker(given.now);
  return {
    name: settings.name,
    most: MOST_TEXTS,
    space: async () => spaceOf(settings, open().endpoint),
    async embed(texts, { seconds, signal }) {
      const opened = open();
      const rest = breaker.restsFor();
      if (rest !== null) throw resting(opened.host, rest);
      const prepared = texts.map((each) => preparedText(each, settings, opened.endpoint));
      // A text of nothing is taken by nobody.
      const asked = prepared.filter((text) => text !== '');
      if (asked.length === 0) return texts.map(() => null);
      const made = (await embed(asked, { opened, settings, given, breaker, seconds, signal })).values();
      return prepared.map((text) => (text === '' ? null : (made.next().value ?? null)));
    },
    async check() {
      const began = given.now();
      const opened = open();
      const how = {
        opened,
        settings,
        given,
        breaker: createBreaker(given.now),
        seconds: CHECK_SECONDS,
        signal: undefined,
      };
      const [vector] = await embed([HARMLESS.text], how);
      return {
        dimensions: vector?.length ?? 0,
        milliseconds: Math.round(began.until(given.now()).total('milliseconds')),
      };
    },
  };
}

function opening(settings: EmbedderSettings, given: EmbedderGiven): () => Opened {
  let opened: Opened | null = null;
  return () => {
    if (opened !== null) return opened;
    const endpoint = endpointOf(given.environment);
    const name = `vectors:${endpoint.url} ${settings.name} ${settings.dimensions ?? ''}`;
    opened = {
      endpoint,
      host: new URL(endpoint.url).host,
      send: createSend(endpoint, given).embed,
      known: remember(name, { memory: given.memory, form: VectorDialect }),
    };
    return opened;
  };
}

/** Vectors of one space are alike: from one model, of one length, of texts that were prepared in one way. */
function spaceOf(settings: EmbedderSettings, endpoint: Endpoint): string {
  const { name, dimensions, maskAlso } = settings;
  const hidden = isHidden(settings, endpoint) ? maskAlso.map((each) => each.name) : null;
  const parts = [VERSION, endpoint.url, name, dimensions, hidden];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

function isHidden({ mask }: EmbedderSettings, { isLocal }: Endpoint): boolean {
  return mask ?? !isLocal;
}

function preparedText({ text, requester }: Embeddable, settings: EmbedderSettings, endpoint: Endpoint): string {
  const visible = visibleText(text);
  return isHidden(settings, endpoint) ? createMask(requester, settings.maskAlso).hide(visible) : visible;
}

interface How {
  opened: Opened;
  settings: EmbedderSettings;
  given: EmbedderGiven;
  breaker: Breaker;
  seconds: number;
  signal: AbortSignal | undefined;
}

/** Asks within the time, and remembers what was found out about the endpoint. */
async function embed(texts: readonly string[], how: How): Promise<readonly (Vector | null)[]> {
  const { opened, settings, given, breaker, seconds, signal } = how;
  const { host, send, known } = opened;
  const { now, schedule, ledger } = given;
  const began = now();
  const ended = (problem: Problem | null) =>
    ledger.ended({ problem, isKept: false, milliseconds: Math.round(began.until(now()).total('milliseconds')) });
  const deadline = startDeadline(seconds * 1000, { now, schedule, signal });
  const dialect = (await known.get()) ?? WIDEST;
  const call: VectorCall = { settings, host, send, deadline, ledger, dialect, requests: 0 };
  try {
    const vectors = await askVectors(call, texts);
    breaker.succeeded();
    await ended(null);
    return vectors;
  } catch (error) {
    signal?.throwIfAborted();
    const problem = deadline.isOver() ? tooSlow(host, seconds) : error;
    if (!(problem instanceof Problem)) throw problem;
    breaker.failed(problem);
    await ended(problem);
    throw problem;
  } finally {
    deadline.end();
    await known.set(call.dialect);
  }
}
