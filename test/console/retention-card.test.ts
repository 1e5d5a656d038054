import { describe, expect, it } from 'vitest';
import type { HealthView } from '../../src/console/health-view.ts';
import { textOf } from '../../src/console/markup.ts';
import { retentionCard } from '../../src/console/retention-card.ts';
import type { RetentionMark } from '../../src/db/retention-mark.ts';
import { MORNING } from '../support/builders.ts';
import { aLiveConfig } from '../support/live-config.ts';

const YEARS = { written: '3 years', span: Temporal.Duration.from({ years: 3 }) };

function shown(mark: Partial<RetentionMark> | null, retention: typeof YEARS | null = YEARS): string | null {
  const nothingYet: RetentionMark = { kept: 'P3Y', begins: MORNING, due: 0, lastRun: null, named: [] };
  const config = aLiveConfig({ retention }).current();
  const view = { config, now: MORNING, retention: mark === null ? null : { ...nothingYet, ...mark } };
  const card = retentionCard(view as HealthView);
  if (card === null) return null;
  const text = textOf(card).replaceAll(/<[^>]+>/g, '');
  return text.replaceAll(/\s+/g, ' ');
}

describe('the card that says for how long tickets are kept', () => {
  it('is not there where they are kept for ever', () => {
    expect(shown(null, null)).toBeNull();
  });

  it('says what it will cost, until when that can be mended, and how many go in a night', () => {
    const text = shown({ begins: MORNING.add({ hours: 48 }), due: 812 });
    expect(text).toContain('Tickets are kept for 3 years after their end.');
    expect(text).toContain('812 tickets ended longer ago. The first are erased in the night after Sun 22 Nov');
    expect(text).toContain('at most 2,000 in a night, and nothing brings them back; change the file before then');
  });

  it('says what was erased last, and what waits', () => {
    const text = shown({ due: 1, lastRun: { at: MORNING, erased: 2000 } });
    expect(text).toContain('2,000 tickets were erased Fri 20 Nov');
    expect(text).toContain('1 ticket ended longer ago, to be erased by night.');
  });
});
