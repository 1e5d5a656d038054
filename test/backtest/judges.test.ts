import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { pastsOf, type Pasts } from '../../src/backtest/past/past.ts';
import { readPage } from '../../src/backtest/past/read.ts';
import { recordedFrom } from '../../src/backtest/past/recorded.ts';
import { channelReader } from '../../src/backtest/open.ts';
import { createJudges, type Judge, judgeBy } from '../../src/backtest/replay/judge.ts';
import type { Outcome } from '../../src/backtest/replay/outcome.ts';
import { rulesMayMatter } from '../../src/backtest/replay/rules-apart.ts';
import { createRun } from '../../src/backtest/replay/run.ts';
import type { LoadedConfig } from '../../src/config/live.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { createArticleSearch } from '../../src/knowledge/article-search.ts';
import { aTicket } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { playHistory } from '../support/played-history.ts';
import { fc } from '../support/properties.ts';

const FILES = exampleFiles('bramble');
const CONFIG = loadedFiles(FILES);

/** In minutes; the history is shorter. */
const THREE_DAYS = 3 * 1440;

const NEW_RULE = `rules:
  - name: A greeting is a bug
    why: It is tried here.
    owner: the tests
    when: { subject: { mentions: [hello] } }
    then: { category: bug, priority: critical }
`;

/** What people change, as a file, the words in it, and others in their place. */
const CHANGES: readonly (readonly [file: string, words: string, others: string])[] = [
  ['triage.yaml', 'priority: high', 'priority: critical'],
  ['triage.yaml', 'charged twice', 'charged once'],
  ['triage.yaml', 'category: bug', 'category: outage'],
  ['triage.yaml', '\nrules:\n', `\n${NEW_RULE}`],
  ['routing.yaml', 'queue: technical', 'queue: support'],
  ['routing.yaml', 'category: account', 'category: refund'],
  ['sla.yaml', '1h', '2h'],
  ['sla.yaml', '4h', '3h'],
  ['people.yaml', '09:00-18:00', '10:00-15:00'],
  ['people.yaml', 'cap: 18', 'cap: 1'],
  ['people.yaml', 'Ben Okafor, Chloe Martin, David Lindner, Tom Bakker', 'David Lindner, Tom Bakker'],
  ['people.yaml', 'method: load', 'method: round_robin'],
  ['escalation.yaml', '85%', '20%'],
  ['follow-up.yaml', '9h', '2h'],
  ['desk.yaml', 'prefix: T', 'prefix: B'],
  ['desk.yaml', 'acknowledgement: acknowledgement', 'acknowledgement: null'],
];

/** The example with some of these changes. */
function changed(changes: typeof CHANGES): Policy {
  const files = { ...FILES };
  for (const [file, words, others] of changes) {
    const text = files[file] ?? '';
    if (!text.includes(words)) throw new Error(`${file} says nothing of ${words}.`);
    files[file] = text.replaceAll(words, others);
  }
  return loadedFiles(files).policy;
}

