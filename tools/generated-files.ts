import { CONFIG_FILES, type ConfigFile } from '../src/config/written/index.ts';
import type { Family } from '../src/kit/channel-set-up.ts';
import type { Connector, Connectors } from '../src/kit/connector.ts';
import { configReference } from './config-reference.ts';
import { configSchema } from './config-schema.ts';
import { environmentReference } from './environment-reference.ts';
import { eventReference } from './event-reference.ts';
import { reportReference } from './report-reference.ts';

/** Headings of the list of guides, in their order. */
const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  forms: 'Forms and pages',
  chats: 'Chats',
  mail: 'Mail',
  systems: 'From other systems',
};

/** Pages of which a part is generated, between two marks. */
export interface WithMarks {
  readme: string | null;
  /** docs/channels/README.md */
  guides: string | null;
}

/** Every file that is made from the code, with the text that it is to have. */
export function generatedFiles(
  connectors: Connectors,
  { readme, guides }: WithMarks,
): Readonly<Record<string, string>> {
  const files = Object.keys(CONFIG_FILES) as ConfigFile[];
  const schemas = files.map((file) => [
    `config/schema/${file.replace('.yaml', '.schema.json')}`,
    `${JSON.stringify(configSchema(file, connectors), null, 2)}\n`,
  ]);
  return {
    ...Object.fromEntries(schemas),
    'docs/reference/config.md': configReference(connectors),
    'docs/reference/environment.md': environmentReference(),
    'docs/reference/events.md': eventReference(),
    'docs/reference/reports.md': reportReference(),
    ...between('README.md', readme, { mark: 'connectors', text: connectorTable(connectors) }),
    ...between('docs/channels/README.md', guides, { mark: 'channels', text: guideList(connectors) }),
  };
}

/** A page with what stands between its marks as it is to be; nothing for one without marks. */
function between(
  file: string,
  page: string | null,
  { mark, text }: { mark: string; text: string },
): Readonly<Record<string, string>> {
  const [begin, end] = [`<!-- ${mark}:begin -->`, `<!-- ${mark}:end -->`];
  const [from, to] = [page?.indexOf(begin) ?? -1, page?.indexOf(end) ?? -1];
  if (page === null || from < 0 || to < from) return {};
  return { [file]: `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}` };
}

/** The guides of channels, by what they are ways in for. */
function guideList(connectors: Connectors): string {
  const byFamily = Map.groupBy(sorted(connectors), ({ setUp }) => setUp?.family);
  return (Object.keys(FAMILY_TITLES) as Family[])
    .map((family) => {
      const guides = byFamily.get(family) ?? [];
      const lines = guides.map(({ id, title, summary }) => `- [${title}](${id}.md): ${summary}`);
      return [`## ${FAMILY_TITLES[family]}`, lines.join('\n')].join('\n\n');
    })
    .join('\n\n');
}

function sorted(connectors: Connectors): readonly Connector[] {
  return Object.values(connectors).toSorted((one, other) => one.title.localeCompare(other.title));
}

/** Padded as the formatter pads tables, so that the two agree. */
function connectorTable(connectors: Connectors): string {
  const head = ['Connector', 'Kind', 'Roles', 'What it is for'];
  const rows = sorted(connectors).map((connector) => [
    linkTo(connector),
    `\`${connector.id}\``,
    rolesOf(connector).join(', '),
    connector.summary,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Its page tells how to set it up, click by click. */
function linkTo({ id, title, channel }: Connector): string {
  return `[${title}](${channel === undefined ? `connectors/${id}/README.md` : `docs/channels/${id}.md`})`;
}

function rolesOf({ channel, notifier, store, model }: Connector): readonly string[] {
  return [
    ...(store === undefined ? [] : ['store']),
    ...(channel === undefined ? [] : ['channel']),
    ...(notifier === undefined ? [] : ['notifier']),
    ...(model === undefined ? [] : ['language model']),
  ];
}
