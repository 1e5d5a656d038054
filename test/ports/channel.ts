import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Channel, ChannelSecrets, RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from '../support/builders.ts';
import { damaged, HOSTILE, TYPES } from '../support/damage.ts';
import { fc } from '../support/properties.ts';

/** What the suite needs to know of a channel. */
export interface ChannelUnderTest {
  channel: Channel;
  secrets: ChannelSecrets;
  /** Real requests, each as its sender signs it or shows its token. */
  authentic: readonly (readonly [name: string, request: RawRequest])[];
  /** Requests that nobody who knows the secret would send; none for a channel without one. */
  forged: readonly (readonly [name: string, request: RawRequest])[];
  /** Whether it tells mail addresses; left out, forms and mail do, and chats do not. */
  tellsAddresses?: boolean;
  /** What proves requests in the sender's own software; left out where it ships none, or none that is light. */
  library?: SendersLibrary;
}

/** A library that the sender gives to whoever receives its requests, or one that most of them take. */
interface SendersLibrary {
  /** As npm calls it. */
  name: string;
  /** By one secret of those in force; null for a body that it cannot read. Throwing is a refusal. */
  accepts(request: RawRequest, secret: string): boolean | null | Promise<boolean | null>;
  /** Forged requests that it lets pass, as we ask for more: most look at no time, or at no time of the future. */
  letsPass?: readonly string[];
}

/**
 * The promises of every channel: it believes whom it is told to believe, names a delivery by its bytes
 * alone, and reads whatever comes without throwing, in texts that the database can hold.
 */
export function testChannel(given: ChannelUnderTest): void {
  const { channel, secrets, authentic, forged, tellsAddresses, library } = given;
  if (library !== undefined) testAgainst(library, given);
  describe('as every channel', () => {
    it.each(authentic)('believes the request "%s"', async (_name, request) => {
      expect(await channel.verify(request, secrets)).toEqual({ authentic: true });
    });

    it.each(forged)('refuses the request "%s", and says nothing of the secret', async (_name, request) => {
      const verdict = await channel.verify(request, secrets);
      const reason = verdict.authentic ? 'believed' : verdict.reason;
      expect(verdict.authentic).toBe(false);
      for (const secret of [...secrets.tokens, ...secrets.signing]) expect(reason).not.toContain(secret);
    });

    it.each(authentic)('reads a message out of "%s", with text and sender', async (_name, request) => {
      const parsed = await channel.parse(request);
      const messages = parsed.kind === 'messages' ? parsed.messages : [];
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(message.text).not.toBe('');
    });

    it.each(authentic)('calls the same bytes of "%s" the same delivery, whenever they come', async (_name, request) => {
      const later = { ...request, receivedAt: request.receivedAt.add({ hours: 5 }) };
      expect(channel.deliveryId(later)).toBe(channel.deliveryId(request));
      expect(await channel.parse(later)).toEqual(await channel.parse(request));
    });

    it.runIf(sampleOf(channel, { secrets, email: null }))(
      'believes and reads the request that it makes for a test, with and without an address',
      async () => {
        for (const email of ['ana@example.com', null]) {
          const request = sampleOf(channel, { secrets, email });
          if (request === null) throw new Error('it makes a request for one test, and none for another');
          expect(await channel.verify(request, secrets)).toEqual({ authentic: true });
          const parsed = await channel.parse(request);
          const [message, ...others] = parsed.kind === 'messages' ? parsed.messages : [];
          expect([message?.from.email ?? null, others]).toEqual([
            (tellsAddresses ?? isMail(message)) ? email : null,
            [],
          ]);
          expect(message?.subject).toBe('Test of Help');
          expect(message?.text).toContain('Is anybody there?');
          expect(await channel.greet?.(request)).toBeFalsy();
          const next = sampleOf(channel, { secrets, email, id: '9z8y7x' }) ?? request;
          expect([request.body, channel.deliveryId(request) ?? 'none']).not.toEqual([
            request.body,
            channel.deliveryId(next),
          ]);
        }
      },
    );

    it('reads hostile bodies of every type without throwing', async () => {
      for (const type of TYPES) {
        for (const body of HOSTILE) {
          const request = withBody(type, new TextEncoder().encode(body), authentic);
          await expectStorable(channel, request);
        }
      }
      expect(Object.prototype).not.toHaveProperty('polluted');
    });

    it('reads damaged requests without throwing', async () => {
      const requests = authentic.map(([, request]) => request);
      await fc.assert(
        fc.asyncProperty(damaged(requests), async (request) => expectStorable(channel, request)),
        { numRuns: 300 },
      );
    });

    it('reads any JSON at all without throwing', async () => {
      await fc.assert(
        fc.asyncProperty(fc.json({ maxDepth: 6 }), async (text) => {
          await expectStorable(channel, withBody('application/json', new TextEncoder().encode(text), authentic));
        }),
        { numRuns: 300 },
      );
    });
  });
}