describe('two judges of one past', () => {
  const held = {} as { database: TestDatabase; pasts: readonly Pasts[]; now: Temporal.Instant };
  beforeAll(async () => {
    held.database = await aDatabase('pglite');
    const { connection } = held.database;
    const { desk } = await playHistory(connection, { config: CONFIG, seed: 21, acts: 32 });
    held.now = desk.clock.now();
    held.pasts = await pastsIn(connection, CONFIG);
  }, 120_000);
  afterAll(() => held.database.drop());

  async function pastsIn(
    { queries }: TestDatabase['connection'],
    { channels }: LoadedConfig,
  ): Promise<readonly Pasts[]> {
    const read = await readPage(queries, 0, 1000);
    if (read === null) throw new Error('Nothing was played.');
    const understand = channelReader(CONNECTORS, held.now);
    return pastsOf(recordedFrom(read.page), { understand, before: channels, after: channels });
  }

  /** What a judge makes of the past. */
  function outcomesOf(judge: Judge): readonly Outcome[] {
    return outcomesAt([held.now], judge, held.pasts);
  }

  /** What it makes of a past, stopping on its way. */
  function outcomesAt(
    stops: readonly Temporal.Instant[],
    judge: Judge,
    pasts: readonly Pick<Pasts, 'before'>[],
  ): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    const nobody = { tellLanguage: null, absences: [], burdens: [] };
    const onOutcome = (outcome: Outcome) => void outcomes.push(outcome);
    const run = createRun({ judge, findArticles: createArticleSearch(), hasSurveyPage: true, ...nobody, onOutcome });
    run.add(pasts.map(({ before }) => before));
    for (const stop of stops) while (run.step(stop));
    run.end();
    return outcomes;
  }

  function bothOf(before: Policy, after: Policy) {
    const judges = createJudges(before, after);
    return { before: outcomesOf(judges.before), after: outcomesOf(judges.after) };
  }

  it('say what each would say alone, whatever was changed', () => {
    const some = fc.subarray([...CHANGES], { maxLength: 3 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [before, after] = [changed(one), changed(other)];
        const alone = { before: outcomesOf(judgeBy(before)), after: outcomesOf(judgeBy(after)) };
        expect(bothOf(before, after)).toEqual(alone);
      }),
      { numRuns: 6 },
    );
  });

  it('say the same wherever they stop at a whole minute', () => {
    const judge = judgeBy(CONFIG.policy);
    // Nothing falls due at a whole minute by itself.
    const pasts = held.pasts.map(({ before }) => ({ before: { ...before, at: before.at.add({ seconds: 25 }) } }));
    const everyMinute = Array.from({ length: THREE_DAYS }, (_, n) => held.now.subtract({ minutes: THREE_DAYS - n }));
    const inOneGo = outcomesAt([held.now], judge, pasts);
    const between = everyMinute.map((at) => at.add({ seconds: 40 }));
    expect(outcomesAt([...everyMinute, held.now], judge, pasts)).toEqual(inOneGo);
    expect(outcomesAt([...between, held.now], judge, pasts)).not.toEqual(inOneGo);
  });

  it.each(CHANGES)('say what each would say alone, of %s with %j', (...change) => {
    const [before, after] = [CONFIG.policy, changed([change])];
    expect(bothOf(before, after).after).toEqual(outcomesOf(judgeBy(after)));
  });

  it.each([
    ['nothing was changed', []],
    ['a rule for the words of others', CHANGES.slice(3, 4)],
    ['a rule for other customers', [['triage.yaml', 'tags: [key customer]', 'tags: [dear customer]']]],
    ['when its customer is reminded', CHANGES.slice(13, 14)],
  ] as const)('judge a ticket once that the change does not concern: %s', (_, changes) => {
    const { before, after } = bothOf(CONFIG.policy, changed(changes));
    const finals = new Set(before.map(({ final }) => final));
    const concerned = after.filter(({ subject }) => subject === 'Hello').length;
    const judgedOnce = after.filter(({ final }) => finals.has(final)).length;
    expect(judgedOnce).toBeGreaterThanOrEqual(after.length - concerned - 3);
    expect(judgedOnce).toBeGreaterThan(0);
  });
});

describe('a changed rule', () => {
  const others = changed([['triage.yaml', 'tags: [key customer]', 'tags: [dear customer]']]).triage.rules;
  const mayMatter = rulesMayMatter(CONFIG.policy.triage.rules, others);

  it('makes no difference to the tickets of those for whom it is not', () => {
    const ticket = aTicket({ requester: { name: 'Greta', email: 'greta@example.com', account: {} } });
    expect(mayMatter({ before: ticket, judgement: { ticket, reasons: [] } })).toBe(false);
  });

  it('may make one where the ticket comes to be of somebody for whom it is', () => {
    const before = aTicket({ requester: { name: 'Greta', email: 'greta@example.com', account: {} } });
    const ticket = aTicket({ requester: { name: 'Greta', email: 'greta@example.com', account: { vip: true } } });
    expect(mayMatter({ before, judgement: { ticket, reasons: [] } })).toBe(true);
  });
});

describe('what a policy is known by', () => {
  it('is remembered in no other places than those of which watching a policy knows', () => {
    const remembering = globSync('src/{decide,domain}/**/*.ts').filter((file) =>
      readFileSync(file, 'utf8').includes('WeakMap<Policy'),
    );
    expect(remembering.toSorted()).toEqual([
      'src/decide/conditions/languages.ts',
      'src/decide/conditions/rule-index.ts',
      'src/decide/frustration/minds.ts',
      'src/decide/routing/people.ts',
    ]);
  });
});
