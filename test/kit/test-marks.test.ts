import { expect, it } from 'vitest';
import { createTestMarks } from '../../src/kit/test-marks.ts';
import { MORNING } from '../support/builders.ts';

it('knows tests of its own for ten minutes, each over its channel alone', () => {
  const marks = createTestMarks({ secret: 'of ours' });
  const mark = marks.of('json', '01k9', MORNING);
  expect(marks.isOurs(mark, 'json', MORNING.add({ minutes: 9 }))).toBe(true);
  expect(marks.isOurs(mark, 'json', MORNING.add({ minutes: 11 }))).toBe(false);
  expect(marks.isOurs(mark, 'website', MORNING)).toBe(false);
  expect(createTestMarks({ secret: 'of others' }).isOurs(mark, 'json', MORNING)).toBe(false);
  for (const made of ['', 'yes', mark.replace('01k9', '01k8'), mark.slice(0, -1)]) {
    expect(marks.isOurs(made, 'json', MORNING)).toBe(false);
  }
});
