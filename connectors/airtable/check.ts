import { Problem } from '../../src/domain/problem.ts';
import { isAgent } from '../../src/kit/store/base-people.ts';
import { isNeeded } from '../../src/kit/store/propose-fields.ts';
import { clockFindings, findingOf } from '../../src/kit/store/store-findings.ts';
import { teamFindings, type TeamWords } from '../../src/kit/store/team-findings.ts';
import type { StoreFinding } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { lackingOptions } from './fields.ts';
import { AirtableProblem, isRefusal } from './problems.ts';
import { ROW_COUNT } from './read.ts';
import { describeMisfit, type Schema } from './schema.ts';
import { listWebhooks } from './webhooks/calls.ts';
import { Bases, KeptCount, Page, Written } from './wire.ts';

/** Parts of a limit at which there is still time to do something about it. */
const NEARLY_SPENT = 0.8;
const NEARLY_FULL = 0.9;

const TOKENS = 'airtable.com/create/tokens';

const WORDS: TeamWords = {
  table: 'table',
  field: 'column',
  id: { name: 'field id', example: 'fld…' },
  shownBy: 'a lookup or a formula',
};

/** Looks at everything that we need of the base. Five requests at most, and one more where it may call us. */
export async function checkBase(base: Base): Promise<readonly StoreFinding[]> {
  base.learnt.canChangeSchema = true;
  try {
    const schema = await base.schema.refresh(null);
    await base.locks.load(schema);
    return [
      ...columnFindings(schema),
      ...lockFindings(base, schema),
      ...optionFindings(schema),
      ...teamFindings(WORDS, schema.table.fields, schema),
      ...peopleFindings(base, schema),
      ...(await rightFindings(base, schema)),
      ...(await newsFindings(base)),
      ...clockFindings('Airtable', schema.clockAheadSeconds),
      ...monthFindings(base),
      ...(await roomFindings(base)),
      ...learntFindings(base),
    ];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [await explain(base, error)];
  }
}

function columnFindings({ misfits }: Schema): StoreFinding[] {
  return misfits.map((misfit): StoreFinding => {
    const severity = isNeeded(misfit.column) ? 'error' : 'warning';
    const what = describeMisfit(misfit);
    const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
    if (misfit.field === null) {
      const fix = `Run \`npx tabledesk doctor --fix\`, which adds it; or, if it was renamed, name its field id in desk.yaml: columns: { ${misfit.column.name}: fld… }.`;
      return { severity, message, fix, fixable: true };
    }
    const fix = `Change its type back in Airtable, or rename it and run \`npx tabledesk doctor --fix\`, which adds a new one.`;
    return { severity, message, fix, fixable: false };
  });
}

/** What writing found out: nothing else shows it. */
function lockFindings({ locks }: Base, schema: Schema): StoreFinding[] {
  return locks.told(schema).map(({ message, fix }) => ({ severity: 'warning', message, fix, fixable: false }));
}

/** The options that a column lacks, for each column that lacks some. */
export function missingOffers({ bound }: Schema): readonly { name: string; title: string; options: string[] }[] {
  return [...bound].flatMap(([name, { column, field }]) => {
    const options = lackingOptions(column, field);
    return options.length === 0 ? [] : [{ name, title: field.name, options }];
  });
}

function optionFindings(schema: Schema): StoreFinding[] {
  return missingOffers(schema).map(({ title, options }) => ({
    severity: 'warning',
    message: `The column "${title}" does not offer ${options.map((option) => `"${option}"`).join(', ')}.`,
    fix: 'Run `npx tabledesk doctor --fix`, or add it in Airtable, written in the same way.',
    fixable: true,
  }));
}

/** A column of people takes only those who have access to the base. */
function peopleFindings({ given }: Base, { bound, people }: Schema): StoreFinding[] {
  return [...bound.values()].flatMap(({ column, field }): StoreFinding[] => {
    if (field.type !== 'singleCollaborator' || column.type.kind !== 'person') return [];
    if (people === null) return [peopleHidden(field.name)];
    const strangers = column.type.agents.filter((agent) => !people.some((person) => isAgent(person, agent)));
    if (strangers.length === 0 || given.columns().length === 0) return [];
    const names = strangers.map(({ name, email }) => (email === null ? `${name} (no email)` : `${name} (${email})`));
    return [
      {
        severity: 'warning',
        message: `Without access to the base, and so never shown in the column "${field.name}": ${names.join(', ')}.`,
        fix: 'Invite them to the base as editors with the email that people.yaml has, or make the column a single select.',
        fixable: false,
      },
    ];
  });
}

function peopleHidden(title: string): StoreFinding {
  return {
    severity: 'warning',
    message: `The token may not see who has access to the base, so people are put into the column "${title}" by their email alone.`,
    fix: 'Make the column a single select, or use the token of somebody who may see the members of the base.',
    fixable: false,
  };
}

