import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from '../../test/support/chance.ts';
import { aMailServer, type Arrived } from '../../test/support/mail-server.ts';
import { beginServiceProcess, type ServiceProcess } from '../../test/support/service-process.ts';
import { JSON_TOKEN, startSenders } from '../../test/support/stubborn-senders.ts';
import { type BaseDesk, type Row, TABLE } from './base-desk.ts';
import { ANSWER, createBusyPeople } from './busy-people.ts';
import { exactly, type Figure, printFigures } from './figures.ts';

/** Requests a second that come in, and edits a second that people make. */
const RATE = { requests: 25, edits: 1 };

/** Length of a life of the service, in milliseconds, from when it is ready. */
const LIFE = { shortest: 2000, longest: 7000 };

/** Lives after the last request has come in, while the base is still behind. */
const LIVES_AFTERWARDS = 10;

/** Longest wait for the rest of the work, in seconds: there are faults that stop everything for a minute or more. */
const PATIENCE = 3600;

/** Longest wait until the last edits were looked at, in seconds. */
const CALM = 70;

/** A run, and what is peculiar to a base in it. */
export interface FaultRun {
  tickets: number;
  /** Of all calls, so many fail. */
  share: number;
  seed: number;
  faults: { begin(): void };
  /** What the service needs in its environment besides. */
  variables?: Readonly<Record<string, string>>;
  /** A person sets something up in the first life, before it can be killed. */
  setUp?: (service: ServiceProcess) => Promise<void>;
  /** Where the service listens from now on; null while it is dead. */
  listensAt?: (address: string | null) => void;
  figures?: () => readonly Figure[];
}

/** Draws the faults of a run: each kind as likely as the others, and none before the run begins. */
export function drawFaults<Fault>(faults: readonly Fault[], { share, seed }: Pick<FaultRun, 'share' | 'seed'>) {
  const chance = createChance(seed + 2);
  let hasBegun = false;
  return {
    begin: () => void (hasBegun = true),
    next: (): Fault | null =>
      hasBegun && chance() < share ? (faults[Math.floor(chance() * faults.length)] ?? null) : null,
  };
}

/**
 * Requests come in, people edit, calls to the base fail, and the service is killed with -9 every few seconds.
 * Then counts: is everything that was acknowledged one row, does every edit stand, did every message go out
 * once? Ends the process, with 1 when anything is not as it was promised; then the data folder is kept.
 */
export async function runWithFaults(desk: BaseDesk, run: FaultRun): Promise<never> {
  const { base } = desk;
  const { tickets, share, seed } = run;
  const mail = await aMailServer();
  const chance = createChance(seed);
  const senders = startSenders({ perSecond: RATE.requests, seed });
  const people = createBusyPeople(base, { perSecond: RATE.edits, seed });
  const begun = performance.now();
  let killed = 0;
  run.faults.begin();

  async function born(): Promise<ServiceProcess> {
    const { dataFolder, configFolder } = desk;
    const mailing = { SMTP_URL: mail.url, MAIL_FROM: 'desk@example.com' };
    const variables = { ...desk.variables, ...run.variables, ...mailing, JSON_TOKEN, LOG_LEVEL: 'warn' };
    const service = await (await beginServiceProcess({ dataFolder, configFolder, variables })).ready();
    run.listensAt?.(service.address);
    return service;
  }

  /** One life of the service, of random length. */
  async function liveAndDie(): Promise<void> {
    const service = await born();
    senders.to(service.address);
    await sleep(LIFE.shortest + chance() * (LIFE.longest - LIFE.shortest));
    await service.kill();
    senders.to(null);
    run.listensAt?.(null);
    killed += 1;
  }

  if (run.setUp !== undefined) {
    const service = await born();
    await run.setUp(service);
    await service.kill();
  }
  while (senders.told.size < tickets) await liveAndDie();
  const finishing = await born();
  senders.to(finishing.address);
  await senders.finish();
  await finishing.kill();
  for (let life = 0; life < LIVES_AFTERWARDS; life += 1) await liveAndDie();
  people.stop();
  const working = await born();
  await working.settled({ seconds: PATIENCE });
  // What people did last is read by the next look at the base, and what we say to it written after that.
  await working.stop();
  const calm = await born();
  await sleep(CALM * 1000);
  await calm.settled({ seconds: PATIENCE });
  await calm.stop();

  const rows = base.people.rows(TABLE);
  const arrived = mail.arrived;
  // What comes again under the same Message-ID is the same mail, and mail programs know it.
  const unique = new Map(arrived.map(({ messageId, text }) => [messageId, text]));
  const violations = [
    ...violationsOfRows(rows, senders.told),
    ...people.violations(),
    ...violationsOfMail(arrived),
    ...people.repliesNotSent([...unique.values()]),
  ];
  const { requests, tooMany } = base.counters();
  const faults = base.requests().filter(({ fault }) => fault !== null).length;
  const repeats = arrived.length - unique.size;
  printFigures(`${senders.told.size} tickets, ${share * 100} % faults, killed ${killed} times, seed ${seed}`, [
    { what: 'requests acknowledged', value: senders.told.size, unit: '' },
    { what: 'rows', value: rows.length, unit: '', goal: exactly(senders.told.size) },
    { what: 'edits by people', value: people.edits(), unit: '' },
    { what: 'calls', value: requests, unit: '' },
    { what: 'calls that failed on purpose', value: faults, unit: '' },
    { what: 'calls answered 429, on purpose or not', value: tooMany, unit: '' },
    { what: 'mails', value: arrived.length, unit: '' },
    { what: 'mails repeated under the same Message-ID', value: repeats, unit: '' },
    ...(run.figures?.() ?? []),
    { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
    { what: 'all of it took', value: (performance.now() - begun) / 1000, unit: 's' },
  ]);
  for (const violation of violations.slice(0, 50)) process.stdout.write(`${violation}\n`);
  await mail.close();
  if (violations.length === 0) await desk.remove();
  else process.stdout.write(`The data folder is kept: ${desk.dataFolder}\n`);
  process.exit(violations.length === 0 ? 0 : 1);
}

function violationsOfRows(rows: readonly Row[], told: ReadonlyMap<string, unknown>): string[] {
  const byMarker = Map.groupBy(rows, ({ fields }) => /\[\[([^\]]+)\]\]/.exec(String(fields['Description']))?.[1] ?? '');
  const byKey = Map.groupBy(rows, ({ fields }) => String(fields['Key']));
  const lost = [...told.keys()].filter((marker) => !byMarker.has(marker));
  return [
    ...lost.map((marker) => `${marker} was acknowledged and is no row`),
    ...[...byMarker].filter(([, same]) => same.length > 1).map(([marker, { length }]) => `${marker} is ${length} rows`),
    ...[...byKey]
      .filter(([, same]) => same.length > 1)
      .map(([key, { length }]) => `the key ${key} is in ${length} rows`),
    ...rows.filter(({ fields }) => !fields['Owner']).map(({ id }) => `the row ${id} has no owner`),
  ];
}

/** The same message under two Message-IDs is sent twice; under one a mail program knows it for a repeat. */
function violationsOfMail(arrived: readonly Arrived[]): string[] {
  const acknowledged = arrived.filter(({ text }) => !text.includes(ANSWER));
  const byReceiver = Map.groupBy(acknowledged, ({ to }) => to);
  const doubled = [...byReceiver].filter(([, same]) => new Set(same.map(({ messageId }) => messageId)).size > 1);
  return doubled.map(([to]) => `two different mails of one kind went to ${to}`);
}
