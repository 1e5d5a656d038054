import type { Check, CheckedConfig, Report, Spot } from './check.ts';

/** Agents may be in a table of the base, which only some bases have. */
export const AGENTS_TABLE: Check = {
  reads: ['people.yaml', 'desk.yaml'],
  look(config, report) {
    if (config.written.people.agentsTable === undefined) return;
    const spot = { file: 'people.yaml', path: ['agentsTable'] } as const;
    insistOnTables(config, { spot, instead: 'Write the agents into people.yaml', report });
  },
};

/** Articles may be in a table of the base. */
export const ARTICLES_TABLE: Check = {
  reads: ['knowledge.yaml', 'desk.yaml'],
  look(config, report) {
    if (config.written.knowledge.articlesTable === undefined) return;
    const spot = { file: 'knowledge.yaml', path: ['articlesTable'] } as const;
    insistOnTables(config, { spot, instead: 'Write the articles into files', report });
  },
};

/** The weekly review goes to people, or into a table of the base, or both. */
export const REVIEW_GOES_SOMEWHERE: Check = {
  reads: ['reports.yaml', 'desk.yaml'],
  look(config, report) {
    const { weekly } = config.written.reports;
    if (weekly?.table !== undefined) {
      const spot = { file: 'reports.yaml', path: ['weekly', 'table'] } as const;
      insistOnTables(config, { spot, instead: 'Send the review to people', report });
    } else if (weekly?.to.length === 0) {
      const spot = { file: 'reports.yaml', path: ['weekly'] } as const;
      report.error(spot, 'the weekly review goes to nobody', 'Say under to who gets it, or name a table of your base.');
    }
  },
};

/** Whoever names a table of the base must keep tickets in one that has others. */
export function insistOnTables(
  { written, connectors }: Pick<CheckedConfig, 'written' | 'connectors'>,
  { spot, instead, report }: { spot: Spot; instead: string; report: Report },
): void {
  const { kind } = written.desk.store;
  // What is no connector at all is told elsewhere.
  if (connectors[kind]?.tables ?? connectors[kind] === undefined) return;
  const message = `the store "${kind}" has no tables beside that of the tickets`;
  report.error(spot, message, `${instead}, or keep tickets in a base such as Airtable or Notion.`);
}
