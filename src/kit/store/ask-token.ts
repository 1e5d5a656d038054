import type { ConnectGiven } from '../connect.ts';

interface Wanted<Opened> {
  /** The environment variable that holds it. */
  variable: string;
  /** Where it is made, and how; said to whoever has none. */
  howToMakeOne: string;
  question: string;
  /** Asked when the vendor does not know it. */
  again: string;
  /** Tries it; what it opens. */
  open(token: string): Promise<Opened>;
  /** Whether what `open` threw says that nobody knows the token. */
  isUnknown(error: unknown): boolean;
}

/** Asks for a token until there is one that the vendor knows; the one of the environment comes first. */
export async function askForToken<Opened>(given: ConnectGiven, wanted: Wanted<Opened>): Promise<Opened> {
  const { variable, howToMakeOne, question, again, open, isUnknown } = wanted;
  const known = given.environment[variable];
  if (!known) given.say(howToMakeOne);
  let token = known || (await given.ask.secret(variable, question));
  for (;;) {
    try {
      return await open(token);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      token = await given.ask.secret(variable, again);
    }
  }
}
