/**
 * Everything at once: one call in ten to Airtable fails in one of its ways, the service is killed with -9
 * every few seconds, and people edit all the while. Ends with 1 when anything is not as it was promised.
 *
 *     node bench/airtable-faults.ts [--tickets 2000] [--share 0.1] [--seed 1]
 */
import { parseArgs } from 'node:util';
import type { Fault } from '../simulators/airtable/index.ts';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { drawFaults, runWithFaults } from './support/fault-run.ts';

const FAULTS: readonly Fault[] = [
  { kind: 'bad-gateway' },
  { kind: 'bad-gateway', commits: true },
  { kind: 'unavailable', retryAfterSeconds: 1 },
  { kind: 'server-error', commits: true },
  { kind: 'gateway-timeout', commits: true },
  { kind: 'slow-headers', milliseconds: 3000 },
  { kind: 'stalled-body' },
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'rate-limited' },
];

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '2000' },
    share: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
  },
});
const [tickets, share, seed] = [Number(values.tickets), Number(values.share), Number(values.seed)];

const faults = drawFaults(FAULTS, { share, seed });
const desk = await anAirtableDesk({ faults: faults.next });
await runWithFaults(desk, { tickets, share, seed, faults });
