import { Problem } from '../../src/domain/problem.ts';
import { nextLine, type Talk } from './attempts.ts';
import { type Line, repairLines } from './conversation.ts';
import { POORER } from './dialect.ts';
import { refusedByModel } from './refused.ts';
import type { Completion, Dialect } from './wire.ts';

/** How a server says that the answer was cut, or kept back. */
const CUT = 'length';
const FILTERED = 'content_filter';

/**
 * What the model answers. An answer that cannot be used is sent back once, with what is wrong with it; one that only
 * names a category of its own is taken in the end, and the category left out.
 *
 * @throws Problem `model.refused`, `model.unreadable`, and those of `nextLine`
 */
export async function hear<Answer>(talk: Talk<Answer>, first: readonly Line[]): Promise<Answer> {
  const { answer, fault, content } = await readLine(talk, first);
  if (answer !== null && fault === null) return answer;
  const again = await readLine(talk, [...first, ...repairLines(content, fault ?? '')]);
  const best = again.answer ?? answer;
  if (best === null) throw unreadable(talk);
  return best;
}

async function readLine<Answer>(talk: Talk<Answer>, lines: readonly Line[]) {
  const { finish_reason: finish, message } = choiceOf(await nextLine(talk, lines));
  if (message.refusal || finish === FILTERED) throw refusedByModel(talk.settings.name);
  const content = message.content ?? '';
  talk.dialect = afterLine(talk.dialect, { isCut: finish === CUT, isEmpty: content.trim() === '' });
  return { ...talk.form.read(content), content };
}

/** An answer that was cut needs more room; one that is empty for no reason, an endpoint that need not hold a form. */
function afterLine(dialect: Dialect, { isCut, isEmpty }: { isCut: boolean; isEmpty: boolean }): Dialect {
  if (isCut) return { ...dialect, roomy: true };
  return isEmpty ? { ...dialect, level: POORER[dialect.level] ?? dialect.level } : dialect;
}

function choiceOf({ choices }: Completion): Completion['choices'][number] {
  const [choice] = choices;
  if (choice === undefined) throw new Error('The schema lets no completion without a choice through.');
  return choice;
}

function unreadable({ settings }: Talk): Problem {
  return new Problem({
    code: 'model.unreadable',
    message: `${settings.name} answered twice with nothing that can be read.`,
    fix: 'Nothing is to be done if it is rare; else take a model that is better at answering in JSON.',
  });
}
