/**
 * Everything at once: one call in ten to Notion fails in one of its ways, some of its own calls to us are lost,
 * doubled or late, times are whole minutes, the service is killed with -9 every few seconds, and people edit all
 * the while. Ends with 1 when anything is not as it was promised; a page in the trash is none.
 *
 *     node bench/notion-faults.ts [--tickets 2000] [--share 0.1] [--seed 1] [--plan business]
 */
import { parseArgs } from 'node:util';
import type { Delivery, Fault } from '../simulators/notion/index.ts';
import { createChance } from '../test/support/chance.ts';
import { PASSWORD } from '../test/support/console-server.ts';
import { aVisitor } from '../test/support/console-visitor.ts';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { until } from '../test/support/until.ts';
import { drawFaults, runWithFaults } from './support/fault-run.ts';
import { aNotionDesk } from './support/notion-desk.ts';

/** Where Notion believes the service to be; its calls are led to where it listens. */
const PUBLIC = 'https://desk.example';

/**
 * How long we wait for an answer, in seconds. It is less than Notion itself would take, so that pages are made
 * after we gave them up, and a stalled answer outlives no service.
 */
const TIMEOUT_SECONDS = 4;

const FAULTS: readonly Fault[] = [
  { kind: 'saved-but-unavailable' },
  { kind: 'unavailable' },
  { kind: 'unavailable', commits: true },
  { kind: 'database-unavailable', commits: true },
  { kind: 'server-error', commits: true },
  { kind: 'bad-gateway' },
  { kind: 'bad-gateway', commits: true },
  { kind: 'gateway-timeout', milliseconds: 1000, commits: true },
  { kind: 'conflict' },
  { kind: 'overloaded', retryAfterSeconds: 2 },
  { kind: 'slow-headers', milliseconds: 2000, commits: 'at-once' },
  { kind: 'slow-headers', milliseconds: 6000, commits: 'late' },
  { kind: 'stalled-body' },
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'rate-limited', retryAfterSeconds: 5 },
];

/** Of the faults, so many are 429 of the workspace, which may ask for more than a minute. */
const WORKSPACE_SHARE = 0.01;
const WORKSPACE: Fault = {
  kind: 'rate-limited',
  reason: 'public_api_space_request_rate_limit',
  retryAfterSeconds: 75,
};

/** What becomes of Notion's calls: of ten, so many are lost, doubled or late by so many milliseconds. */
const CALLS = { lost: 0.2, doubled: 0.3, lateMs: 20_000 };

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '2000' },
    share: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
    plan: { type: 'string', default: 'business' },
  },
});
const [tickets, share, seed] = [Number(values.tickets), Number(values.share), Number(values.seed)];
const plan = values.plan === 'plus' ? 'plus' : 'business';

const chance = createChance(seed + 3);
const calls = { told: 0, lost: 0, doubled: 0, answered: 0 };
const listening = { at: null as string | null };
const faults = drawFaults(FAULTS, { share, seed });
const desk = await aNotionDesk(
  {
    plan,
    aggregationMs: 2000,
    // A delivery that failed comes again after seconds, not after minutes.
    webhookSpeed: 20,
    post: call,
    deliveries: deliver,
    faults() {
      const fault = faults.next();
      return fault !== null && chance() < WORKSPACE_SHARE ? WORKSPACE : fault;
    },
  },
  { timeoutSeconds: TIMEOUT_SECONDS },
);
const { notion, token } = desk;
await runWithFaults(desk, {
  tickets,
  share,
  seed,
  faults,
  variables: { PUBLIC_URL: PUBLIC, TABLEDESK_PASSWORD: PASSWORD },
  setUp: haveNotionCall,
  listensAt: (address) => void (listening.at = address),
  figures: () => [
    { what: 'calls by Notion', value: calls.told, unit: '' },
    { what: 'of them lost', value: calls.lost, unit: '' },
    { what: 'of them doubled', value: calls.doubled, unit: '' },
    { what: 'calls by Notion that were answered', value: calls.answered, unit: '' },
  ],
});

async function call(url: string, init: RequestInit): Promise<Response> {
  if (listening.at === null) throw new Error('nobody listens');
  const response = await fetch(url.replace(PUBLIC, listening.at), init);
  if (response.ok) calls.answered += 1;
  return response;
}

function deliver(): Delivery {
  calls.told += 1;
  const isLost = chance() < CALLS.lost;
  const isDoubled = !isLost && chance() < CALLS.doubled;
  if (isLost) calls.lost += 1;
  if (isDoubled) calls.doubled += 1;
  return { isLost, copies: isDoubled ? 2 : 1, lateMs: chance() * CALLS.lateMs };
}

/** As a person does on the page Health and in Notion: nothing else brings the token to and fro. */
async function haveNotionCall({ address }: ServiceProcess): Promise<void> {
  const admin = aVisitor(address);
  await admin.signIn();
  await admin.post('/base/calls', {}, { origin: PUBLIC });
  const id = notion.webhooks.subscribe({ token, url: `${PUBLIC}/stores/notion/news` });
  const shown = await until('the token is shown', async () => {
    const { text } = await admin.get('/health');
    return /id="calls-secret"[^>]* value="([^"]+)"/.exec(text)?.[1] ?? null;
  });
  if (!notion.webhooks.verify(id, shown)) throw new Error('Notion does not take the token.');
}
