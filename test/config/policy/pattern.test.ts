import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../src/config/policy/pattern.ts';

describe('a pattern of a rule', () => {
  // An engine that goes back and tries again would not come to an end with any of these.
  it.each(['(a+)+$', '(a|aa)+$', '(a|a)*b', '(.*a){12}b', '^(([a-z])+.)+[A-Z]$'])(
    'stops nothing, however long the text that does not match it: %s',
    (written) => {
      const pattern = compilePattern(written);
      if ('fault' in pattern) throw new Error(pattern.fault);
      expect(pattern.find(`${'a'.repeat(10_000)}!`)).toBeNull();
    },
  );

  it('finds all the same what does match', () => {
    const pattern = compilePattern('(a+)+$');
    if ('fault' in pattern) throw new Error(pattern.fault);
    expect(pattern.find('xaaa')).toEqual({ start: 1, end: 4 });
  });

  it('is refused where it would take more memory than its length lets expect', () => {
    expect(compilePattern('((a{1000}){1000}){1000}')).toHaveProperty('fault');
  });
});
