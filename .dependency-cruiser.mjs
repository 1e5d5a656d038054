/**
 * The architecture: which folder may know which. Arrows point inward, from what changes with the outside
 * world to what does not:
 *
 *   cli → main → connectors → ports, kit, domain
 *   cli → main → at-work → desk → work
 *   cli → http → console → work → config, db → kit → ports → domain
 *   cli → demo ──────────→ work
 *                          work → decide ───────────────────→ domain
 *
 * "Work" is the life of a ticket: inbox, pipeline, attachments, sync, outbox, events, sweeps, knowledge, privacy, reports; and
 * backtest, which tries it once more under another config. Each rule says why it is there and what to do instead;
 * test/architecture/boundaries.test.ts proves each one.
 */

/** @import { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser' */

/** What every kind of work may know. */
const GROUND = 'domain|decide|config|ports|kit|db';

/** The parts of a ticket's life. They know each other only along arrows that are named below. */
const WORK = 'attachments|backtest|events|inbox|pipeline|privacy|sync|outbox|sweeps|knowledge|reports';

/**
 * A package's files, whichever way the package manager laid them out.
 *
 * @param {string} names
 */
function packages(names) {
  return `(^|/)node_modules/(${names})/`;
}

/**
 * One folder of src may know only these folders of src. Packages and Node are left to other rules.
 *
 * @param {string} folder
 * @param {string} known
 * @param {string} comment
 * @returns {IForbiddenRuleType}
 */
function onlyKnows(folder, known, comment) {
  return {
    name: `${folder}-knows-only-what-it-may`,
    comment,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^(src|connectors)/', pathNot: `^src/(${known})/` },
  };
}

/**
 * Packages that have one room, and are nowhere else.
 *
 * @param {string} name
 * @param {{ path: string, room: string }} where
 * @param {string} comment
 * @returns {IForbiddenRuleType}
 */
function livesIn(name, { path, room }, comment) {
  return { name, comment, severity: 'error', from: { path: '^(src|connectors)/', pathNot: room }, to: { path } };
}

/** @type {IForbiddenRuleType[]} */
const PURE = [
  {
    name: 'domain-knows-only-itself',
    comment:
      'The nouns outlive every library: they import no package, no Node built-in and nothing of ours but each ' +
      'other. Move what needs more to kit, or to the folder that uses it.',
    severity: 'error',
    from: { path: '^src/domain/' },
    to: { pathNot: '^src/domain/', couldNotResolve: false },
  },
  {
    name: 'decide-knows-only-domain',
    comment:
      'The judgement is a computation over nouns; whatever it must know of the world is a fact. Name the fact in ' +
      'decide/facts.ts, and gather it in pipeline.',
    severity: 'error',
    from: { path: '^src/decide/' },
    to: { pathNot: '^src/(decide|domain)/', couldNotResolve: false },
  },
  {
    name: 'a-replay-can-only-judge',
    comment:
      'The past is replayed by the judgement over nouns in memory: no table, no port, no clock and no network can be ' +
      'reached, so that nothing can happen by it. Read what it needs in backtest/past, and hand it over as data.',
    severity: 'error',
    from: { path: '^src/backtest/replay/' },
    to: { pathNot: '^src/(backtest/replay|decide|domain)/', couldNotResolve: false },
  },
  {
    name: 'ports-know-only-domain',
    comment:
      'A port is an interface in our own words: no package, no Node built-in. Put what a vendor brings into the ' +
      "connector's wire.ts.",
    severity: 'error',
    from: { path: '^src/ports/' },
    to: { pathNot: '^src/(ports|domain)/', couldNotResolve: false },
  },
];

