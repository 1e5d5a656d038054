import { Problem } from '../../src/domain/problem.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import type { Answer, Listening, RawRequest } from '../../src/ports/channel.ts';
import { createSlackApi } from './api.ts';
import type { Payload } from './payload.ts';
import { SocketAddress, SocketMessage } from './wire.ts';

/** Slack renews a connection about every hour; one that outlives that has died without a word. */
const LONGEST_LIFE_MILLISECONDS = 75 * 60_000;

interface Handling extends ChannelGiven {
  read: (request: Pick<RawRequest, 'headers' | 'body'>) => Payload;
  greet: (payload: Payload) => Promise<Answer | null>;
  answer: (payload: Payload) => Answer | null;
}

/**
 * Socket Mode: we call Slack, and what it would post comes over that line, each piece to be confirmed.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export function listenOnSocket(reference: string, handling: Handling): (given: Listening) => Promise<void> {
  return async (listening) => {
    const variable = reference.slice('env:'.length);
    const token = handling.environment[variable];
    if (!token) throw noToken(variable);
    const api = createSlackApi(handling, token);
    const { url } = await api('apps.connections.open', { answer: SocketAddress, params: {} });
    await talk(new WebSocket(url), listening, handling);
  };
}

/** Settles when Slack ends the connection or we are told to; throws when it breaks. */
async function talk(socket: WebSocket, listening: Listening, handling: Handling): Promise<void> {
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  const hear = ({ data }: MessageEvent) => {
    handle(String(data), { socket, listening, handling, end }).catch(fail);
  };
  socket.addEventListener('message', hear);
  socket.addEventListener('close', () => fail(lost()), { once: true });
  socket.addEventListener('error', () => fail(lost()), { once: true });
  listening.signal.addEventListener('abort', () => end(), { once: true });
  try {
    await Promise.race([ended, listening.pause(LONGEST_LIFE_MILLISECONDS)]);
  } finally {
    socket.removeEventListener('message', hear);
    socket.close();
  }
}

/** What is on disk is confirmed, and what cannot be kept now is not, so that Slack sends it again. */
async function handle(
  text: string,
  given: { socket: WebSocket; listening: Listening; handling: Handling; end: () => void },
): Promise<void> {
  const { type, envelope_id: id, payload } = SocketMessage.parse(JSON.parse(text));
  if (type === 'disconnect') return given.end();
  if (id === '') return;
  const answer = await take(
    { headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(payload)) },
    given,
  );
  const isShown = answer !== null && answer.headers['content-type'] === 'application/json';
  const shown: unknown = isShown ? JSON.parse(answer.body) : undefined;
  given.socket.send(JSON.stringify({ envelope_id: id, payload: shown }));
}

async function take(
  request: Pick<RawRequest, 'headers' | 'body'>,
  { listening, handling }: { listening: Listening; handling: Handling },
): Promise<Answer | null> {
  const payload = handling.read(request);
  const greeting = await handling.greet(payload);
  if (greeting !== null) return greeting;
  await listening.deliver(request);
  return handling.answer(payload);
}

function noToken(variable: string): Problem {
  return new Problem({
    code: 'slack.no-app-token',
    message: `${variable} is not set, so that Slack cannot be called.`,
    fix: 'Make an app-level token with the scope connections:write, and set it on the page of the channel in the console.',
    retry: 'later',
  });
}

function lost(): Problem {
  return new Problem({
    code: 'slack.connection-lost',
    message: 'The connection to Slack broke.',
    fix: 'Nothing is to be done: it is opened again, and Slack sends what was not confirmed once more.',
    retry: 'later',
  });
}
