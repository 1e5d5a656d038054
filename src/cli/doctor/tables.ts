import { readAgentRows, type RowFinding } from '../../config/agent-rows.ts';
import { readArticleRows } from '../../config/article-rows.ts';
import type { ArticlesTable } from '../../config/articles-table.ts';
import type { LoadedConfig, Staffing } from '../../config/live.ts';
import { Problem } from '../../domain/problem.ts';
import type { StoreTables, TableRow, WantedTable } from '../../ports/store-tables.ts';
import type { TicketStore } from '../../ports/ticket-store.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';
import { failed, type OpenedStore, TOLD } from './store.ts';

/** What the tables of the base that the config names lack, and what is wrong with their rows. */
export async function checkTables(
  { title, store: { tables } }: Pick<OpenedStore, 'title'> & { store: Pick<TicketStore, 'tables'> },
  config: LoadedConfig,
): Promise<readonly CheckUp[]> {
  const told: CheckUp[] = [];
  const written = config.reports.weekly?.table?.wanted;
  for (const wanted of tables === undefined ? [] : [...config.tables, ...(written === undefined ? [] : [written])]) {
    const findings = (await tables?.check(wanted)) ?? [];
    told.push(...findings.map((finding) => TOLD[finding.severity](title, finding)));
  }
  if (tables === undefined) return told;
  const { staffing, articlesTable } = config;
  try {
    if (staffing !== null) {
      const rows = await allRows(tables, staffing.table.wanted);
      told.push(...agentFindings(rows, staffing, config));
    }
    if (articlesTable === null) return told;
    return [...told, ...articleFindings(await allRows(tables, articlesTable.wanted), articlesTable, config)];
  } catch (error) {
    // What is missing was told already.
    if (error instanceof Problem && told.some(({ sign }) => sign === 'error')) return told;
    return [...told, failed(title, error)];
  }
}

async function allRows(tables: StoreTables, wanted: WantedTable): Promise<readonly TableRow[]> {
  const rows = new Map<string, TableRow>();
  for (let watermark: string | null = null; ;) {
    const page = await tables.changesSince(wanted, watermark);
    for (const row of page.rows) rows.set(row.id, row);
    if (!page.more) return [...rows.values()];
    watermark = page.watermark;
  }
}

/** The rows as a start would take them, and the files once more, as they have more names to refer to now. */
function agentFindings(
  rows: readonly TableRow[],
  { table, known, withAgents }: Staffing,
  { warnings }: LoadedConfig,
): readonly CheckUp[] {
  const { agents, findings } = readAgentRows(table, rows, { known, good: {} });
  const before = new Set(warnings.map((each) => JSON.stringify(each)));
  const ofFiles = withAgents(agents).warnings.filter((each) => !before.has(JSON.stringify(each)));
  const names = good('Agents', `The table "${table.table}" names ${agents.length} of them.`);
  return [
    names,
    ...findings.map((finding) => ofRow('Agents', finding)),
    ...ofFiles.map(({ file, line, message, fix }) =>
      warning('Agents', { message: `${file}:${line} ${message}.`, fix }),
    ),
  ];
}

function articleFindings(
  rows: readonly TableRow[],
  table: ArticlesTable,
  { policy }: LoadedConfig,
): readonly CheckUp[] {
  const { articles, findings } = readArticleRows(table, rows, policy);
  const approved = articles.filter((article) => article.approved).length;
  const message = `The table "${table.table}" holds ${articles.length} of them, of which ${approved} are approved.`;
  return [good('Articles', message), ...findings.map((finding) => ofRow('Articles', finding))];
}

function ofRow(what: string, { severity, table, row, column, message, fix }: RowFinding): CheckUp {
  const place = `${table}, row ${row}${column === null ? '' : `, ${column}`}`;
  return (severity === 'error' ? bad : warning)(what, { message: `${place}: ${message}.`, fix });
}
