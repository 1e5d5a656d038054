import type { Now } from '../../src/ports/now.ts';
import type { Schedule } from '../../src/ports/schedule.ts';

/** The time that is left for something, all attempts together. */
export interface Deadline {
  /** Aborted when the time is over, or whoever waits gives up. */
  signal: AbortSignal;
  /** Milliseconds that are left. */
  left(): number;
  /** Whether it is over because of the time. */
  isOver(): boolean;
  /** Waits, and throws what the signal says when that comes first. */
  pause(milliseconds: number): Promise<void>;
  /** Lets go of the clock. */
  end(): void;
}

export function startDeadline(
  milliseconds: number,
  { now, schedule, signal }: { now: Now; schedule: Schedule; signal: AbortSignal | undefined },
): Deadline {
  const until = now().add({ milliseconds });
  const time = new AbortController();
  const timer = schedule(() => time.abort(), milliseconds);
  const both = signal === undefined ? time.signal : AbortSignal.any([time.signal, signal]);
  return {
    signal: both,
    left: () => now().until(until).total('milliseconds'),
    isOver: () => time.signal.aborted,
    pause: (length) =>
      new Promise((passed, failed) => {
        const giveUp = () => {
          waiting.cancel();
          failed(both.reason);
        };
        const waiting = schedule(() => {
          both.removeEventListener('abort', giveUp);
          passed();
        }, length);
        if (both.aborted) giveUp();
        else both.addEventListener('abort', giveUp, { once: true });
      }),
    end: () => timer.cancel(),
  };
}
