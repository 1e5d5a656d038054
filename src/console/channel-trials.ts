import { ulid } from 'ulid';
import type { ChannelConfig } from '../config/live.ts';
import { TEST_HEADER } from '../kit/test-marks.ts';
import type { Sample } from '../ports/channel.ts';
import { testByMark } from './channel-rows.ts';
import type { ConsoleParts } from './parts.ts';
import type { Visit } from './visit.ts';

/** Whoever does not answer by then answers no sender either. */
const PATIENCE_MILLISECONDS = 10_000;

/** One way that a test took to our door, and where it ended. */
export interface Way {
  /** The address without its token. */
  address: string;
  /** Whether it went the way that senders take, and not from this machine to itself. */
  isPublic: boolean;
  /** The status of the answer, or why there was none. */
  answer: { status: number; location: string | null } | { failure: string };
}

/** A test of a channel, and how far it came. */
export interface Trial {
  at: Temporal.Instant;
  ways: readonly Way[];
  /** The record of the request; null where it did not arrive. */
  id: string | null;
  /** Why the door turned it away; null where it did not. */
  refusal: string | null;
}

/** Sends tests over channels and remembers the last of each, until the next start. */
export interface Trials {
  /** Whether its senders may show a token at the end of the address. */
  hasTokenInAddress(channel: ChannelConfig): boolean;
  /** Whether the secrets in force are such that we can make a request. */
  canSend(channel: ChannelConfig): boolean;
  send(channel: ChannelConfig, visit: Visit): Promise<void>;
  last(channel: string): Trial | null;
}

const NOTHING_SAID = {
  id: '0',
  subject: '',
  text: '',
  name: '',
  email: null,
  address: '',
  at: new Temporal.Instant(0n),
};

export function createTrials(parts: ConsoleParts): Trials {
  const { connection, doors, status, now } = parts;
  const last = new Map<string, Trial>();

  /** Nothing but addresses of our own: what was configured, and the very socket at which this visit arrived. */
  async function send(channel: ChannelConfig, visit: Visit): Promise<void> {
    const at = now();
    const id = ulid(at.epochMilliseconds).toLowerCase();
    const mark = doors.markOf(channel.name, id);
    const here = ownSocket(visit);
    const { publicAddress } = status;
    const places = publicAddress === null ? [here] : [publicAddress, here];
    const ways: Way[] = [];
    for (const place of places) {
      const called = `${publicAddress ?? here}/hooks/${channel.name}`;
      const sample = sampleOf(parts, channel, { id, visit, called });
      if (sample === null) return;
      const address = `${place}/hooks/${channel.name}`;
      ways.push({ address, isPublic: place === publicAddress, answer: await post(address, sample, mark) });
      if ((await testByMark(connection.queries, channel.name, mark)) !== null) break;
    }
    const arrived = await testByMark(connection.queries, channel.name, mark);
    const turnedAway = doors.lastTurnedAway(channel.name);
    const isOurs = turnedAway !== null && Temporal.Instant.compare(turnedAway.at, at) >= 0;
    last.set(channel.name, { at, ways, id: arrived, refusal: arrived === null && isOurs ? turnedAway.reason : null });
  }

  return {
    hasTokenInAddress(channel) {
      const sample = doors.channelOf(channel)?.sample?.(NOTHING_SAID, { tokens: ['it'], signing: [] });
      return sample?.token === 'it';
    },
    canSend: (channel) => sampleOf(parts, channel, null) !== null,
    send,
    last: (channel) => last.get(channel) ?? null,
  };
}

/** What the sender would send, said by whoever is signed in; null where only the sender can. */
function sampleOf(
  { doors, now }: ConsoleParts,
  channel: ChannelConfig,
  given: { id: string; visit: Visit; called: string } | null,
): Sample | null {
  const { secrets, title } = channel;
  if (secrets === null || channel.paused) return null;
  const { id, called } = given ?? { id: '0', called: '' };
  const name = given?.visit.person ?? '';
  const said = {
    id,
    name: name.replaceAll(/\s+/g, ' ').trim(),
    email: given === null ? null : addressOf(given.visit),
    subject: `Test of ${title}`,
    text: `${name} sent this from the console to try the channel. It can be closed. (${id})`,
    address: called,
    at: now(),
  };
  return doors.channelOf(channel)?.sample?.(said, secrets) ?? null;
}

/** Theirs where people.yaml has it, so that they see the acknowledgement; a test writes to nobody else. */
function addressOf({ person, config }: Visit): string | null {
  return config.policy.agents.find(({ name }) => name === person)?.email ?? null;
}

function ownSocket({ request }: Visit): string {
  const { localAddress = '127.0.0.1', localPort = 80 } = request.socket;
  const host = localAddress.replace(/^::ffff:/, '');
  return `http://${host.includes(':') ? `[${host}]` : host}:${localPort}`;
}

async function post(address: string, { headers, body, token }: Sample, mark: string): Promise<Way['answer']> {
  try {
    const answer = await fetch(token === null ? address : `${address}/${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { ...headers, [TEST_HEADER]: mark },
      body: Buffer.from(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    await answer.body?.cancel();
    return { status: answer.status, location: answer.headers.get('location') };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'nobody knows that name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'nobody answered',
  CERT_HAS_EXPIRED: 'its certificate has ended',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody whom senders know',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody whom senders know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not whole',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function failureOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'nobody answered within ten seconds';
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return (
    FAILURES[code] ?? (code === '' ? 'the request did not get through' : `the request did not get through (${code})`)
  );
}
