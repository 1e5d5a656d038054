import type { Learning } from './written/learning.ts';
import { shareOf } from './written/words.ts';

/** How the desk learns its categories from its own tickets. */
export interface LearningSettings {
  isOn: boolean;
  /** The share of its answers that shall be right, 0.8 to 0.99. */
  promise: number;
  /** Categories that have another name now, by their old one. */
  renamed: Readonly<Record<string, string>>;
}

export function learningSettingsOf({ enabled, promise, renamed }: Learning): LearningSettings {
  return { isOn: enabled, promise: shareOf(promise), renamed };
}
