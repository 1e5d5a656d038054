import { describe, expect, it } from 'vitest';
import { storable } from '../../src/kit/storable-text.ts';
import { fc } from '../support/properties.ts';

describe('a text for the database', () => {
  it('stays as it is when the database can hold it', () => {
    const texts = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(fc.property(texts, (text) => storable(text) === text));
  });

  it('shows NUL by its sign, and half a pair as the sign for what is broken', () => {
    expect(storable('a\0b')).toBe('a\u2400b');
    expect(storable('a\ud83db')).toBe('a\ufffdb');
  });
});
