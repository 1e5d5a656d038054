import { z } from 'zod';
import { failed } from './refusal.ts';

/** Lists hold up to 100, and 100 where nothing is said (section 2). */
const Size = z.int().min(1).max(100);
export const PageSize = Size.default(100);
export const Cursor = z.string().nullish();

/** A setting of a list, in its query. */
export const PagingQuery = z.strictObject({
  page_size: z.coerce.number().pipe(Size).default(100),
  start_cursor: z.string().optional(),
});

/** Text of at most so many UTF-16 units: zod's own bound counts signs. */
export function units(most: number): z.ZodString {
  return z.string().check(({ value, issues }) => {
    if (value.length <= most) return;
    issues.push({ code: 'too_big', origin: 'string', maximum: most, inclusive: true, input: value });
  });
}

type Path = readonly PropertyKey[];

/** Where in the request a value stands. */
export interface Where {
  part: 'body' | 'query';
  /** What leads from the part to the value. */
  at?: Path;
}

/** @throws Refusal 400 in Notion's words: `body.x should be …, instead was …` */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { part, at = [] }: Where = { part: 'body' },
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const complaint = issue === undefined ? `${part} is wrong` : complaintOf(issue, { name: written(part, at), value });
  throw failed(part, complaint);
}

/** The names and texts of a query; `name[]` stands for `name` (section 3). */
export function queryOf(query: URLSearchParams): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = {};
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key);
    if (key.endsWith('[]')) all[key.slice(0, -2)] = values;
    else all[key] = values.length > 1 ? values : (values[0] ?? '');
  }
  return all;
}

/** Where an issue was looked for. */
interface Root {
  name: string;
  value: unknown;
}

type Issue = z.core.$ZodIssue;

function complaintOf(issue: Issue, root: Root): string {
  const name = `${root.name}${written('', issue.path)}`;
  const value = valueAt(root.value, issue.path);
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return sizeComplaint(issue, name, value);
    case 'unrecognized_keys': {
      const key = issue.keys[0] ?? '';
      return `${name}.${key} should be not present, instead was \`${json(valueAt(value, [key]))}\``;
    }
    case 'invalid_union': {
      const likeliest = deepest(issue.errors);
      if (likeliest !== undefined) return complaintOf(likeliest, { name, value });
      return `${name} should be one of several shapes, instead was \`${json(value)}\``;
    }
    case 'invalid_value':
      return `${name} should be ${issue.values.map((each) => `\`${json(each)}\``).join(' or ')}, instead was \`${json(value)}\``;
    case 'invalid_type':
      if (value === undefined) return `${name} should be defined, instead was \`undefined\``;
      return `${name} should be ${article(issue.expected)}, instead was \`${json(value)}\``;
    default:
      return `${name} should be ${issue.message}, instead was \`${json(value)}\``;
  }
}

function sizeComplaint(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, name: string, value: unknown): string {
  const isLong = typeof value === 'string' || Array.isArray(value);
  const size = isLong ? value.length : value;
  if (issue.code === 'too_small' && isLong) return `${name} should be populated, instead was \`${json(value)}\``;
  const [sign, bound] = issue.code === 'too_big' ? ['≤', issue.maximum] : ['≥', issue.minimum];
  return `${name}${isLong ? '.length' : ''} should be ${sign} \`${bound}\`, instead was \`${String(size)}\``;
}

/** Of the shapes that a value might have had, the one that it comes nearest to. */
function deepest(errors: readonly (readonly Issue[])[]): Issue | undefined {
  const firsts = errors.flatMap((issues) => issues[0] ?? []);
  return firsts.sort((one, other) => depthOf(other) - depthOf(one))[0];
}

function depthOf(issue: Issue): number {
  const below = issue.code === 'invalid_union' ? deepest(issue.errors) : undefined;
  // What is missing says that the value is of another shape; what is wrong, that it is of this one.
  const isThere = issue.code === 'invalid_type' ? 0 : 0.5;
  return issue.path.length + (below === undefined ? isThere : depthOf(below));
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

function written(part: string, path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`),
    part,
  );
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function json(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}
