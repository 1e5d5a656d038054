/**
 * The learned classifier: it learns a team's own categories from tickets that people know, and says of a new one what
 * it may be about, how sure that is, and what speaks for it. Words and letters in a row, a linear model, chances that
 * were measured on texts left out. Computation alone: no clock, no files, no network.
 */
export type { Example } from './example.ts';
export { learn, type Missing } from './learn.ts';
export { guess, type Guesses, type LearnedModel } from './learned-model.ts';
export { packModel, unpackModel } from './packing.ts';
export type { CategoryReport, Confusing, LearningReport } from './report.ts';
