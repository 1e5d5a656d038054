import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** Nobody but the account that Tabledesk runs under may read it. */
const OWNER_ONLY = 0o600;

/** Writes variables into a file `.env`; other lines stay as they are. The file is whole at every moment, through a power cut too. */
export function writeDotEnv(file: string, variables: Readonly<Record<string, string>>): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const fresh = `${file}.new`;
  writeFileSync(fresh, withVariables(text, variables), { mode: OWNER_ONLY, flush: true });
  chmodSync(fresh, OWNER_ONLY);
  renameSync(fresh, file);
}

/** The text of a file `.env` with these variables in it, each in its old place or at the end. */
export function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  const written = Object.entries(variables).reduce(withVariable, text);
  const read = parseEnv(written);
  const lost = Object.keys(variables).filter((name) => read[name] !== variables[name]);
  if (lost.length > 0) throw new Error(`The value of ${lost.join(', ')} cannot be written into .env.`);
  return written;
}

function withVariable(text: string, [name, value]: [string, string]): string {
  const line = `${name}=${quoted(value)}`;
  const own = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'gm');
  // A name that stands there twice counts by its last line.
  if (own.test(text)) return text.replaceAll(own, () => line);
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`;
}

/** Tokens are letters, digits and dots; anything else goes into quotation marks. */
function quoted(value: string): string {
  if (/^[\w.:/@+=-]*$/.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}
