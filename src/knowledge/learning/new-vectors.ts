import { judgedText } from '../../decide/judged-text.ts';
import { mayBeKept } from '../../decide/kept-from-models.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { CurrentEmbedder } from '../vectors/current-embedder.ts';
import type { LearningParts } from './parts.ts';
import { type GatherParts, gatherVectors, nameOfVector } from '../vectors/gather.ts';
import { learnedText } from './learned-guess.ts';

/** New tickets wait no longer than this for their vectors: words alone are nearly as good. */
const SECONDS = 5;

/** The vectors of new texts, for a model that learned from those of one space. */
export function createNewVectors(
  parts: GatherParts & { embedder: CurrentEmbedder; config: LearningParts['config'] },
  space: string,
): NonNullable<Classifier['vectors']> {
  return {
    nameOf: (text) => nameOfVector(space, learnedText(text)),
    async prepare(tickets) {
      const { keptFromModels } = parts.config.current().policy.triage;
      const texts = tickets
        .filter((ticket) => !mayBeKept(ticket, keptFromModels))
        .map((ticket) => ({ text: learnedText(judgedText(ticket)), requester: ticket.requester }))
        .filter(({ text }) => text !== '');
      try {
        const embedder = await parts.embedder();
        // Another model was named since, and is learned from soon: until then its vectors say nothing here.
        if (embedder === null || (await embedder.space()) !== space) return;
        await gatherVectors(parts, embedder, { texts, seconds: SECONDS });
      } catch (err) {
        parts.log.error({ err }, 'vectors of new tickets failed by a fault of ours; words must do');
      }
    },
  };
}
