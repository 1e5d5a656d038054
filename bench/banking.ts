/**
 * Real messages: the 3,080 test texts of Banking77 through the running service over HTTP, to a desk whose
 * rules know a bank. All arrive, none twice, none without an owner; how well the rules sort them is told too.
 *
 *     node bench/banking.ts <folder with banking77_test.csv.gz> [--senders 20]
 *
 * The texts (Casanueva et al. 2020, CC BY 4.0) are not part of this repository:
 * https://github.com/PolyAI-LDN/task-specific-datasets
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../src/db/open.ts';
import { rowsOf } from '../src/db/rows-of.ts';
import { type Answer, isAcknowledged } from '../test/support/post.ts';
import { categoryOf, type Labelled, readBanking77 } from './support/banking77.ts';
import { aBenchDesk } from './support/bench-desk.ts';
import { exactly, type Figure, median, printFigures, quantile } from './support/figures.ts';
import { formPost, postFlatOut } from './support/load.ts';

/** Longest wait for the last ticket, in seconds. */
const PATIENCE = 3600;

const { values, positionals } = parseArgs({
  options: { senders: { type: 'string', default: '20' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Say where banking77_test.csv.gz lies: node bench/banking.ts <folder>');
const messages = readBanking77(join(folder, 'banking77_test.csv.gz'));

/** A ticket as it stands in the end, by the message that it came from. */
interface Made {
  n: number;
  category: string | null;
  owner: string | null;
  queue: string | null;
  words: string;
}

const desk = await aBenchDesk(join(import.meta.dirname, 'banking-config'));
const service = await desk.start();
try {
  const begun = performance.now();
  const answers = await postFlatOut(service.address, {
    connections: Number(values.senders),
    total: messages.length,
    make: (n) => formPost(String(n), fieldsOf(n)),
  });
  await service.settled({ seconds: PATIENCE });
  const seconds = (performance.now() - begun) / 1000;
  const spent = [await service.cpuMilliseconds(), await service.peakMegabytes()] as const;
  await service.stop();
  const made = await readTickets();
  printFigures(`${messages.length.toLocaleString('en')} messages of Banking77, ${values.senders} senders at once`, [
    ...arrivals(answers, made),
    { what: 'tickets', value: made.length / seconds, unit: '/s' },
    { what: 'acknowledged after, p50', value: median(answers.map((each) => each.milliseconds)), unit: 'ms' },
    {
      what: 'acknowledged after, p99',
      value: quantile(
        answers.map((each) => each.milliseconds),
        0.99,
      ),
      unit: 'ms',
    },
    { what: 'processor time', value: spent[0] / messages.length, unit: 'ms/ticket' },
    { what: 'memory peak', value: spent[1], unit: 'MB' },
    ...sorting(made),
  ]);
} finally {
  await service.kill();
  await desk.remove();
}

function fieldsOf(n: number): Readonly<Record<string, string>> {
  return { name: `Customer ${n}`, email: `customer-${n}@example.com`, message: messages[n]?.text ?? '' };
}

async function readTickets(): Promise<Made[]> {
  const connection = await openDatabase({ dataFolder: desk.dataFolder });
  const rows = rowsOf<Made>(
    await connection.queries.execute(sql`
      select substring(requester_email from 'customer-(.*)@')::int as n, category, queue,
        coalesce(assignee, queue) as owner, ticket ->> 'description' as words
      from tickets
    `),
  );
  await connection.close();
  return rows;
}

function arrivals(answers: readonly Answer[], made: readonly Made[]): readonly Figure[] {
  const byMessage = Map.groupBy(made, ({ n }) => n);
  const twice = [...byMessage.values()].filter((same) => same.length > 1).length;
  const changed = made.filter(({ n, words }) => words.trim() !== messages[n]?.text.trim()).length;
  return [
    { what: 'acknowledged', value: answers.filter(isAcknowledged).length, unit: '', goal: exactly(messages.length) },
    { what: 'arrived', value: byMessage.size, unit: '', goal: exactly(messages.length) },
    { what: 'there twice', value: twice, unit: '', goal: exactly(0) },
    { what: 'not word for word', value: changed, unit: '', goal: exactly(0) },
    { what: 'without an owner', value: made.filter(({ owner }) => !owner).length, unit: '', goal: exactly(0) },
  ];
}

function sorting(made: readonly Made[]): readonly Figure[] {
  const sorted = made.filter(({ category }) => category !== null);
  const right = sorted.filter(({ n, category }) => category === wanted(messages[n])).length;
  return [
    { what: 'given a category by a rule', value: (100 * sorted.length) / made.length, unit: '%' },
    { what: 'of these, the right one', value: (100 * right) / sorted.length, unit: '%' },
  ];
}

function wanted(message: Labelled | undefined): string | null {
  return message === undefined ? null : categoryOf(message);
}
