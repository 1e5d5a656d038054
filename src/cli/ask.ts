import { Problem } from '../domain/problem.ts';
import type { Ask, Choice } from '../kit/connect.ts';

/** Choices that a message lists; nobody reads more. */
const LONGEST_LIST = 20;

/** Lines of a list on the screen at once. */
const PAGE = 15;

/** What was said on the command line. */
export interface Given {
  /** By the name of the question. `true` is an option without a value. */
  answers: Readonly<Record<string, string | boolean | undefined>>;
  /** Takes what is proposed wherever nothing was said. */
  takesUsual: boolean;
}

/** The terminal's two ends. */
export interface Seat {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * Asks what the command line did not say.
 *
 * @param seat where somebody sits; null in a script
 * @throws Problem `ask.no-answer` where nobody can be asked, `ask.not-a-choice`, `ask.broken-off`
 */
export function createAsk({ answers, takesUsual }: Given, seat: Seat | null): Ask {
  return {
    isSaid: (name) => answers[name] !== undefined,
    isAttended: seat !== null && !takesUsual,
    async secret(name, question) {
      if (seat === null) throw noAnswer(question, `Set ${name} in the environment or in .env.`);
      const { password } = await import('@inquirer/prompts');
      return (await patient(password({ message: question, mask: '•', toggleMask: false }, seat))).trim();
    },
    async text(name, question, usual) {
      const said = answers[name];
      if (typeof said === 'string') return said;
      if (takesUsual && usual !== undefined) return usual;
      if (seat === null) throw noAnswer(question, `Say it with ${optionOf(name)} <text>${usualHint(usual)}.`);
      const { input } = await import('@inquirer/prompts');
      return patient(input({ message: question, ...(usual === undefined ? {} : { default: usual }) }, seat));
    },
    async choose(name, question, choices) {
      const said = answers[name];
      if (typeof said === 'string') return choiceSaid(said, { name, question, choices });
      const usual = choices.find(({ isUsual }) => isUsual);
      if (takesUsual && usual !== undefined) return usual.value;
      if (seat === null) throw noAnswer(question, `Say it with ${optionOf(name)}, one of: ${listed(choices)}.`);
      return chooseThere(question, choices, seat);
    },
    async confirm(name, question, usual) {
      const said = answers[name];
      if (typeof said === 'boolean') return said;
      if (takesUsual) return usual;
      if (seat === null) throw noAnswer(question, `Say yes with ${optionOf(name)}.`);
      const { confirm } = await import('@inquirer/prompts');
      return patient(confirm({ message: question, default: usual }, seat));
    },
  };
}

/** The option that answers a question: `--table`, or `--column category=…` for a question about one of many. */
function optionOf(name: string): string {
  const [option, part] = name.split('.');
  return part === undefined ? `--${option}` : `--${option} ${part}=…`;
}

function usualHint(usual: string | undefined): string {
  return usual === undefined ? '' : `, or take "${usual}" and all else that is proposed with --yes`;
}

/** Lists are asked by position, as inquirer's own values have to be told apart by eye. */
async function chooseThere<Value>(question: string, choices: readonly Choice<Value>[], seat: Seat): Promise<Value> {
  const { select } = await import('@inquirer/prompts');
  const offered = choices.map(({ name, hint }, value) => ({
    name,
    value,
    ...(hint === undefined ? {} : { description: hint }),
  }));
  const usual = choices.findIndex(({ isUsual }) => isUsual);
  const picked = await patient(
    select({ message: question, choices: offered, default: Math.max(usual, 0), pageSize: PAGE }, seat),
  );
  const choice = choices[picked];
  if (choice === undefined) throw new Error(`The list has no line ${picked}.`);
  return choice.value;
}

/** By its value, where that is a word such as an id, or else by its name, capitals or not. */
function choiceSaid<Value>(
  said: string,
  { name, question, choices }: { name: string; question: string; choices: readonly Choice<Value>[] },
): Value {
  const named = choices.filter((choice) => choice.name.toLowerCase() === said.toLowerCase());
  const other = named.length === 0 ? choices.find(({ isOther }) => isOther) : undefined;
  const found = choices.find(({ value }) => value === said) ?? (named.length === 1 ? named[0] : other);
  if (found !== undefined) return found.value;
  const message =
    named.length > 1
      ? `${optionOf(name)} "${said}" could mean ${named.length} things. ${question}`
      : `${optionOf(name)} "${said}" is not among the answers. ${question}`;
  throw new Problem({ code: 'ask.not-a-choice', message, fix: `One of: ${listed(choices)}.` });
}

function listed(choices: readonly Choice<unknown>[]): string {
  const all = choices.map(({ name, value }) =>
    typeof value === 'string' && value !== name ? `${value} (${name})` : name,
  );
  const more = all.length - LONGEST_LIST;
  return more > 0 ? `${all.slice(0, LONGEST_LIST).join(', ')} and ${more} more` : all.join(', ');
}

function noAnswer(question: string, fix: string): Problem {
  return new Problem({
    code: 'ask.no-answer',
    message: `Nobody sits here to be asked: ${question}`,
    fix,
  });
}

/** Somebody who presses Ctrl+C has an answer too. */
async function patient<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error) || !/^(?:Exit|AbortPrompt)/.test(error.name)) throw error;
    throw new Problem(
      {
        code: 'ask.broken-off',
        message: 'You broke off; nothing was written down.',
        fix: 'Run the same command again whenever you like.',
      },
      { cause: error },
    );
  }
}
