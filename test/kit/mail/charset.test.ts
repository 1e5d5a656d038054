import { describe, expect, it } from 'vitest';
import { inCharset } from '../../../src/kit/mail/charset.ts';

describe('bytes of unknown characters', () => {
  it('are read as UTF-8 where they are, without their mark', () => {
    expect(inCharset(Buffer.from('\uFEFFGrüße'), '')).toBe('Grüße');
    expect(inCharset(Buffer.from('Grüße'), 'no-such-charset')).toBe('Grüße');
  });

  it('are read as those of Western Europe where they are no UTF-8', () => {
    expect(inCharset(Buffer.from('Zoë Müller', 'latin1'), 'us-ascii')).toBe('Zoë Müller');
    expect(inCharset(Buffer.from([0x80]), '')).toBe('€');
  });

  it('stay UTF-8 where they were cut within a character', () => {
    expect(inCharset(Buffer.from('Grüße 🙈').subarray(0, -1), '')).toBe('Grüße \uFFFD');
  });

  it('are read in the characters that are named', () => {
    expect(inCharset(Buffer.from([0xca, 0xf0]), 'koi8-r')).toBe('йП');
  });
});
