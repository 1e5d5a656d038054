/**
 * The demo: a desk of its own, with weeks of made-up history that the real parts made of a made-up story.
 * `story.ts` says what happens, `play.ts` lets it happen.
 */
export { fillDesk } from './fill.ts';
export { clearDemo, configOf, copyConfig, findDemo, markDemo } from './folder.ts';
export { storyIds, STORY_ADDRESS } from './story-ids.ts';
export { createNoMail } from './no-mail.ts';
export { createStageClock, type StageClock } from './stage.ts';
export { openSimulatedBase, type SimulatedKind } from './open-simulated.ts';
export type { Visit } from './simulated-base.ts';
export { demoVariables } from './variables.ts';
