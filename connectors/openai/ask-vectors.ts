import type { Problem } from '../../src/domain/problem.ts';
import type { EmbedderGiven } from '../../src/kit/connector.ts';
import type { EmbedderSettings, Vector } from '../../src/ports/embedder.ts';
import type { Deadline } from './deadline.ts';
import { cutText } from './plain-text.ts';
import { readVectors } from './read-vectors.ts';
import { pauseBefore, problemOf, type Refused } from './refused.ts';
import type { Sending } from './send.ts';
import { spendingOnTexts } from './spending.ts';
import type { Embeddings, VectorDialect } from './wire.ts';

/** No text is cut shorter: what is left would say nothing. */
const SHORTEST = 200;

/** However an endpoint refuses, no call takes more requests. */
const MOST_REQUESTS = 30;

/** As much of a message is looked at: some servers repeat the whole request after it. */
const BEGINNING = 300;

/** How servers say that a text is too long for the model, and that there are too many texts. */
const TOO_LONG = /token|context|too long|input length|too large to process/i;
const TOO_MANY = /batch|too many|at most \d+ (input|item)/i;

/** One call while it goes on. */
export interface VectorCall {
  settings: EmbedderSettings;
  host: string;
  send: Sending['embed'];
  deadline: Deadline;
  ledger: EmbedderGiven['ledger'];
  /** What the endpoint takes; grows narrower with what it refuses. */
  dialect: VectorDialect;
  requests: number;
}

/**
 * The vectors of texts, in their order, however many attempts that takes within the deadline; null for a text that is
 * refused by itself.
 *
 * @throws Problem `model.*`; what the deadline's signal says when that comes first
 */
export async function askVectors(call: VectorCall, texts: readonly string[]): Promise<readonly (Vector | null)[]> {
  for (let failures = 0; ;) {
    if (texts.length > call.dialect.batch) return inParts(call, texts, call.dialect.batch);
    const cut = texts.map((text) => cutText(text, call.dialect.longest));
    const answered = await request(call, cut);
    if ('data' in answered) return taken(call, answered, texts.length);
    if (call.requests >= MOST_REQUESTS) throw endOf(call, answered);
    const narrower = narrowerDialect(call, answered, cut);
    if (narrower !== null) {
      call.dialect = narrower;
      continue;
    }
    failures += 1;
    const pause = pauseBefore(answered, failures);
    if (pause !== null && pause < call.deadline.left()) {
      await call.deadline.pause(pause);
      continue;
    }
    // An endpoint that gave vectors before may take offence at one of the texts.
    if (!isRefusal(answered) || call.dialect.length === null) throw endOf(call, answered);
    return texts.length === 1 ? [null] : inParts(call, texts, Math.ceil(texts.length / 2));
  }
}

async function inParts(call: VectorCall, texts: readonly string[], size: number): Promise<readonly (Vector | null)[]> {
  const vectors: (Vector | null)[] = [];
  for (let from = 0; from < texts.length; from += size) {
    vectors.push(...(await askVectors(call, texts.slice(from, from + size))));
  }
  return vectors;
}

/** One request, taken out of the budget before it goes. */
async function request(call: VectorCall, input: string[]): Promise<Embeddings | Refused> {
  const { send, ledger, deadline, settings, dialect } = call;
  await ledger.claim();
  call.requests += 1;
  const wished = settings.dimensions !== null && dialect.dimensions ? { dimensions: settings.dimensions } : {};
  // Asked for nothing, the library asks for base64, which servers read in more than one way.
  const body = { model: settings.name, input, encoding_format: 'float' as const, ...wished };
  const answered = await send(body, deadline.signal);
  if ('data' in answered) await ledger.spend(spendingOnTexts(answered, { input, prices: settings.prices }));
  return answered;
}

function taken(call: VectorCall, answered: Embeddings, texts: number): readonly (Vector | null)[] {
  const { settings, dialect } = call;
  const expected = { name: settings.name, texts, length: settings.dimensions ?? dialect.length };
  const { vectors, length } = readVectors(answered, expected);
  call.dialect = { ...dialect, length };
  return vectors;
}

/** How to ask for less after a request was refused as such, or null where it is not about how much was asked. */
function narrowerDialect(
  { dialect, settings }: VectorCall,
  refused: Refused,
  cut: readonly string[],
): VectorDialect | null {
  const { status, param } = refused;
  const message = refused.message.slice(0, BEGINNING);
  if (!isRefusal(refused) && status !== 500) return null;
  const isWished = settings.dimensions !== null && dialect.dimensions;
  if (isWished && (param === 'dimensions' || /dimension|matryoshka/i.test(message))) {
    return { ...dialect, dimensions: false };
  }
  const longest = Math.min(dialect.longest, Math.max(...cut.map(({ length }) => length)));
  if (TOO_LONG.test(message) && longest > SHORTEST) {
    return { ...dialect, longest: Math.max(SHORTEST, Math.floor(longest / 2)) };
  }
  const isTooMuch = TOO_MANY.test(message) || status === 413;
  return isTooMuch && cut.length > 1 ? { ...dialect, batch: Math.ceil(cut.length / 2) } : null;
}

function isRefusal({ status }: Refused): boolean {
  return status === 400 || status === 413 || status === 422;
}

function endOf({ host, settings }: VectorCall, refused: Refused): Problem {
  return problemOf(refused, { host, model: settings.name, use: 'vectors' });
}
