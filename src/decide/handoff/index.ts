/**
 * Hand-offs: a person gives a ticket to another queue, and where two queues have a contract, it says what must be
 * there before, whether the other side is asked, and who is told. `docs/handoff.md` is for those who write one.
 */
export { takeHandoff } from './ask.ts';
export { takeAnswer } from './answer.ts';
export { followHandoff } from './follow.ts';
