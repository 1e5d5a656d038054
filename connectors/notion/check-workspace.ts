import { Problem } from '../../src/domain/problem.ts';
import type { StoreFinding } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { plainId } from './filters.ts';
import { isNotFound, isRestricted } from './problems.ts';
import type { Schema } from './schema.ts';
import { Comments, Database, Found, Myself } from './wire.ts';

/**
 * Blocks that a free workspace of several members has for all its life (developers.notion.com, "Workspace block
 * limits"), and the part of them at which there is still time to do something.
 */
const FREE_BLOCKS = 1000;
const NEARLY_SPENT = 0.8;

/** Rows to an answer, the most that Notion gives. */
const PAGE = 100;

/** Whether the plan in desk.yaml is that of the workspace, and what a free one has left. */
export async function planFindings(base: Base, { people }: Schema): Promise<StoreFinding[]> {
  const { value: me } = await base.client.ask({ method: 'get', path: 'users/me', shape: Myself, isRepeatable: true });
  if (me.isFree !== true) return [];
  const { plan } = base.settings;
  const others = plan === 'free' || plan === 'plus' ? [] : [planTooHigh(plan)];
  // Alone one has no limit of blocks. Who is in the workspace may be hidden; then there may be several.
  if (people !== null && people.length < 2) return others;
  return [...others, ...(await blockFindings(base))];
}

function planTooHigh(plan: string): StoreFinding {
  return {
    severity: 'warning',
    message: `desk.yaml has plan: ${plan}, and Notion says that nobody pays for the workspace.`,
    fix: 'Put plan: free into desk.yaml; with more than 180 requests a minute Notion would refuse us.',
    fixable: false,
  };
}

/** Each row is a block, and so is all else that was ever made in the workspace, which nobody tells. */
async function blockFindings(base: Base): Promise<StoreFinding[]> {
  const rows = await countRows(base);
  if (rows < FREE_BLOCKS * NEARLY_SPENT) return [];
  return [
    {
      severity: 'warning',
      message: `The database has ${rows === FREE_BLOCKS ? `${rows} rows or more` : `${rows} rows`}, and a free workspace of several members has ${FREE_BLOCKS} blocks in all its life: each row is one, and so is every paragraph that anybody wrote.`,
      fix: 'Take a paid plan, which has no such limit, before new tickets get no row. Deleting gives no blocks back.',
      fixable: false,
    },
  ];
}

/** No more than matter here. */
async function countRows({ client, settings }: Base): Promise<number> {
  let rows = 0;
  let cursor: string | null = null;
  while (rows < FREE_BLOCKS) {
    const { value }: { value: Found } = await client.ask({
      kind: 'bulk',
      method: 'post',
      path: `data_sources/${plainId(settings.dataSource)}/query`,
      query: { filter_properties: ['title'] },
      body: { page_size: PAGE, ...(cursor !== null && { start_cursor: cursor }) },
      shape: Found,
      isRepeatable: true,
    });
    rows += value.results.length;
    cursor = value.next_cursor;
    if (cursor === null) break;
  }
  return Math.min(rows, FREE_BLOCKS);
}

/** What is asked about does not matter: without the capability Notion refuses before it looks. */
export async function commentFindings({ client, settings }: Base): Promise<StoreFinding[]> {
  const query = { block_id: plainId(settings.dataSource), page_size: '1' };
  try {
    await client.ask({ method: 'get', path: 'comments', query, shape: Comments, isRepeatable: true });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!isRestricted(error)) return [];
    return [
      {
        severity: 'advice',
        message: 'Comments that people write on the page of a ticket are not read, as the connection may not.',
        fix: 'If they are to become internal notes, tick "Read comments" on notion.so/profile/integrations.',
        fixable: false,
      },
    ];
  }
}

export function inTrash(): StoreFinding {
  return {
    severity: 'error',
    message: 'The database is in the trash, so its rows can be neither read nor written.',
    fix: 'In Notion, open Trash in the sidebar and restore it.',
    fixable: false,
  };
}

/** One answer stands for several causes; the likeliest mistake is the id of the database in place of its table's. */
export async function unseen({ client, settings }: Base): Promise<StoreFinding> {
  const id = plainId(settings.dataSource);
  try {
    const { value } = await client.ask({ method: 'get', path: `databases/${id}`, shape: Database, isRepeatable: true });
    const sources = value.data_sources.map((source) => `${source.id} (${source.name})`).join(', ');
    return {
      severity: 'error',
      message: `${id} is the id of the database "${value.title}", and not of the data source in it.`,
      fix: `Put the id of its data source into desk.yaml: ${sources}.`,
      fixable: false,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!isNotFound(error)) return { severity: 'error', message: error.message, fix: error.fix, fixable: false };
    return {
      severity: 'error',
      message: `The connection does not see the data source ${id}, or there is no such one.`,
      fix: 'In Notion, open the database, press ••• at the upper right, choose "Connections" and then the connection; and check the id in desk.yaml.',
      fixable: false,
    };
  }
}
