import type { Environment } from '../config/environment.ts';
import { openDatabase } from '../db/open.ts';
import type { LoadedConfig } from '../config/live.ts';
import { explainTicket } from '../reports/playbook/explain.ts';
import { ticketByNumber } from '../db/ticket-queries.ts';
import { Problem } from '../domain/problem.ts';
import { ticketShape } from '../decide/ticket-shape.ts';
import { explainedShape } from '../http/api-shapes.ts';
import { askService } from './running-service.ts';

/** A ticket and why it is as it is, as the API shows them. */
export interface Explained {
  ticket: Written<ReturnType<typeof ticketShape>>;
  decisions: Written<ReturnType<typeof explainedShape>>[];
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
export async function readExplained(
  number: number,
  environment: Environment,
  config: LoadedConfig | null,
): Promise<Explained> {
  try {
    return await readDatabase(number, environment, config);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const answered = await askForExplanation(number, environment);
    if (answered === null) throw error;
    return answered;
  }
}

/** Null when no service answers: it is starting, or another command has the folder. */
async function askForExplanation(number: number, environment: Environment): Promise<Explained | null> {
  const [ticket, decisions] = await Promise.all([
    askService(environment, `/api/tickets/${number}`),
    askService(environment, `/api/tickets/${number}/decisions`),
  ]);
  if (ticket?.status === 404) throw notFound(number);
  if (!ticket?.ok || !decisions?.ok) return null;
  const { decisions: list } = (await decisions.json()) as Pick<Explained, 'decisions'>;
  return { ticket: (await ticket.json()) as Explained['ticket'], decisions: list };
}

async function readDatabase(number: number, environment: Environment, config: LoadedConfig | null): Promise<Explained> {
  const { DATABASE_URL: url, TABLEDESK_DATA: dataFolder } = environment;
  const connection = await openDatabase({ url, dataFolder });
  try {
    const ticket = await ticketByNumber(connection.queries, number);
    if (ticket === null) throw notFound(number);
    const chain = await explainTicket(connection.queries, ticket, config);
    const decisions = chain.map(explainedShape);
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
