/**
 * Loaded by a service before all else: its clock is off by as many milliseconds as a file says, which it reads anew
 * at each SIGUSR2. Timers go on as before, as they do when somebody sets the clock of a machine.
 */
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const OFFSET_FILE = process.env['CHAOS_CLOCK_OFFSET'] ?? '';

const RealDate = Date;
const realInstant = Temporal.Now.instant.bind(Temporal.Now);
const clock = { offset: readOffset() };

class OffDate extends RealDate {
  constructor(...given: unknown[]) {
    // As `Date` itself has it: nothing given is now.
    super(...((given.length === 0 ? [RealDate.now() + clock.offset] : given) as [number]));
  }
  static override now(): number {
    return RealDate.now() + clock.offset;
  }
}

globalThis.Date = OffDate as DateConstructor;
Temporal.Now.instant = () => realInstant().add({ milliseconds: clock.offset });
if (isMainThread) process.on('SIGUSR2', () => void (clock.offset = readOffset()));

function readOffset(): number {
  return Number(readFileSync(OFFSET_FILE, 'utf8'));
}
