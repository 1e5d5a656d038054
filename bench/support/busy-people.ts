import { createChance } from '../../test/support/chance.ts';
import { isFilled, PERSON, type SimulatedBase, TABLE } from './base-desk.ts';

/** What people change in a row, and to what. Nothing here is changed by a rule once a person chose it. */
export const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  Priority: ['Low', 'High', 'Critical'],
  Category: ['billing', 'bug', 'question'],
  Requester: ['Greta Holm', 'Ines Duarte'],
  Subject: ['Looked at by a person', 'Asked again by phone'],
  'Internal notes': ['Called back.', 'Waits for the bank.'],
};

/** By this an answer of theirs is known. */
export const ANSWER = 'We are looking into it, answer';

/** Of the edits, so many are answers to the customer. */
const ANSWERS = 0.2;

/** An edit that a person made. */
export interface Edit {
  row: string;
  column: string;
  value: unknown;
  /** What the cell showed until then. */
  was: unknown;
  /** Milliseconds since 1970. */
  at: number;
}

/** People who work in the base whatever happens to us, and who remember what they did. */
export interface BusyPeople {
  edits(): number;
  /** The last of each cell. */
  lastEdits(): readonly Edit[];
  /** What they answered, each once. */
  answers(): readonly { row: string; text: string }[];
  stop(): void;
  /** What they did and find no more. */
  violations(): string[];
  /** Answers of theirs that stand in none of the mails, or in more than one. */
  repliesNotSent(mails: readonly string[]): string[];
}

export function createBusyPeople(
  { people }: SimulatedBase,
  {
    perSecond,
    seed,
    choices = CHOICES,
  }: { perSecond: number; seed: number; choices?: Readonly<Record<string, readonly unknown[]>> },
): BusyPeople {
  const chance = createChance(seed + 1);
  const person = people.as(PERSON.name);
  /** The last value that a person gave, by row and column. */
  const done = new Map<string, Edit>();
  const answers = new Map<string, string>();
  const state = { edits: 0 };
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)];

  function act(): void {
    const row = pick(people.rows(TABLE).filter(({ fields }) => isFilled(fields['Key'])));
    if (row === undefined) return;
    if (chance() < ANSWERS && !isFilled(row.fields['Send']) && !answers.has(row.id)) return answer(row.id);
    const [column, values] = pick(Object.entries(choices)) ?? ['Priority', ['Low']];
    const value = pick(values);
    const was = row.fields[column];
    // Who chooses what the cell shows edits nothing: no base keeps it, and nobody could find it there.
    if (was === value) return;
    person.edit(TABLE, row.id, { [column]: value });
    done.set(`${row.id} ${column}`, { row: row.id, column, value, was, at: Date.now() });
    state.edits += 1;
  }

  function answer(row: string): void {
    const text = `${ANSWER} ${answers.size + 1}.`;
    person.edit(TABLE, row, { Reply: text, Send: true });
    state.edits += 1;
    answers.set(row, text);
  }

  const acting = setInterval(act, 1000 / perSecond);
  return {
    edits: () => state.edits,
    lastEdits: () => [...done.values()],
    answers: () => [...answers].map(([row, text]) => ({ row, text })),
    stop: () => clearInterval(acting),
    violations: () =>
      [...done.values()].flatMap(({ row, column, value }) => {
        const found = people.row(TABLE, row)?.[column];
        return found === value ? [] : [`${column} of ${row} was made ${String(value)} and is ${String(found)}`];
      }),
    repliesNotSent: (mails) =>
      [...answers.values()].flatMap((text) => {
        const count = mails.filter((mail) => mail.includes(text)).length;
        return count === 1 ? [] : [`the answer "${text}" was sent ${count} times`];
      }),
  };
}