/** We and the library agree on everybody, whichever of the two is right. */
function testAgainst(library: SendersLibrary, { authentic, forged, ...given }: ChannelUnderTest): void {
  const { name, letsPass = [] } = library;

  describe(`as ${name} sees it`, () => {
    const judged = [...authentic, ...forged].filter(([each]) => !letsPass.includes(each));

    it.each(judged)('the request "%s" is what it is here', async (_name, request) => {
      expect(await isOfOneMind(library, given, request)).toBe(true);
    });

    it('damaged requests are what they are here', async () => {
      const requests = fc.constantFrom(...authentic.map(([, request]) => request));
      const bodies = requests.chain((request) => damaged([request]).map(({ body }) => ({ ...request, body })));
      await fc.assert(
        fc.asyncProperty(bodies, async (request) => isOfOneMind(library, given, request)),
        { numRuns: 25 },
      );
    });

    it.runIf(letsPass.length > 0)('some requests may pass that we refuse', async () => {
      const passed = forged.filter(([each]) => letsPass.includes(each));
      expect(passed.map(([each]) => each)).toEqual(letsPass);
      for (const [, request] of passed) expect(await isOfOneMind(library, given, request)).toBe(false);
    });
  });
}

/** Whether we and the library both believe the request, or both refuse it; true where the library cannot read it. */
async function isOfOneMind(
  { accepts }: SendersLibrary,
  { channel, secrets }: Pick<ChannelUnderTest, 'channel' | 'secrets'>,
  request: RawRequest,
): Promise<boolean> {
  const inForce = [secrets.signing, secrets.tokens].find(({ length }) => length > 0) ?? [''];
  const said: (boolean | null)[] = [];
  for (const secret of inForce) said.push(await orRefused(async () => accepts(request, secret)));
  const { authentic } = await channel.verify(request, secrets);
  return said.includes(null) || said.includes(true) === authentic;
}

async function orRefused(judge: () => Promise<boolean | null>): Promise<boolean | null> {
  try {
    return await judge();
  } catch {
    return false;
  }
}

/** A test of the channel, as the console makes it; null where it makes none with these secrets. */
function sampleOf(
  channel: Channel,
  { secrets, email, id = '01k9zq4yxv8t6s2n0m7h5f3d1b' }: { secrets: ChannelSecrets; email: string | null; id?: string },
): RawRequest | null {
  const address = 'https://desk.example/hooks/help';
  const said = { id, name: 'Ana', email, subject: 'Test of Help', text: 'Is anybody there?', address, at: MORNING };
  const sample = channel.sample?.(said, secrets) ?? null;
  return sample === null ? null : { ...sample, address, receivedAt: MORNING };
}

/** Chats know ids and numbers instead. */
function isMail(message: InboundMessage | undefined): boolean {
  return message?.conversation === undefined;
}

function withBody(type: string, body: Uint8Array, authentic: ChannelUnderTest['authentic']): RawRequest {
  const [, request] = authentic[0] ?? [];
  if (request === undefined) throw new Error('a channel needs at least one authentic request');
  return { ...request, headers: { ...request.headers, 'content-type': type }, body };
}

/** Neither step throws, and no text holds what PostgreSQL refuses. */
async function expectStorable(channel: Channel, request: RawRequest): Promise<void> {
  channel.deliveryId(request);
  const parsed = await channel.parse(request);
  const messages = parsed.kind === 'unreadable' ? [] : parsed.messages;
  if (parsed.kind === 'unreadable') assertStorable(parsed.problem.message);
  for (const message of messages) for (const text of textsOf(message)) assertStorable(text);
}

function textsOf(message: InboundMessage): string[] {
  const { externalId, from, subject, text, fields, attachments } = message;
  const files = attachments.flatMap((file) => [file.name, file.contentType, file.url ?? '']);
  return [externalId ?? '', from.name, from.email ?? '', subject, text, ...Object.entries(fields).flat(), ...files];
}

function assertStorable(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) expect.fail(`a text cannot be stored: ${JSON.stringify(text)}`);
}
