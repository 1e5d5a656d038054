import { describe, expect, it } from 'vitest';
import { isTimely, verifySignature } from '../../src/kit/signature.ts';

const NOW = Temporal.Instant.from('2026-03-02T09:00:00Z');

/** Of RFC 4231, test case 2. */
const VECTOR = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
const SIGNED = { header: 'x-signature', content: ['what do ya want ', 'for nothing?'], encoding: 'hex' } as const;

describe('a signature', () => {
  it('is that of one of the secrets over all pieces', () => {
    const secrets = ['other', 'Jefe'];
    expect(verifySignature({ ...SIGNED, shown: [VECTOR], secrets })).toEqual({ authentic: true });
    expect(verifySignature({ ...SIGNED, shown: ['v0', VECTOR], secrets }).authentic).toBe(true);
    expect(verifySignature({ ...SIGNED, shown: [VECTOR], secrets: ['other'] }).authentic).toBe(false);
    expect(verifySignature({ ...SIGNED, shown: [VECTOR.toUpperCase()], secrets }).authentic).toBe(false);
  });

  it('is missed by the name of its header', () => {
    for (const shown of [[], ['']]) {
      expect(verifySignature({ ...SIGNED, shown, secrets: ['Jefe'] })).toEqual({
        authentic: false,
        reason: 'there is no x-signature',
      });
    }
  });
});

describe('a time that was signed', () => {
  it.each([
    ['2026-03-02T08:55:00Z', true],
    ['2026-03-02T08:54:59.999Z', false],
    ['2026-03-02T09:05:00Z', true],
    ['2026-03-02T09:05:00.001Z', false],
  ])('is timely within five minutes both ways: %s', (at, expected) => {
    expect(isTimely(Temporal.Instant.from(at).epochMilliseconds, NOW, 300)).toBe(expected);
  });

  it('is none when it is no number', () => {
    expect(isTimely(Number('soon'), NOW, 300)).toBe(false);
  });
});
