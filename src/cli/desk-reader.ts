import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { openDatabase } from '../db/open.ts';
import { decisionsOf, ticketByNumber } from '../db/ticket-queries.ts';
import { Problem } from '../domain/problem.ts';
import { decisionShape, ticketShape } from '../http/api-shapes.ts';
import { ownSecrets } from '../kit/own-secrets.ts';
import { SERVICE_FILE } from '../main.ts';

/** A ticket and why it is as it is, as the API shows them. */
export interface Explained {
  ticket: Written<ReturnType<typeof ticketShape>>;
  decisions: Written<ReturnType<typeof decisionShape>>[];
}

/** What is left of a type when it has gone through JSON. */
export type Written<Value> = Value extends Temporal.Instant
  ? string
  : Value extends readonly (infer Item)[]
    ? Written<Item>[]
    : Value extends object
      ? { [Name in keyof Value]: Written<Value[Name]> }
      : Value;

/**
 * Reads a ticket and its decisions: from the database, or through the service that keeps the data folder
 * for itself. The folder's lock tells whether there is one, so that our token goes to nobody else who took
 * over the port of a service that was killed.
 *
 * @throws Problem `ticket.not-found`, `data.in-use` when that service does not answer
 */
export async function readExplained(number: number, environment: Environment): Promise<Explained> {
  try {
    return await readDatabase(number, environment);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const answered = await askService(number, environment);
    if (answered === null) throw error;
    return answered;
  }
}

/** Null when no service answers: it is starting, or another command has the folder. */
async function askService(number: number, environment: Environment): Promise<Explained | null> {
  const address = addressOfService(environment.TABLEDESK_DATA);
  if (address === null) return null;
  const token =
    environment.TABLEDESK_TOKEN ?? ownSecrets(environment.TABLEDESK_DATA, ['TABLEDESK_TOKEN']).TABLEDESK_TOKEN;
  const ask = (path: string) => fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const [ticket, decisions] = await Promise.all([
    ask(`/api/tickets/${number}`),
    ask(`/api/tickets/${number}/decisions`),
  ]).catch(() => []);
  if (ticket?.status === 404) throw notFound(number);
  if (!ticket?.ok || !decisions?.ok) return null;
  const { decisions: list } = (await decisions.json()) as Pick<Explained, 'decisions'>;
  return { ticket: (await ticket.json()) as Explained['ticket'], decisions: list };
}

function addressOfService(dataFolder: string): string | null {
  const file = join(dataFolder, SERVICE_FILE);
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { address: string }).address;
}

async function readDatabase(number: number, environment: Environment): Promise<Explained> {
  const { DATABASE_URL: url, TABLEDESK_DATA: dataFolder } = environment;
  const connection = await openDatabase({ url, dataFolder });
  try {
    const ticket = await ticketByNumber(connection.queries, number);
    if (ticket === null) throw notFound(number);
    const decisions = (await decisionsOf(connection.queries, ticket.key)).map(decisionShape);
    return throughJson({ ticket: ticketShape(ticket), decisions });
  } finally {
    await connection.close();
  }
}

function throughJson<Value>(value: Value): Written<Value> {
  return JSON.parse(JSON.stringify(value)) as Written<Value>;
}

function notFound(number: number): Problem {
  return new Problem({
    code: 'ticket.not-found',
    message: `There is no ticket with the number ${number}.`,
    fix: 'Look the number up in the console, or in the acknowledgement.',
  });
}
