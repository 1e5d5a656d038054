import type { LearningState } from '../../src/knowledge/learning/index.ts';
import { MORNING } from './builders.ts';

/** A desk that has learned; what a test is about is changed. */
export function aLearningState(changes: Partial<LearningState> = {}): LearningState {
  return {
    isOn: true,
    promise: 0.95,
    model: {
      version: 3,
      learnedAt: MORNING,
      inForceAt: MORNING,
      tickets: 1240,
      promise: 0.95,
      threshold: 0.93,
      vectors: null,
      report: {
        tickets: 1240,
        precision: 0.962,
        coverage: 0.784,
        accuracy: 0.9,
        wrongLabels: 0.03,
        leftOut: [1007, 1021],
        categories: [
          { category: 'account', tickets: 240, precision: 1, coverage: 0.5, confusedWith: null },
          {
            category: 'billing',
            tickets: 1000,
            precision: 0.95,
            coverage: 0.8,
            confusedWith: { category: 'account', tickets: 12 },
          },
        ],
        confusing: [
          { ticket: 1042, text: 'My <b>card</b>\nis locked', category: 'billing', said: 'account', confidence: 0.97 },
        ],
      },
    },
    vectors: null,
    proposals: [],
    triedAt: MORNING,
    endedAt: MORNING,
    ending: { kind: 'learned', comparison: null },
    isWanted: false,
    hasNews: false,
    ...changes,
  };
}

/** Of a desk on which nothing was tried. */
export const NOTHING_LEARNED = aLearningState({ model: null, triedAt: null, endedAt: null, ending: null });

/** Learns nothing, and is of that state. */
export const A_LEARNER_OF_NOTHING = {
  state: async () => NOTHING_LEARNED,
  want: async () => undefined,
};
