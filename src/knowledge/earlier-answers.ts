import { mayBeKept } from '../decide/kept-from-models.ts';
import { ownPart } from '../decide/conditions/quoted.ts';
import type { KeptFromModels } from '../decide/policy.ts';
import { anonymous, type OwnPattern } from '../kit/masking/index.ts';
import { withoutGreeting } from '../kit/without-greeting.ts';
import type { EarlierAnswer, FindEarlierAnswers } from '../ports/earlier-answers.ts';
import type { FoundAnswer, PastAnswers } from './past-answers.ts';

/** How much a question has in common with one that was answered at least, so that the answer may help. */
const HELPFUL = 0.2;

/** People say first what they want; each further word costs a look. */
const LONGEST_LOOKED_FOR = 600;

/** So many are looked at for those of the category that were good. */
const MOST_LOOKED_AT = 40;

/** So long an answer is worth reading; below, it says that something was done. */
const SHORTEST_ANSWER = 40;

/** Who gave less was not helped. */
const CONTENT = 3;

/**
 * Finds answers after which nobody wrote again, to questions of the category. Nothing that tells whose they were goes
 * along, wherever the model stands: one customer's words must never reach another. What is kept from models is none.
 */
export function createEarlierAnswers({
  pastAnswers,
  own,
  kept,
}: {
  pastAnswers: PastAnswers;
  own: () => readonly OwnPattern[];
  kept: () => KeptFromModels;
}): FindEarlierAnswers {
  return async (text, { category, most }) => {
    const found = await pastAnswers.find(text.slice(0, LONGEST_LOOKED_FOR), MOST_LOOKED_AT);
    return found
      .filter((answer) => answer.category === category && answer.likeness >= HELPFUL && isGood(answer))
      .filter((answer) => !mayBeKept(answer, kept()))
      .toSorted((one, other) => other.likeness - one.likeness)
      .slice(0, most)
      .map((answer) => ofNobody(answer, own()));
  };
}

function isGood({ answer, reopenCount, satisfaction }: FoundAnswer): boolean {
  return answer.length >= SHORTEST_ANSWER && reopenCount === 0 && (satisfaction ?? CONTENT) >= CONTENT;
}

function ofNobody({ number, subject, text, answer, asker }: FoundAnswer, own: readonly OwnPattern[]): EarlierAnswer {
  const hidden = (said: string) => anonymous(said, { known: asker, own });
  return {
    number,
    subject: hidden(subject),
    question: hidden(ownPart(text)),
    answer: hidden(withoutGreeting(ownPart(answer).trim())),
  };
}
