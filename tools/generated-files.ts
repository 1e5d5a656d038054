import { CONFIG_FILES, type ConfigFile } from '../src/config/written/index.ts';
import type { Connector, Connectors } from '../src/kit/connector.ts';
import { configReference } from './config-reference.ts';
import { configSchema } from './config-schema.ts';
import { environmentReference } from './environment-reference.ts';

const BEGIN = '<!-- connectors:begin -->';
const END = '<!-- connectors:end -->';

/** Every file that is made from the code, with the text that it is to have. */
export function generatedFiles(connectors: Connectors, readme: string | null): Readonly<Record<string, string>> {
  const files = Object.keys(CONFIG_FILES) as ConfigFile[];
  const schemas = files.map((file) => [
    `config/schema/${file.replace('.yaml', '.schema.json')}`,
    `${JSON.stringify(configSchema(file, connectors), null, 2)}\n`,
  ]);
  const withTable = readme === null ? null : withConnectorTable(readme, connectors);
  return {
    ...Object.fromEntries(schemas),
    'docs/reference/config.md': configReference(connectors),
    'docs/reference/environment.md': environmentReference(),
    ...(withTable === null ? {} : { 'README.md': withTable }),
  };
}

/** The README with the table between its marks as it is to be; null when it has no marks. */
function withConnectorTable(readme: string, connectors: Connectors): string | null {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) return null;
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${connectorTable(connectors)}\n\n${readme.slice(end)}`;
}

/** Padded as the formatter pads tables, so that the two agree. */
function connectorTable(connectors: Connectors): string {
  const head = ['Connector', 'Kind', 'Roles', 'What it is for'];
  const rows = Object.values(connectors)
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .map((connector) => [linkTo(connector), `\`${connector.id}\``, rolesOf(connector).join(', '), connector.summary]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Its page tells how to set it up, click by click. */
function linkTo({ id, title }: Connector): string {
  return `[${title}](connectors/${id}/README.md)`;
}

function rolesOf({ channel, notifier, store }: Connector): readonly string[] {
  return [
    ...(store === undefined ? [] : ['store']),
    ...(channel === undefined ? [] : ['channel']),
    ...(notifier === undefined ? [] : ['notifier']),
  ];
}
