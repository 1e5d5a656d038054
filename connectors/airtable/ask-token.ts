import { Problem } from '../../src/domain/problem.ts';
import { askForToken as askFor } from '../../src/kit/store/ask-token.ts';
import type { ConnectGiven } from '../../src/kit/connect.ts';
import { type ListedBase, listBases, openSetup, type Setup, whoami } from './setup.ts';
import type { Account } from './wire.ts';
import { AirtableProblem } from './problems.ts';

/** Scopes to tick, as developers/web/api/scopes names them, and what each is for. */
export const SCOPES = [
  { scope: 'data.records:read', why: 'see tickets and what people change' },
  { scope: 'data.records:write', why: 'write tickets' },
  { scope: 'schema.bases:read', why: 'know the columns, and who can be assigned' },
  { scope: 'schema.bases:write', why: 'make the table, add missing columns and options' },
] as const;

/** One more for who wants it: Airtable calls only where it can reach us. */
export const CALLING = {
  scope: 'webhook:manage',
  why: 'hear of edits within a second, for far fewer requests',
} as const;

/** Where tokens are made. */
const TOKENS_PAGE = 'https://airtable.com/create/tokens';

/** What a token opens. */
export interface Opened {
  token: string;
  setup: Setup;
  bases: readonly ListedBase[];
}

/** Asks for a token until there is one that Airtable knows; the one of the environment comes first. */
export function askForToken(given: ConnectGiven): Promise<Opened> {
  return askFor(given, {
    variable: 'AIRTABLE_TOKEN',
    howToMakeOne: howToMakeOne(given),
    question: 'Your token (it begins with pat and is not shown)',
    again: 'Airtable does not know this token. Another one',
    open: (token) => open(given, token),
    isUnknown: (error) => error instanceof AirtableProblem && error.answer.status === 401,
  });
}

function howToMakeOne({ environment: { PUBLIC_URL } }: ConnectGiven): string {
  const width = Math.max(...SCOPES.map(({ scope }) => scope.length)) + 2;
  const scopeLine = ({ scope, why }: { scope: string; why: string }) => `       ${scope.padEnd(width)}${why}`;
  return [
    'Tabledesk comes into Airtable with a personal access token.',
    '',
    `  1. Open ${TOKENS_PAGE} and press "Create new token".`,
    '     Best as a user made for it, such as helpdesk@…: when the owner of a token leaves the base, it stops working.',
    '  2. Under "Scopes" add:',
    ...SCOPES.map(scopeLine),
    `     ${PUBLIC_URL ? 'One more, if you like, as PUBLIC_URL is set' : 'One more, if the internet is to reach Tabledesk at a PUBLIC_URL'}:`,
    scopeLine(CALLING),
    '  3. Under "Access" add the base in which tickets are to live. An empty one will do.',
    '  4. Press "Create token", and copy it: Airtable shows it once.',
    '',
  ].join('\n');
}

/** Finds out whose the token is and what it can see. */
async function open(given: ConnectGiven, token: string): Promise<Opened> {
  const setup = openSetup(given, token);
  const account = await whoami(setup);
  const bases = await listBases(setup);
  if (bases.length === 0) throw noBase();
  given.say(
    `Airtable knows the token${ownerWords(account)}; it sees ${bases.length === 1 ? '1 base' : `${bases.length} bases`}.\n`,
  );
  return { token, setup, bases };
}

/** Its owner's address shows only with a scope that we do not ask for. */
function ownerWords({ email }: Account): string {
  return email === null ? '' : ` of ${email}`;
}

function noBase(): Problem {
  return new Problem({
    code: 'airtable.no-base',
    message: 'The token is good, and sees no base.',
    fix: `Open ${TOKENS_PAGE}, edit the token, and add the base under "Access"; make an empty base first if there is none.`,
  });
}
