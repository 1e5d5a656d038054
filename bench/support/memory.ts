import { readFileSync } from 'node:fs';
import { median } from './figures.ts';

/** How often memory is looked at, in milliseconds. */
const EVERY = 1000;

/** What a process held over time, in MB. */
export interface MemoryWatch {
  /** Ends the watch: what was held in the first half after warming up, in the second, and at most. */
  end(warmUpSeconds: number): { early: number; late: number; most: number };
}

/** Looks at the memory of a process, every second. */
export function memoryOver(pid: number): MemoryWatch {
  const seen: number[] = [];
  const timer = setInterval(() => seen.push(megabytesOf(pid)), EVERY);
  return {
    end(warmUpSeconds) {
      clearInterval(timer);
      const warm = seen.slice((warmUpSeconds * 1000) / EVERY);
      const half = Math.floor(warm.length / 2);
      return { early: median(warm.slice(0, half)), late: median(warm.slice(half)), most: Math.max(...seen) };
    },
  };
}

function megabytesOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