/** Scopes of a personal token are told nowhere; they show when they are used. Writing no record is harmless. */
async function rightFindings({ client, settings }: Base, { table }: Schema): Promise<StoreFinding[]> {
  const reading = client.ask({
    kind: 'rows',
    method: 'POST',
    path: `/${table.id}/listRecords`,
    body: { pageSize: 1, maxRecords: 1, fields: [] },
    shape: Page,
    isRepeatable: true,
  });
  const writing = client.ask({
    kind: 'rows',
    method: 'PATCH',
    path: `/${table.id}`,
    body: { records: [] },
    shape: Written,
    isRepeatable: true,
  });
  const [read, written] = await Promise.allSettled([reading, writing]);
  const found = [
    ...rightFinding(read, `read rows of the base ${settings.base}`, 'data.records:read'),
    ...rightFinding(written, `write rows of the base ${settings.base}`, 'data.records:write'),
  ];
  // A base that answers nobody says so to both.
  return [...new Map(found.map((finding) => [finding.message, finding])).values()];
}

function rightFinding(outcome: PromiseSettledResult<unknown>, wanted: string, scope: string): StoreFinding[] {
  if (outcome.status === 'fulfilled' || isRefusal(outcome.reason)) return [];
  const error: unknown = outcome.reason;
  if (!(error instanceof Problem)) throw error;
  if (!(error instanceof AirtableProblem) || error.answer.status !== 403) return [findingOf(error)];
  return [
    {
      severity: 'error',
      message: `The token may not ${wanted}.`,
      fix: `Give it the scope ${scope} on ${TOKENS}, and see that its owner is at least an editor of the base.`,
      fixable: false,
    },
  ];
}

/** Where we have an address to be called at, the token has to be one that may make webhooks. */
async function newsFindings(base: Base): Promise<StoreFinding[]> {
  if (!base.given.environment['PUBLIC_URL']) return [];
  try {
    await listWebhooks(base);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!(error instanceof AirtableProblem) || error.answer.status !== 403) return [findingOf(error)];
    return [
      {
        severity: 'warning',
        message: 'The token may not make webhooks, so what people change is looked for, and not told by Airtable.',
        fix: `Give it the scope webhook:manage on ${TOKENS}, see that its owner is a creator of the base, and start again.`,
        fixable: false,
      },
    ];
  }
}

function monthFindings({ given, budget }: Base): StoreFinding[] {
  const { requestsPerMonth: most } = budget;
  const spent = given.meter.spentThisMonth();
  if (most === null || spent < most * NEARLY_SPENT) return [];
  return [
    {
      severity: 'warning',
      message: `${spent} of this month's ${most} requests to Airtable are spent.`,
      fix: 'Take a larger plan, or look for edits less often; on a spent month rows are neither read nor written.',
      fixable: false,
    },
  ];
}

/** As many rows as the last full reading found; other tables of the base count too. */
async function roomFindings({ given, budget }: Base): Promise<StoreFinding[]> {
  const rows = KeptCount.parse(await given.memory.get(ROW_COUNT));
  if (rows === null || rows < budget.recordsPerBase * NEARLY_FULL) return [];
  return [
    {
      severity: 'warning',
      message: `The table has ${rows} rows, and the plan allows ${budget.recordsPerBase} in the whole base.`,
      fix: 'Move closed tickets into another base, or take a larger plan, before new tickets get no row.',
      fixable: false,
    },
  ];
}

function learntFindings({ learnt }: Base): StoreFinding[] {
  const twins = [...learnt.twins].map(([key, address]): StoreFinding => ({
    severity: 'warning',
    message: `Two rows have the key ${key}; only the older one is kept up to date.`,
    fix: `Delete the younger one: ${address}`,
    fixable: false,
  }));
  const lost = [...learnt.lostOptions].map(([title, options]): StoreFinding => ({
    severity: 'warning',
    message: `The column "${title}" could not take ${[...options].map((option) => `"${option}"`).join(', ')}.`,
    fix: 'Add it in Airtable, or give the token the scope schema.bases:write, so that Tabledesk can.',
    fixable: true,
  }));
  return [...twins, ...lost];
}

/** One answer stands for several causes, so the bases that the token sees tell which it is. */
async function explain({ client, settings }: Base, problem: Problem): Promise<StoreFinding> {
  if (!(problem instanceof AirtableProblem) || problem.code !== 'airtable.no-access') return findingOf(problem);
  try {
    const { value } = await client.ask({
      kind: 'schema',
      method: 'GET',
      path: '/bases',
      shape: Bases,
      isRepeatable: true,
    });
    const isSeen = value.offset !== undefined || value.bases.some(({ id }) => id === settings.base);
    return isSeen ? findingOf(problem) : baseUnseen(settings.base);
  } catch (error) {
    if (!(error instanceof AirtableProblem) || error.answer.status !== 403) return findingOf(problem);
    return {
      severity: 'error',
      message: 'The token may not read how the base is made.',
      fix: `Give it the scope schema.bases:read on ${TOKENS}.`,
      fixable: false,
    };
  }
}

function baseUnseen(base: string): StoreFinding {
  return {
    severity: 'error',
    message: `The token does not see the base ${base}, or there is no such base.`,
    fix: `Add the base to the token's access on ${TOKENS}, see that its owner is a member of the base, and check the id in desk.yaml.`,
    fixable: false,
  };
}
