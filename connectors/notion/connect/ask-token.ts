import { askForToken as askFor } from '../../../src/kit/store/ask-token.ts';
import type { ConnectGiven } from '../../../src/kit/connect.ts';
import type { Client } from '../client.ts';
import { NotionProblem } from '../problems.ts';
import { CONNECTIONS_PAGE, openSetup, whoami } from './setup.ts';
import type { Myself } from '../wire.ts';

/** Capabilities to tick, as the page of a connection names them, and what each is for. */
export const CAPABILITIES = [
  { capability: 'Read content', why: 'see tickets and what people change' },
  { capability: 'Update content', why: 'write tickets, add missing properties and options' },
  { capability: 'Insert content', why: 'make the database, and a page for each ticket' },
  { capability: 'Read user information including email addresses', why: 'know who can be assigned' },
  { capability: 'Read comments', why: 'if you like: comments on a ticket become notes of it' },
] as const;

/** What a token opens. */
export interface Opened {
  token: string;
  client: Client;
  myself: Myself;
}

/** Asks for a token until there is one that Notion knows; the one of the environment comes first. */
export function askForToken(given: ConnectGiven): Promise<Opened> {
  return askFor(given, {
    variable: 'NOTION_TOKEN',
    howToMakeOne: howToMakeOne(),
    question: 'Its token (it begins with ntn_ and is not shown)',
    again: 'Notion does not know this token. Another one',
    open: (token) => open(given, token),
    isUnknown: (error) => error instanceof NotionProblem && error.answer.status === 401,
  });
}

function howToMakeOne(): string {
  const width = Math.max(...CAPABILITIES.map(({ capability }) => capability.length)) + 2;
  return [
    'Tabledesk comes into Notion as an internal connection, which an owner of the workspace makes.',
    '',
    `  1. Open ${CONNECTIONS_PAGE} and press "New connection" ("New integration" in`,
    '     some workspaces). Call it Tabledesk, choose the workspace and the type "Internal", and save.',
    '  2. Under "Capabilities" tick these, and save:',
    ...CAPABILITIES.map(({ capability, why }) => `       ${capability.padEnd(width)}${why}`),
    '  3. Share one page with it: open the page under which tickets are to live, an empty one will do, press •••',
    '     at the upper right, choose "Connections", and then Tabledesk. It sees what is below that page, and',
    '     nothing else.',
    '  4. Copy the token from the page of the connection.',
    '',
  ].join('\n');
}

/** Finds out whose the token is. */
async function open(given: ConnectGiven, token: string): Promise<Opened> {
  const client = openSetup(given, token);
  const myself = await whoami(client);
  const { name, workspace } = myself;
  const whose = name === null ? '' : `: it is "${name}"${workspace === null ? '' : ` of the workspace "${workspace}"`}`;
  given.say(`Notion knows the token${whose}.\n`);
  return { token, client, myself };
}