/** @type {IForbiddenRuleType[]} */
const LAYERS = [
  onlyKnows(
    'kit',
    'kit|ports|domain',
    'Kit is what a connector is built from, and goes wherever connectors go. Pass in what it needs of the rest.',
  ),
  onlyKnows(
    'config',
    'config|decide|ports|kit|domain',
    'Config turns files into a policy and knows nothing of tables or work. Hand it what it needs as an argument.',
  ),
  onlyKnows(
    'db',
    'db|ports|kit|domain',
    'The database opens, migrates and queues; what is asked of it stands where it is asked.',
  ),
  // Attachments are handed to the base as messages are to a mail server: by the port, knowing tables and no turns.
  ...['attachments', 'backtest', 'events', 'knowledge', 'outbox', 'pipeline', 'privacy', 'reports'].map((folder) =>
    onlyKnows(
      folder,
      `${GROUND}|${folder}`,
      `${folder} does not know the other work: they meet in tables, and wake each other through db/queues.ts.`,
    ),
  ),
  ...['inbox', 'sweeps', 'sync'].map((folder) =>
    onlyKnows(
      folder,
      `${GROUND}|${folder}|pipeline`,
      `${folder} reaches tickets through the pipeline and knows no other work: they meet in tables, and wake each ` +
        'other through db/queues.ts.',
    ),
  ),
  {
    name: 'pipeline-by-its-front-door',
    comment: 'A ticket changes through the interface in pipeline/index.ts, so that each change is one recorded turn.',
    severity: 'error',
    from: { path: '^(src|connectors)/', pathNot: '^src/(pipeline/|(desk|at-work)\\.ts$)' },
    to: { path: '^src/pipeline/', pathNot: '^src/pipeline/index\\.ts$' },
  },
  onlyKnows(
    'console',
    `${GROUND}|${WORK}|console`,
    'Pages show and ask. They know the work, not how they are served: take what http has as an argument.',
  ),
  onlyKnows(
    'http',
    `${GROUND}|${WORK}|console|http`,
    'Routes stand on top of the work; only main.ts and the commands stand on top of routes.',
  ),
  onlyKnows(
    'demo',
    `${GROUND}|inbox|pipeline|sync|outbox|demo`,
    'The demo plays a story through the parts of a desk, from outside. Its pages are those of any desk; what it ' +
      'needs of main.ts is handed in by its command.',
  ),
  {
    name: 'main-is-under-cli',
    comment: 'A command starts the service; the service does not know that there are commands.',
    severity: 'error',
    from: { path: '^src/(main|desk|at-work)\\.ts$' },
    to: { path: '^src/cli/' },
  },
];

/** @type {IForbiddenRuleType[]} */
const CONNECTORS = [
  {
    name: 'only-main-names-connectors',
    comment:
      'A connector can be added, deleted or kept elsewhere without touching src. Ask for a port, and let main.ts ' +
      'hand one in, or what begins a thread, which nothing but data can be handed to.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(main|replay-thread)\\.ts$' },
    to: { path: '^connectors/' },
  },
  {
    name: 'main-takes-the-list',
    comment: 'main.ts reads connectors/index.ts, where each connector has its line. Add it there.',
    severity: 'error',
    from: { path: '^src/(main|replay-thread)\\.ts$' },
    to: { path: '^connectors/', pathNot: '^connectors/index\\.ts$' },
  },
  {
    name: 'connectors-know-only-ports-kit-domain',
    comment:
      'A connector sees the interfaces that it implements, the kit and the nouns. What else it needs is handed in ' +
      'by `create`; what others could use as well goes to src/kit.',
    severity: 'error',
    from: { path: '^connectors/' },
    to: { path: '^src/', pathNot: '^src/(ports|kit|domain)/' },
  },
  {
    name: 'no-connector-knows-another',
    comment: 'Each can be deleted alone. What two of them share belongs in src/kit.',
    severity: 'error',
    from: { path: '^connectors/([^/]+)/' },
    to: { path: '^connectors/', pathNot: '^connectors/$1/' },
  },
  {
    name: 'the-list-knows-spec-sheets',
    comment: "connectors/index.ts names each connector's index.ts and nothing inside it.",
    severity: 'error',
    from: { path: '^connectors/index\\.ts$' },
    to: { path: '^connectors/', pathNot: '^connectors/[^/]+/index\\.ts$' },
  },
];

