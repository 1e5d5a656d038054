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
}

/**
 * The promises of every channel: it believes whom it is told to believe, names a delivery by its bytes
 * alone, and reads whatever comes without throwing, in texts that the database can hold.
 */
export function testChannel({ channel, secrets, authentic, forged, tellsAddresses }: ChannelUnderTest): void {
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
