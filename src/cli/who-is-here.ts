import { hostname, userInfo } from 'node:os';
import { callerName } from '../http/caller-name.ts';

/** Who runs a command, as this machine knows them: `root on desk-1`. */
export function whoIsHere(): string {
  return callerName(`${userHere()} on ${hostname()}`);
}

function userHere(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number without a name.
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
