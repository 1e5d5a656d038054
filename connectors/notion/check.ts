import { Problem } from '../../src/domain/problem.ts';
import { agentsOf, isAgent } from '../../src/kit/store/base-people.ts';
import { isNeeded } from '../../src/kit/store/propose-fields.ts';
import { clockFindings, findingOf } from '../../src/kit/store/store-findings.ts';
import { teamFindings, type TeamWords } from '../../src/kit/store/team-findings.ts';
import type { StoreFinding } from '../../src/ports/ticket-store.ts';
import { type Base, rowAddress } from './base.ts';
import { commentFindings, inTrash, planFindings, unseen } from './check-workspace.ts';
import { isNotFound, isRefusal, isRestricted } from './problems.ts';
import { groupOf, lackingOptions, offeredOptions, optionCalled } from './properties.ts';
import { describeMisfit, type Schema } from './schema.ts';
import { DataSource, Found, Written } from './wire.ts';

const CONNECTIONS = 'notion.so/profile/integrations';

/** The name of a property that no database has, so that a page with it is refused, and never made. */
const NO_PROPERTY = 'tabledesk-asks-whether-it-may';

const WORDS: TeamWords = {
  table: 'database',
  field: 'property',
  id: { name: 'id', example: '…' },
  shownBy: 'a rollup or a formula',
};

/**
 * Looks at everything that we need of the database. Seven requests, where fewer than a hundred people are members, and
 * up to ten more where blocks are counted.
 */
export async function checkBase(base: Base): Promise<readonly StoreFinding[]> {
  base.learnt.canChangeSchema = true;
  try {
    const schema = await base.schema.refresh(null);
    if (schema.dataSource.isInTrash) return [inTrash()];
    return [
      ...columnFindings(schema),
      ...titleFindings(schema),
      ...teamFindings(WORDS, schema.dataSource.properties, schema),
      ...optionFindings(schema),
      ...groupFindings(schema),
      ...peopleFindings(schema),
      ...(await rightFindings(base, schema)),
      ...(await commentFindings(base)),
      ...(await planFindings(base, schema)),
      ...clockFindings('Notion', schema.clockAheadSeconds),
      ...(await paceFindings(base)),
      ...learntFindings(base),
    ];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [isNotFound(error) ? await unseen(base) : findingOf(error)];
  }
}

function columnFindings({ misfits }: Schema): StoreFinding[] {
  return misfits.map((misfit): StoreFinding => {
    const severity = isNeeded(misfit.column) ? 'error' : 'warning';
    const what = describeMisfit(misfit);
    const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
    if (misfit.field === null) {
      const fix = `Run \`npx tabledesk doctor --fix\`, which adds it; or, if it was renamed, name its id in desk.yaml: columns: { ${misfit.column.name}: … }.`;
      return { severity, message, fix, fixable: true };
    }
    const fix = `Change its type back in Notion, or rename it and run \`npx tabledesk doctor --fix\`, which adds a new one.`;
    return { severity, message, fix, fixable: false };
  });
}

/** Every row has a title, which is what people read everywhere. */
function titleFindings({ dataSource, bound }: Schema): StoreFinding[] {
  const title = dataSource.properties.find(({ type }) => type === 'title');
  if (title === undefined || [...bound.values()].some(({ field }) => field.id === title.id)) return [];
  return [
    {
      severity: 'warning',
      message: `Nothing of ours is in the property "${title.name}", the title of each row, so rows are called Untitled.`,
      fix: `Put it into desk.yaml, as columns: { subject: ${title.id} }; it then holds the subject.`,
      fixable: false,
    },
  ];
}

/** The options that a property lacks, for each property that lacks some. */
export function missingOffers({ bound }: Schema): readonly { name: string; title: string; options: string[] }[] {
  return [...bound].flatMap(([name, { column, field }]) => {
    const options = lackingOptions(column, field);
    return options.length === 0 ? [] : [{ name, title: field.name, options }];
  });
}

function optionFindings(schema: Schema): StoreFinding[] {
  return missingOffers(schema).map(({ title, options }) => ({
    severity: 'warning',
    message: `The property "${title}" does not offer ${options.map((option) => `"${option}"`).join(', ')}.`,
    fix: 'Run `npx tabledesk doctor --fix`, or add it in Notion, written in the same way.',
    fixable: true,
  }));
}

/** Notion counts by its groups what is done. Whether a ticket is to do or in progress is for people to say. */
function groupFindings({ bound }: Schema): StoreFinding[] {
  return [...bound.values()].flatMap(({ column, field: property }) => {
    const done = property.groups.find(({ name }) => name === 'Complete');
    if (property.type !== 'status' || done === undefined) return [];
    return offeredOptions(column).flatMap((option): StoreFinding[] => {
      const found = optionCalled(property, option);
      const isDone = groupOf(column, option) === 'Complete';
      if (found === undefined || done.option_ids.includes(found.id) === isDone) return [];
      return [
        {
          severity: 'warning',
          message: `The property "${property.name}" has "${option}" ${isDone ? 'not in' : 'in'} the group Complete.`,
          fix: `In Notion, edit the property and drag "${option}" ${isDone ? 'into' : 'out of'} that group, or boards count it wrongly.`,
          fixable: false,
        },
      ];
    });
  });
}

