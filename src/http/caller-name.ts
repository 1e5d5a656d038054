import type { Request } from 'express';
import { visibleText } from '../kit/visible-text.ts';

/** Under which header a command says who runs it. */
const HEADER = 'tabledesk-caller';

/** A user and a machine; whoever wants to can call themselves by more. */
const LONGEST_NAME = 80;

/** Headers hold no other letters than those of English. */
export function callerHeader(name: string): Readonly<Record<string, string>> {
  return { [HEADER]: encodeURIComponent(name) };
}

/** Whom the other side's machine names; null where it names nobody. Only the token proves anything. */
export function callerOf(request: Request): string | null {
  try {
    return callerName(decodeURIComponent(request.get(HEADER) ?? '')) || null;
  } catch {
    return null;
  }
}

/** One line of what can be seen. */
export function callerName(said: string): string {
  return visibleText(said).replaceAll('\n', ' ').slice(0, LONGEST_NAME).toWellFormed();
}
