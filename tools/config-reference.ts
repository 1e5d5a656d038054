import { ArticleHead } from '../src/config/article-files.ts';
import { PURPOSE_FIELDS, REPLY_FIELDS } from '../src/config/replies.ts';
import { ReplyHead } from '../src/config/reply-files.ts';
import { CONFIG_FILES, type ConfigFile } from '../src/config/written/index.ts';
import type { Connectors } from '../src/kit/connector.ts';
import { configSchema, type JsonSchema, jsonSchemaOf } from './config-schema.ts';

/** What stands for a name that the admin chooses. */
const ANY_NAME = '<name>';

const INTRODUCTION = `# Config reference

Made from the schemas by \`npm run generate\`; do not edit it by hand. What rules can ask is told with examples
in [rules.md](../rules.md).

The config is a folder, \`config/\` unless \`TABLEDESK_CONFIG\` names another. Only \`desk.yaml\` must be there; what
is left out has the default that stands here. Saved files are in force a moment later. A mistake is refused
with file, line and column, and the last good config stays in force.`;

/** The reference of all config files, as Markdown. */
export function configReference(connectors: Connectors): string {
  const files = Object.keys(CONFIG_FILES) as ConfigFile[];
  return [
    INTRODUCTION,
    ...files.map((file) => fileSection(file, connectors)),
    conditionSection(connectors),
    targetSection(connectors),
    settingsSection(connectors),
    repliesSection(),
    articlesSection(),
  ].join('\n\n');
}

function fileSection(file: ConfigFile, connectors: Connectors): string {
  const schema = configSchema(file, connectors);
  return `## ${file}\n\n${CONFIG_FILES[file].about}\n\n${table(rowsOf(schema, ''))}`;
}

function conditionSection(connectors: Connectors): string {
  const condition = definition('triage.yaml', 'Condition', connectors);
  const fixed = Object.entries(condition.properties ?? {}).flatMap(([key, member]) =>
    isSchema(member) ? [row(key, member)] : [],
  );
  const own = [
    row('requester.account.<name>', { description: 'What is known of the account.', examples: ['enterprise'] }),
    row('fields.<name>', { description: 'An answer of the form, by its question.', examples: [{ above: 100 }] }),
    row('row.<column>', { description: "What the ticket's row says in a column of your own.", examples: ['Gold'] }),
  ];
  const subject = condition.properties?.['subject'];
  return [
    '## Conditions',
    'What stands under `when`. All keys of one group must hold; an empty group holds always. A plain value means' +
      ' `is`, a list means `oneOf`.',
    table([...fixed, ...own]),
    'The tests of a field; `mentions` and `matches` are for `text`, `subject` and `message` alone:',
    table(isSchema(subject) ? rowsOf(subject, '') : []),
  ].join('\n\n');
}

function targetSection(connectors: Connectors): string {
  const rows = rowsOf(definition('sla.yaml', 'Target', connectors), '');
  return ['## Targets', 'One clock of an SLA policy, when it is not the same for all.', table(rows)].join('\n\n');
}

/** A part of a file's schema that has a name of its own. */
function definition(file: ConfigFile, name: string, connectors: Connectors): JsonSchema {
  const definitions = Object.entries(configSchema(file, connectors).definitions ?? {});
  const found = definitions.find(([key]) => key === name)?.[1];
  return isSchema(found) ? found : {};
}

function settingsSection(connectors: Connectors): string {
  const sections = Object.values(connectors).flatMap((connector) =>
    (['channel', 'store'] as const).flatMap((role) => {
      const settings = connector[role]?.settings;
      const rows = settings === undefined ? [] : rowsOf(jsonSchemaOf(settings), '');
      return rows.length === 0 ? [] : [`### ${connector.id}\n\n${connector.summary}\n\n${table(rows)}`];
    }),
  );
  return [
    '## Settings by kind',
    'What stands under `settings` of a channel or a store of each kind.',
    ...sections,
  ].join('\n\n');
}

