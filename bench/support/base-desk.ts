import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONNECTORS } from '../../connectors/index.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import type { BenchDesk } from './bench-desk.ts';

/** The table that tickets are kept in. */
export const TABLE = 'Tickets';

/** Who works in it. */
export const PERSON = { name: 'Ana Torres', email: 'ana@example.com' };

/** What all simulated bases have: what people do there, and what was asked of them. */
export interface SimulatedBase {
  people: {
    as(name: string): { edit(table: string, id: string, values: Readonly<Record<string, unknown>>): void };
    row(table: string, id: string): Record<string, unknown> | null;
    rows(table: string): Row[];
  };
  requests(): readonly { kind: string; at: number; fault: string | null }[];
  counters(): { requests: number; byKind: Readonly<Partial<Record<string, number>>>; tooMany: number };
  clearLog(): void;
}

/** A row as people see it, by the titles of its columns. */
export interface Row {
  id: string;
  fields: Record<string, unknown>;
}

/** A desk whose tickets are kept in a simulated base, with a table as `connect` makes it. */
export interface BaseDesk extends BenchDesk {
  base: SimulatedBase;
  /** What the service needs in its environment. */
  variables: Readonly<Record<string, string>>;
}

/** The columns that the desk wants of its base. */
export async function columnsOf({ configFolder: folder }: BenchDesk): Promise<readonly Column[]> {
  const environment = { JSON_TOKEN: 'made at the first start' };
  const result = await loadConfig({ folder, environment, connectors: CONNECTORS });
  if ('findings' in result) throw new Error(JSON.stringify(result.findings));
  return deskColumns(result.loaded.policy);
}

/** Has the desk keep its tickets there. */
export async function chooseStore(
  { configFolder }: BenchDesk,
  { kind, settings }: { kind: string; settings: object },
): Promise<void> {
  const file = join(configFolder, 'desk.yaml');
  const store = `store: ${JSON.stringify({ kind, settings })}\n`;
  await writeFile(file, `${await readFile(file, 'utf8')}\n${store}`);
}

/** Everybody works, whatever day it is: out of hours the base is asked less often. */
export async function haveEverybodyWork({ configFolder }: BenchDesk): Promise<void> {
  const people = join(configFolder, 'people.yaml');
  await writeFile(people, (await readFile(people, 'utf8')).replace(/hours:\s+Mon-Fri: .*/, 'hours: always'));
}

/** Whether a person sees anything in the cell; an empty one is told in several ways. */
export function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}
