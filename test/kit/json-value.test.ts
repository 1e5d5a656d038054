import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/kit/json-value.ts';
import { fc } from '../support/properties.ts';

describe('JSON that a stranger wrote', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps a whole number that JavaScript would round as text', () => {
    expect(parseJson('{"id": 90071992547409931, "n": 12, "x": 1.50, "neg": -9007199254740993}')).toEqual({
      id: '90071992547409931',
      n: 12,
      x: 1.5,
      neg: '-9007199254740993',
    });
  });

  it('is not read when it nests too deep, whatever its strings hold', () => {
    expect(() => parseJson(`${'[{"a":'.repeat(40)}1${'}]'.repeat(40)}`)).toThrow('nests 80 levels deep; at most 64');
    expect(parseJson(`"${'['.repeat(500)}"`)).toBe('['.repeat(500));
    expect(parseJson(`["\\"${'['.repeat(500)}"]`)).toEqual([`"${'['.repeat(500)}`]);
  });

  it('gives no object a prototype of the stranger’s', () => {
    const value = parseJson('{"__proto__": {"admin": true}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).not.toHaveProperty('admin');
  });
});
