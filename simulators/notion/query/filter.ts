import { z } from 'zod';
import { failed, invalid } from '../refusal.ts';
import { parsed, type Where } from '../parsed.ts';
import type { DataSource } from '../world.ts';
import { propertyOf } from '../world.ts';
import { momentIn, testOf, When, whenTest, type Asking, type Test } from './conditions.ts';

/** Groups hold groups, and these hold conditions alone (section 2). */
const MOST_LEVELS = 2;

/** How many conditions a group holds [U, section 3]. */
const MOST_CONDITIONS = 100;

const AnyFilter = z.record(z.string(), z.unknown());
const Timestamp = z.enum(['created_time', 'last_edited_time']);

/**
 * The test that a filter asks for (section 3).
 *
 * @throws Refusal 400 for an unknown property or condition, a type that is not the property's, and too deep a nesting
 */
export function filterTest(asking: Asking, source: DataSource, filter: unknown): Test {
  if (filter === undefined || filter === null) return () => true;
  return testIn({ ...asking, source }, filter, { at: ['filter'], level: 0 });
}

interface Context extends Asking {
  source: DataSource;
}

interface Place {
  at: readonly (string | number)[];
  level: number;
}

function testIn(context: Context, given: unknown, { at, level }: Place): Test {
  const where: Where = { part: 'body', at };
  const filter = parsed(AnyFilter, given, where);
  const operator = 'and' in filter ? 'and' : 'or' in filter ? 'or' : null;
  if (operator === null)
    return 'timestamp' in filter ? timestampTest(context, filter, at) : propertyTest(context, filter, at);
  expectOnly(filter, [operator], at);
  const inside = [...at, operator];
  if (level === MOST_LEVELS) {
    throw failed(
      'body',
      `${nameOf(at)}.${operator} should be not present, instead was \`${JSON.stringify(filter[operator])}\``,
    );
  }
  const parts = parsed(z.array(z.unknown()).max(MOST_CONDITIONS), filter[operator], { part: 'body', at: inside });
  const tests = parts.map((part, index) => testIn(context, part, { at: [...inside, index], level: level + 1 }));
  return operator === 'and' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
}

function timestampTest({ world }: Context, filter: Readonly<Record<string, unknown>>, at: Place['at']): Test {
  const timestamp = parsed(Timestamp, filter['timestamp'], { part: 'body', at: [...at, 'timestamp'] });
  expectOnly(filter, ['timestamp', 'type', timestamp], at);
  const asked = parsed(When, filter[timestamp], { part: 'body', at: [...at, timestamp] });
  return whenTest(world, asked, momentIn(world, { type: timestamp, id: '' }));
}

function propertyTest(context: Context, filter: Readonly<Record<string, unknown>>, at: Place['at']): Test {
  const name = parsed(z.string(), filter['property'], { part: 'body', at: [...at, 'property'] });
  const property = propertyOf(context.source, name);
  if (property === undefined) throw invalid(`Could not find property with name or id: ${name}`);
  const { type } = property;
  const other = Object.keys(filter).find((key) => key !== 'property' && key !== 'type' && key !== type);
  if (other !== undefined) throw invalid(`database property ${type} does not match filter ${other}`);
  expectOnly(filter, ['property', 'type', type], at);
  return testOf({ ...context, property, where: { part: 'body', at: [...at, type] } }, filter[type]);
}

function expectOnly(filter: Readonly<Record<string, unknown>>, keys: readonly string[], at: Place['at']): void {
  const odd = Object.keys(filter).find((key) => !keys.includes(key));
  if (odd === undefined) return;
  throw failed('body', `${nameOf(at)}.${odd} should be not present, instead was \`${JSON.stringify(filter[odd])}\``);
}

function nameOf(at: Place['at']): string {
  return at.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : `${name}.${step}`), 'body');
}