/** A property of people takes only those whom Notion tells us of. */
function peopleFindings({ bound, people }: Schema): StoreFinding[] {
  return [...bound.values()].flatMap(({ column, field: property }): StoreFinding[] => {
    if (property.type !== 'people' || column.type.kind !== 'person') return [];
    if (people === null) return [peopleHidden(property.name, 'who is in the workspace')];
    const agents = agentsOf(column);
    const isMute = people.length > 0 && people.every(({ email }) => email === null);
    if (isMute && agents.some(({ email }) => email !== null)) return [peopleHidden(property.name, 'their addresses')];
    const strangers = agents.filter((agent) => !people.some((person) => isAgent(person, agent)));
    if (strangers.length === 0) return [];
    const names = strangers.map(({ name, email }) => (email === null ? `${name} (no email)` : `${name} (${email})`));
    return [
      {
        severity: 'warning',
        message: `No members of the workspace, and so never shown in the property "${property.name}": ${names.join(', ')}.`,
        fix: 'Invite them as members with the email that people.yaml has, or, where they are guests, make the property a select.',
        fixable: false,
      },
    ];
  });
}

function peopleHidden(title: string, what: string): StoreFinding {
  return {
    severity: 'warning',
    message: `The connection may not know ${what}, so nobody can be put into the property "${title}" for sure.`,
    fix: `On ${CONNECTIONS}, choose "Read user information including email addresses", or make the property a select.`,
    fixable: false,
  };
}

/** Capabilities are told nowhere; they show when they are used. Changing nothing is harmless, and so is a refused page. */
async function rightFindings({ client }: Base, { dataSource }: Schema): Promise<StoreFinding[]> {
  const reading = client.ask({
    method: 'post',
    path: `data_sources/${dataSource.id}/query`,
    query: { filter_properties: ['title'] },
    body: { page_size: 1 },
    shape: Found,
    isRepeatable: true,
  });
  const changing = client.ask({
    method: 'patch',
    path: `data_sources/${dataSource.id}`,
    body: { properties: {} },
    shape: DataSource,
    isRepeatable: true,
  });
  const parent = { type: 'data_source_id', data_source_id: dataSource.id };
  const making = client.ask({
    method: 'post',
    path: 'pages',
    body: { parent, properties: { [NO_PROPERTY]: { number: 1 } } },
    shape: Written,
    isRepeatable: false,
  });
  const [read, changed, made] = await Promise.allSettled([reading, changing, making]);
  const found = [
    ...rightFinding(read, 'read rows of the database', 'read content'),
    ...rightFinding(changed, 'change rows of the database', 'update content'),
    ...rightFinding(made, 'make rows in the database', 'insert content'),
  ];
  return [...new Map(found.map((finding) => [finding.message, finding])).values()];
}

function rightFinding(outcome: PromiseSettledResult<unknown>, wanted: string, capability: string): StoreFinding[] {
  if (outcome.status === 'fulfilled' || isRefusal(outcome.reason)) return [];
  const error: unknown = outcome.reason;
  if (!(error instanceof Problem)) throw error;
  if (!isRestricted(error) || error.answer.isBlockLimit) return [findingOf(error)];
  return [
    {
      severity: 'error',
      message: `The connection may not ${wanted}.`,
      fix: `Give it the capability "${capability}" on ${CONNECTIONS}.`,
      fixable: false,
    },
  ];
}

async function paceFindings({ pace, budget: { requestsPerMinute } }: Base): Promise<StoreFinding[]> {
  const most = await pace.most();
  if (most >= requestsPerMinute) return [];
  return [
    {
      severity: 'warning',
      message: `Notion refused us at ${most} requests a minute, and the plan in desk.yaml allows ${requestsPerMinute}.`,
      fix: 'Check the plan in desk.yaml, and whether another program uses the same token.',
      fixable: false,
    },
  ];
}

function learntFindings({ learnt }: Base): StoreFinding[] {
  const twins = [...learnt.twins].map(([id, key]): StoreFinding => ({
    severity: 'warning',
    message: `Two rows have the key ${key}; only one of them is kept up to date.`,
    fix: `Delete the other, unless it is a copy that somebody wants: ${rowAddress(id)}`,
    fixable: false,
  }));
  const lost = [...learnt.lostOptions].map(([title, options]): StoreFinding => ({
    severity: 'warning',
    message: `The property "${title}" could not take ${[...options].map((option) => `"${option}"`).join(', ')}.`,
    fix: 'Add it in Notion, or give the connection the capability "update content", so that Tabledesk can.',
    fixable: true,
  }));
  return [...twins, ...lost];
}
