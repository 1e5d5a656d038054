/** A first line that only greets: `Hello Greta,`. */
const GREETING =
  /^(?:hello|hi|hey|dear|good (?:morning|afternoon|day)|hallo|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte[rs]?|bonjour|cher|chère|hola|buen[oa]s (?:días|tardes)|estimad[oa])\b[^\n]{0,60}[,!.:]?[ \t]*\n+/i;

/** Whom it was written to is nobody's business. */
export function withoutGreeting(text: string): string {
  return text.replace(GREETING, '').trimStart();
}