/** @type {IForbiddenRuleType[]} */
const PACKAGES = [
  livesIn(
    'zod-at-the-gates',
    { path: packages('zod'), room: '(^|/)(wire|settings)\\.ts$|^src/(config|kit)/' },
    'What is foreign is checked where it enters: put the schema into wire.ts or settings.ts of the same folder.',
  ),
  livesIn(
    'engines-in-db',
    { path: packages('@electric-sql/[^/]+|pg|pg-boss'), room: '^src/db/' },
    'The two engines and the queue are behind db/connection.ts and db/queues.ts, so that everything else is the ' +
      'same on both.',
  ),
  livesIn(
    'queries-where-rows-are-used',
    { path: packages('drizzle-orm'), room: `^src/(db|${WORK}|console|demo|cli)/` },
    'Queries stand beside what needs the rows. A connector gets the row database of ports/row-database.ts; a route ' +
      'asks reports.',
  ),
  livesIn(
    'express-on-top',
    { path: packages('express|helmet'), room: '^src/(http|console)/' },
    'Only http and console know that they are served by express. Give everything else plain values.',
  ),
  livesIn(
    'cron-in-sweeps',
    { path: packages('node-cron'), room: '^src/sweeps/' },
    'Ticks are singletons across instances because sweeps sees to it. Add the tick there.',
  ),
  livesIn(
    'openid-at-the-door',
    { path: packages('openid-client'), room: '^src/console/provider(-routes)?\\.ts$' },
    'Who somebody is, is found out at the door of the console. Ask for a session everywhere else.',
  ),
  livesIn(
    'vendors-in-connectors',
    { path: packages('airtable|@notionhq/[^/]+|openai|nodemailer|imapflow|mailparser'), room: '^connectors/' },
    "A vendor's library belongs to the connector of that vendor. Go through its port.",
  ),
  {
    name: 'simulators-know-only-themselves',
    comment:
      'A simulator stands for an outside system: what it takes from us it would agree with, right or wrong. Node ' +
      'and zod are enough; write down what the vendor says.',
    severity: 'error',
    from: { path: '^simulators/([^/]+)/' },
    to: { pathNot: '^simulators/$1/|(^|/)node_modules/zod/', dependencyTypesNot: ['core'] },
  },
  {
    name: 'simulators-for-demo-and-cli',
    comment:
      'The service talks to the real system, by an address it is given. Start a simulator in src/demo or src/cli.',
    severity: 'error',
    from: { path: '^(bin|src|connectors)/', pathNot: '^src/(demo|cli)/' },
    to: { path: '^simulators/' },
  },
  {
    name: 'no-development-packages',
    comment: 'It is missing where `npm ci --omit=dev` installed. Move the package to "dependencies", or do without it.',
    severity: 'error',
    from: { path: '^(src|connectors|simulators)/' },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'only-packages-that-we-name',
    comment: 'It came along with another package and can leave with it. Add it to package.json.',
    severity: 'error',
    from: { path: '^(src|connectors|simulators)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

/** @type {IForbiddenRuleType[]} */
const TREE = [
  {
    name: 'no-circles',
    comment:
      'Two files that need each other are one thing in two rooms, or want a third that both know. Types count too.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'nothing-missing',
    comment: 'The file or package does not exist, or the path lacks its `.ts`.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'product-does-not-know-its-tests',
    comment: 'Tests, benchmarks and tools come on top. Move what the product needs to src.',
    severity: 'error',
    from: { path: '^(bin|src|connectors|simulators)/' },
    to: { path: '^(test|bench|tools)/' },
  },
  {
    name: 'nothing-unreachable',
    comment: 'No command, no tool and no connector leads here. Use it or delete it; a test alone does not need it.',
    severity: 'error',
    from: { path: '^(bin|tools)/[^/]+$' },
    // What the browser loads is served as files, and a thread is begun by its file.
    to: { path: '^(src|connectors)/', pathNot: '^src/((console|http)/assets/|replay-thread)', reachable: false },
  },
];

/** @type {IConfiguration} */
export default {
  forbidden: [...PURE, ...LAYERS, ...CONNECTORS, ...PACKAGES, ...TREE],
  options: {
    // The classic TypeScript parser is gone with TypeScript 7; swc reads .ts, and `import type` counts as an import.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
