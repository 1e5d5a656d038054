import { z } from 'zod';
import { Environment } from '../src/config/environment.ts';

/** The reference of the environment variables, as Markdown. */
export function environmentReference(): string {
  const { properties = {} } = z.toJSONSchema(Environment, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(properties).map(([name, schema]) => {
    const { description = '', default: usual } = typeof schema === 'object' ? schema : {};
    return `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${usual === undefined ? '' : `\`${JSON.stringify(usual).replaceAll('"', '')}\``} |`;
  });
  return `# Environment variables

Made from the schema by \`npm run generate\`; do not edit it by hand.

Settings of the machine and secrets. They stand in the environment, or as lines \`NAME=value\` in a file \`.env\`. An
empty value counts as unset. The secrets of channels have the names that \`channels.yaml\` gives them.

| Variable | What it says | Unset |
| --- | --- | --- |
${rows.join('\n')}
`;
}
