import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measuredConfidence } from '../../src/decide/opinions/measure.ts';
import { percent } from '../../src/domain/opinion.ts';
import { failureWords } from '../../src/domain/sentences/opinions.ts';
import { aConfig } from '../support/config.ts';
import { anOpinion } from '../support/opinions.ts';

const PAGE = readFileSync(new URL('../../docs/triage.md', import.meta.url), 'utf8');
const [, EXAMPLE = ''] = /```yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
const ROWS = [...PAGE.matchAll(/^\| (\d+ times|never).*$/gm)].map(([row]) => row.split('|').map((cell) => cell.trim()));

/** `4 times, all right`, `6 times, 5 right`, `never before`. */
function recordIn(said: string) {
  const known = Number(/^\d+/.exec(said)?.[0] ?? 0);
  return { known, right: Number(/(\d+) right/.exec(said)?.[1] ?? known) };
}

const ERRORS = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const MODEL_PROBLEMS = [...ERRORS.matchAll(/^### `(model\.[a-z-]+)`/gm)].map(([, code = '']) => code);

describe('the sentence of a ticket about which a model gave no answer', () => {
  it('says why, for each problem that a model can have', () => {
    expect(MODEL_PROBLEMS.filter((code) => failureWords(code) === 'gave no answer')).toEqual([]);
    expect(failureWords('toString')).toBe('gave no answer');
  });
});

describe('docs/triage.md', () => {
  it('has an example that loads as it stands', () => {
    const { policy } = aConfig({ 'triage.yaml': `categories: [account access, billing]\n${EXAMPLE}` });
    expect(policy.triage.model).toMatchObject({ name: 'gpt-5-mini', trust: 0.5, threshold: 0.8, asks: 'when_unsure' });
  });

  it.each(ROWS)('tells how sure a model is:%s %s, %s', (_, said = '', learned = '', ...shown) => {
    const share = /^(\d+) %/.exec(learned)?.[1];
    const categories = [{ value: 'billing', confidence: Number(share ?? 0) / 100 }];
    const opinion = share === undefined ? null : anOpinion({ categories });
    const measured = [0.5, 1].map((trust) =>
      percent(measuredConfidence('billing', { record: recordIn(said), trust, learned: opinion })),
    );
    expect(shown.slice(0, 2)).toEqual(measured);
  });

  it('shows six cases', () => {
    expect(ROWS).toHaveLength(6);
  });
});
