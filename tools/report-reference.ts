import { PgDialect } from 'drizzle-orm/pg-core';
import { columnsOfExport, EXPORTS, saysOfExport } from '../src/reports/export/export.ts';
import { FIGURES } from '../src/reports/figures/catalogue.ts';
import type { Figure } from '../src/reports/figures/figure.ts';

/** docs/reference/reports.md: every figure with its definition in words and in SQL, and every column that is taken out. */
export function reportReference(): string {
  return `# Figures and exports

Made from the code by \`npm run generate\`; do not edit it by hand.

[Reports](../reports.md) tells how figures are read, and [Exports](../exports.md) how they are taken out.

## Figures

Each figure is defined once, and measured by its SQL wherever it stands. The SQL goes over the view \`bi.tickets\`, called
\`o\`; put it into

\`\`\`sql
select <the figure> from bi.tickets as o, (select now() as now) as asked
where o.opened_at >= '2026-11-01' and o.opened_at < '2026-12-01';
\`\`\`

with the column that the figure goes by in the place of \`opened_at\`. What stands now takes \`where o.is_open\` instead.
${FIGURES.map(figureSection).join('\n')}
## Exports
${EXPORTS.map(exportSection).join('\n')}`;
}

function figureSection(figure: Figure): string {
  const { id, title, definition, moment } = figure;
  return `
### ${title}

\`${id}\`, by ${moment === null ? 'what stands now' : `\`${moment}\``}. ${definition}${rateOf(figure)}

\`\`\`sql
${new PgDialect().sqlToQuery(figure.value(figure.of)).sql}
\`\`\`
`;
}

function rateOf({ perDays }: Figure): string {
  if (perDays === undefined) return '';
  return perDays === 1
    ? ' The SQL counts them; divide by the days.'
    : ` The SQL counts them; divide by the days and multiply by ${perDays}.`;
}

function exportSection(what: (typeof EXPORTS)[number]): string {
  const rows = columnsOfExport(what).map(({ name, kind, says }) => `| \`${name}\` | ${kind} | ${says} |`);
  return `
### ${what}

${saysOfExport(what)}

| Column | Kind | What it is |
| --- | --- | --- |
${rows.join('\n')}
`;
}
