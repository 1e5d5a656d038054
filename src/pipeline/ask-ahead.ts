import type { Ticket } from '../domain/ticket.ts';
import type { PipelineParts } from './at-desk.ts';

/**
 * Asks other services about tickets to come, before the lane is taken in which nobody may wait for them: who somebody
 * is, and what the classifier wants to know of a text.
 */
export async function askAhead(
  { config, lookUps, classifier }: Pick<PipelineParts, 'config' | 'lookUps' | 'classifier'>,
  tickets: () => readonly Ticket[],
): Promise<void> {
  const vectors = classifier()?.vectors;
  if (config.current().lookUps.length === 0 && vectors === undefined) return;
  const all = tickets();
  await Promise.all([lookUps.ask(all), vectors?.prepare(all)]);
}
