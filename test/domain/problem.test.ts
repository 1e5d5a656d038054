import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';

describe('a problem', () => {
  it('says what strangers sent in signs that can be kept and shown', () => {
    const problem = new Problem({ code: 'a.b', message: 'Not "\0" or \ud800.', fix: 'Send no \0.' });
    expect(problem.message).toBe('Not "␀" or \ufffd.');
    expect(problem.fix).toBe('Send no ␀.');
  });
});
