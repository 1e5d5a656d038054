/**
 * Sets the parts of a desk to work, as far as the role of this process goes.
 */
import { formatFinding } from './config/finding.ts';
import { recordConfig } from './db/config-history.ts';
import { dutiesOf } from './db/duties.ts';
import { type Lane, LANES } from './db/queues.ts';
import type { Desk, Parts } from './desk.ts';
import { modelReadings } from './knowledge/model/standing.ts';
import { countLoads } from './pipeline/look-again.ts';
import { createFirstLook } from './sync/first-look.ts';
import { createSweeps, type Sweeps } from './sweeps/create.ts';
import { cronScheduler } from './sweeps/schedule.ts';

/** What is left from before is taken up at a start; the lanes that look at everything wait for their night. */
const TAKEN_UP = LANES.filter((lane) => lane !== 'full_pass' && lane !== 'compare');

/** Sets the lanes of this process's role to work, and its ticks begin. */
export async function setToWork(desk: Desk, parts: Parts): Promise<Sweeps> {
  const { config, connection, lanes, log, metrics, environment } = desk;
  const duties = dutiesOf(environment.TABLEDESK_ROLE);
  await countLoads({ connection });
  if (connection.engine === 'pglite') await parts.outbox.letGo();
  config.onChange(() => {
    const changed = Promise.all([configChanged(desk, parts), listenToChannels(desk, parts), parts.events.follow()]);
    changed.catch((err: unknown) => log.error({ err }, 'a changed config could not be taken'));
  });
  const work = workOf(desk, parts);
  for (const lane of duties.lanes) {
    const timed = metrics.timed(lane, async () => void (await work[lane]()));
    await lanes.serve(lane, timed);
  }
  metrics.onRead(() => modelReadings(connection.queries).catch(() => []));
  await parts.events.follow();
  await takeConfig(desk, parts);
  const sweeps = sweepsOf(desk);
  if (duties.hasTicks) sweeps.start();
  return sweeps;
}

/** Opens the connections of channels that fetch what comes, where that is this process's to do. */
export async function listenToChannels(
  { environment }: Pick<Desk, 'environment'>,
  { listeners }: Parts,
): Promise<void> {
  if (dutiesOf(environment.TABLEDESK_ROLE).listens) await listeners.follow();
}

/** Takes over what another process read from the tables of the base, or learned. */
export async function catchUp({ team, learning }: Pick<Parts, 'team' | 'learning'>): Promise<void> {
  await team.catchUp();
  await learning.catchUp();
}

/** What is done when a lane is woken. */
function workOf(desk: Desk, parts: Parts): Record<Lane, () => Promise<unknown>> {
  const { pipeline, flush, pull, comments, tables, outbox, attachments } = parts;
  // Nothing is decided before the base was read: a request's number may be taken there, and what people did to a
  // ticket may stand in a row to come. The same goes for the tables beside it.
  const firstLook = createFirstLook({
    isKnown: async () => (await pull.knowsBase()) && tables.isKnown(),
    wake: desk.lanes.wake,
  });
  const decide = (lane: Lane, judge: () => Promise<unknown>) =>
    firstLook.after(lane, async () => {
      await catchUp(parts);
      await judge();
    });
  return {
    inbox: () => decide('inbox', () => pipeline.drainInbox()),
    flush: () => flush.run(),
    pull: () => firstLook.look(() => pull.run()),
    comments: () => comments.run(),
    tables: () => firstLook.look(() => tables.run()),
    outbox: () => outbox.run(),
    attachments: () => attachments.run(),
    events: () => parts.events.run(),
    advise: () => decide('advise', () => pipeline.advise()),
    learn: () => parts.learning.run(),
    sweep: () => decide('sweep', () => pipeline.wakeDue()),
    weekly: () => parts.weekly.run(),
    full_pass: () => decide('full_pass', () => pipeline.reviewAll()),
    compare: () => Promise.all([pull.compareAll(), tables.compareAll()]),
    housekeeping: () => workOfTheHour(desk, parts),
  };
}

function workOfTheHour({ lanes }: Pick<Desk, 'lanes'>, parts: Parts): Promise<unknown> {
  const { housekeeping, playbook, shadow, retention, knowledge, news } = parts;
  return Promise.all([
    housekeeping.run(),
    shadow.look(),
    retention.run(),
    playbook.run(),
    knowledge.listen(),
    news?.subscribe(),
    lanes.wake('flush'),
  ]);
}

/** Takes up what is left from before. The doors are open by now, so a database that fails does not end it all. */
export async function takeUp({ lanes }: Pick<Desk, 'lanes'>): Promise<void> {
  for (const lane of TAKEN_UP) await lanes.wakeSurely(lane);
}

function sweepsOf(desk: Desk): Sweeps {
  const { timeZone } = desk.config.current().policy.desk;
  return createSweeps({ ...desk, schedule: cronScheduler(desk.log), timeZone });
}

/** Brings the running desk up to date with the files, or says why they are refused. */
async function configChanged(desk: Desk, parts: Pick<Parts, 'weekly' | 'shadow'>): Promise<void> {
  const { config, log } = desk;
  const { version } = config.current();
  const refused = config.refused();
  for (const finding of refused ?? []) log.error({ version }, formatFinding(finding));
  if (refused !== null) return;
  log.info({ version }, 'the config on disk is in force');
  await takeConfig(desk, parts);
}

/** Under another config every open ticket is judged anew: due times move, and each says why. */
async function takeConfig(
  { config, connection, lanes, now }: Desk,
  { weekly, shadow }: Pick<Parts, 'weekly' | 'shadow'>,
): Promise<void> {
  await weekly.plan();
  await shadow.look();
  const isNew = await recordConfig(connection.queries, config.current(), now());
  if (isNew) await lanes.wake('tables');
  if (isNew) await lanes.wake('full_pass');
  if (isNew) await lanes.wake('learn');
  if (isNew) await lanes.wake('advise');
}
