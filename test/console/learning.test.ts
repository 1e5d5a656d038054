import { describe, expect, it } from 'vitest';
import { learningCard } from '../../src/console/learning-card.ts';
import { learningMain } from '../../src/console/learning-page.ts';
import { type Html, textOf } from '../../src/console/markup.ts';
import type { Comparison } from '../../src/knowledge/learning/compare.ts';
import type { LearningState } from '../../src/knowledge/learning/index.ts';
import type { StoredVectors } from '../../src/knowledge/learning/stored-models.ts';
import type { VectorsStanding } from '../../src/knowledge/learning/vectors-standing.ts';
import { vectorsWords } from '../../src/knowledge/learning/words.ts';
import { MORNING } from '../support/builders.ts';
import { aLearningState, NOTHING_LEARNED } from '../support/learning-states.ts';

const HERE = { now: MORNING, timeZone: 'Europe/Berlin' };

const WORSE: Comparison = {
  tickets: 30,
  older: { precision: 0.97, coverage: 0.8 },
  newer: { precision: 0.61, coverage: 0.4 },
  isOlderBetter: true,
};

function plain(page: Html | null): string {
  return page === null
    ? ''
    : textOf(page)
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ');
}

function card(changes: Partial<LearningState> = {}): string {
  return plain(learningCard(aLearningState(changes), HERE));
}

function page(state: LearningState): Html {
  return learningMain({ state, prefix: 'T', here: HERE, access: 'admin', csrfToken: 'token' });
}

describe('what is suggested, on the page of what was learned', () => {
  it('is told of each field: from how much, how often it is sure, and how often right', () => {
    const { report } = aLearningState().model ?? {};
    if (report === undefined) throw new Error('Nothing was learned.');
    const learned = { field: 'priority', learnedAt: MORNING, promise: 0.95 } as const;
    const missing = { tickets: 12, ticketsNeeded: 30, categories: [], short: [] };
    const said = plain(
      page(
        aLearningState({
          proposals: [
            { ...learned, outcome: { kind: 'learned', threshold: 0.9, report } },
            { ...learned, field: 'queue', outcome: { kind: 'missing', missing } },
          ],
        }),
      ),
    );
    expect(said).toContain(
      'Priority: learned from 1,240 tickets in which people had a hand. It would be sure of 78 % of them, and right in 96 % of those; 95 % are promised.',
    );
    expect(said).toContain('Queue: nothing is suggested yet. At least 30 tickets are needed');
    expect(plain(page(aLearningState()))).not.toContain('What it suggests');
  });
});

describe('what was learned, on the page Health', () => {
  it('says what vectors are worth, whether they are heard, and why some could not be had', () => {
    const { model } = aLearningState();
    const words = { coverage: 0.7, precision: 0.95, accuracy: 0.9 };
    const report = { name: 'e5', tickets: 1240, dimensions: 512, words, isStopped: false };
    const joined = { coverage: 0.784, precision: 0.962, accuracy: 0.93 };
    const standing = { name: 'e5', requests: 0, cost: null, unasked: null, failed: null };
    const shown = (vectors: StoredVectors, changes: Partial<VectorsStanding> = {}) =>
      card({ model: model === null ? null : { ...model, vectors }, vectors: { ...standing, ...changes } });
    expect(shown({ ...report, joined, isUsed: true })).toContain(
      'With vectors of e5 (512 numbers each) it would place 78 %, of which 96 % are right; by words alone 70 %, of which 95 % are right, which is how it judges where a vector is missing.',
    );
    expect(shown({ ...report, joined, isUsed: false })).toContain('Words alone are heard: by them it would place 70 %');
    const problem = { code: 'model.unreachable', message: 'e5.internal could not be reached.', fix: 'Wait.' };
    expect(
      shown({ ...report, tickets: 12, joined: null, isUsed: false }, { failed: { problem, day: '2026-11-20' } }),
    ).toContain(
      'Vectors of e5 are not heard yet, as only 12 of 1,240 tickets have one; the others are asked for in the night. The last that could not be had was on 20 November, and words alone were heard: e5.internal could not be reached.',
    );
    expect(shown({ ...report, joined, isUsed: true }, { unasked: problem })).toContain(
      'Vectors of e5 cannot be asked for, so words alone are heard. e5.internal could not be reached. Wait.',
    );
  });

  it('says what vectors took this month, in money where there is a price', () => {
    const standing = { name: 'e5', unasked: null, failed: null };
    expect(vectorsWords({ model: null, vectors: { ...standing, requests: 1, cost: null } })).toBe(
      'Vectors of e5 are learned from the next time. They took 1 request this month.',
    );
    const cost = { amount: 0.0042, currency: 'EUR' };
    expect(vectorsWords({ model: null, vectors: { ...standing, requests: 1313, cost } })).toBe(
      'Vectors of e5 are learned from the next time. They took 1,313 requests this month, for less than 0.01 EUR.',
    );
  });

  it('is shown with what it is worth', () => {
    expect(card()).toContain(
      'from 1,240 tickets that people know. It would place 78 % of them by itself, of which 96 % are right; 95 % are promised.',
    );
  });

  it('is told while there is nothing', () => {
    expect(plain(learningCard(NOTHING_LEARNED, HERE))).toContain('Nothing is learned yet.');
  });

  it('says what is missing', () => {
    const missing = {
      tickets: 12,
      ticketsNeeded: 30,
      categories: ['billing'],
      short: [{ category: 'account', tickets: 2 }],
    };
    expect(card({ model: null, ending: { kind: 'missing', missing } })).toContain(
      'at least 30 tickets that people know are needed, and two categories with five each. So far 12 tickets are known; five or more have billing. Fewer have account (2).',
    );
  });

  it('says when a worse one was not put in force, with the figures of both', () => {
    expect(card({ ending: { kind: 'kept', comparison: WORSE } })).toContain(
      'On 30 of the newest tickets, which neither had seen, what was learned now did clearly worse (61 % right, 40 % answered) than what was there (97 % right, 80 % answered), so that stays.',
    );
  });

  it.each<[string, Partial<LearningState>, string]>([
    ['it is under way', { ending: null, endedAt: null }, 'It is being learned just now.'],
    ['it failed', { ending: { kind: 'failed', message: 'The disk is full.' } }, 'tried again: The disk is full.'],
    ['there is more to learn', { hasNews: true }, 'There is more to learn since'],
  ])('says that %s', (_, changes, words) => {
    expect(card(changes)).toContain(words);
  });

  it('is not there where the desk is not to learn', () => {
    expect(learningCard(aLearningState({ isOn: false }), HERE)).toBeNull();
  });
});

describe('the page What was learned', () => {
  it('has each category, the largest first, with what it is taken for', () => {
    expect(plain(page(aLearningState()))).toContain('Billing 1,000 80 % 95 % Account (12) Account 240 50 % 100 % –');
  });

  it('has the texts that confuse it, as they were written, each with its ticket', () => {
    const shown = textOf(page(aLearningState()));
    expect(shown).toContain('href="/tickets/1042"');
    expect(shown).toContain('My &#60;b&#62;card');
    expect(plain(page(aLearningState()))).toContain('T-1042 is Billing , and it says Account (97 %).');
  });

  it('names the tickets that were not learned from', () => {
    expect(plain(page(aLearningState()))).toContain('T-1007 , T-1021');
  });

  it('offers to learn now, unless it is switched off', () => {
    expect(textOf(page(NOTHING_LEARNED))).toContain('action="/learning"');
    expect(textOf(page(aLearningState({ isOn: false })))).not.toContain('action="/learning"');
  });
});