function repliesSection(): string {
  const ofPurposes = Object.entries(PURPOSE_FIELDS).flatMap(([purpose, fields]) =>
    Object.entries(fields).map(([field, said]) => [field, `${said} Only where it is the ${purpose}.`] as const),
  );
  const gaps = [...Object.entries(REPLY_FIELDS), ...ofPurposes].map(([field, description]) =>
    row(`{{ ${field} }}`, { description }),
  );
  return [
    '## replies/*.md',
    'Letters to requesters, and answers that agents can take. Between two lines `---` stands the head, below it the' +
      ' text. Both can have gaps, written in [Liquid](https://liquidjs.com). The template `reply` goes around what an' +
      ' agent writes. `<name>.de.md` is the German version of `<name>.md`, for requesters who write German.' +
      ' [replies.md](../replies.md) tells more.',
    table(rowsOf(jsonSchemaOf(ReplyHead), '')),
    '| Gap | What fills it |\n| --- | --- |',
  ]
    .join('\n\n')
    .concat('\n', gaps.map(({ key, what }) => `| \`${key}\` | ${what} |`).join('\n'));
}

function articlesSection(): string {
  return [
    '## articles/*.md',
    'Help articles and runbooks, which are suggested to those who answer. Between two lines `---` stands the head,' +
      ' below it the text. [replies.md](../replies.md) tells more.',
    `${table(rowsOf(jsonSchemaOf(ArticleHead), ''))}\n`,
  ].join('\n\n');
}

interface Row {
  key: string;
  what: string;
  leftOut: string;
  example: string;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, what, leftOut, example }) => `| \`${key}\` | ${what} | ${leftOut} | ${example} |`);
  return ['| Key | What it says | Left out | Example |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

/** A row for each key of a schema and of the groups within it. */
function rowsOf(schema: JsonSchema, path: string): Row[] {
  return variantsOf(schema).flatMap((variant) => {
    const required = new Set(variant.required);
    const keys = Object.entries(variant.properties ?? {}).flatMap(([name, member]) =>
      isSchema(member) ? rowsOfMember(member, `${path}${name}`, required.has(name)) : [],
    );
    return [...keys, ...rowsOfOthers(variant, path)];
  });
}

function rowsOfMember(member: JsonSchema, key: string, isRequired: boolean): Row[] {
  const items = variantsOf(member).flatMap(({ items: held }) => (isSchema(held) ? rowsOf(held, `${key}[].`) : []));
  return [row(key, member, isRequired), ...rowsOf(member, `${key}.`), ...items];
}

/** Keys whose names the admin chooses. */
function rowsOfOthers({ additionalProperties: others }: JsonSchema, path: string): Row[] {
  return isSchema(others) ? rowsOf(others, `${path}${ANY_NAME}.`) : [];
}

/** A schema, or the schemas of which a value fits one. */
function variantsOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.filter(isSchema);
}

function row(key: string, schema: JsonSchema, isRequired = false): Row {
  const words = variantsOf(schema).flatMap(({ enum: values }) => values ?? []);
  const allowed = words.length === 0 ? '' : ` One of ${words.map((word) => code(word)).join(', ')}.`;
  const see = [schema, ...(schema.allOf ?? []), ...variantsOf(schema)].flatMap(reference);
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return {
    key,
    what: inTable(`${schema.description ?? 'What must hold of the ticket.'}${allowed}${see[0] ?? ''}`),
    leftOut: isRequired
      ? 'must be there'
      : schema.default === undefined || isEmptyGroup(schema.default)
        ? ''
        : code(schema.default),
    example: example === undefined ? '' : code(example),
  };
}

/** Where to read on about a part that has a section of its own. */
function reference(part: unknown): readonly string[] {
  if (!isSchema(part) || part.$ref === undefined) return [];
  return part.$ref.endsWith('Target') ? [' See [targets](#targets).'] : [' See [conditions](#conditions).'];
}

function isEmptyGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function code(value: unknown): string {
  return `\`${inTable(typeof value === 'string' ? value : flow(value))}\``;
}

/** A value as one would write it on one line of YAML. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, held]) => `${key}: ${flow(held)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function inTable(text: string): string {
  return text.replaceAll('|', '\\|');
}

function isSchema(schema: unknown): schema is JsonSchema {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema);
}
