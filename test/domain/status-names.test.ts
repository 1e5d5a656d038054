import { describe, expect, it } from 'vitest';
import { statusName, statusWords, USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';

const NAMES = { ...USUAL_STATUS_NAMES, open: ['In progress', 'Testing'], on_hold: ['QA'] };

describe('what a desk calls a status', () => {
  it('is the first of its names', () => {
    expect(statusName(NAMES, 'open')).toBe('In progress');
    expect(statusName(NAMES, 'needs_info')).toBe('Needs info');
  });

  it('begins small within a sentence, save where it is all capitals', () => {
    expect(statusWords(NAMES, 'open')).toBe('in progress');
    expect(statusWords(NAMES, 'on_hold')).toBe('QA');
  });
});
