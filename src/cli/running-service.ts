import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { ownSecrets } from '../kit/own-secrets.ts';
import { callerHeader } from '../http/caller-name.ts';
import { SERVICE_FILE } from '../http/service-file.ts';
import { whoIsHere } from './who-is-here.ts';

/** What is to be done there, when it is more than reading. */
interface Asked {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  /** In place of a body in JSON. */
  csv?: string;
}

/**
 * Asks the service that keeps the data folder for itself. Only for when the folder's lock says that there is
 * one: our token is not for whoever took over the port of a service that was killed.
 *
 * @param path of the API, as `/api/status`
 * @returns null when no service answers: it is starting, or another command has the folder
 */
export async function askService(environment: Environment, path: string, asked: Asked = {}): Promise<Response | null> {
  const address = addressOfService(environment.TABLEDESK_DATA);
  if (address === null) return null;
  const token =
    environment.TABLEDESK_TOKEN ?? ownSecrets(environment.TABLEDESK_DATA, ['TABLEDESK_TOKEN']).TABLEDESK_TOKEN;
  try {
    const { method = 'GET', body, csv } = asked;
    const sent = csv ?? (body === undefined ? undefined : JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${token}`,
      ...callerHeader(whoIsHere()),
      ...(sent !== undefined && { 'content-type': csv === undefined ? 'application/json' : 'text/csv' }),
    };
    return await fetch(`${address}${path}`, { method, headers, ...(sent !== undefined && { body: sent }) });
  } catch {
    return null;
  }
}

function addressOfService(dataFolder: string): string | null {
  const file = join(dataFolder, SERVICE_FILE);
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { address: string }).address;
}
