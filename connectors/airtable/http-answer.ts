/** What an answer said, kept whole: the package throws most bodies away. It asks for these three keys itself. */
export class Refused extends Error {
  readonly error: string;
  readonly statusCode: number;
  readonly body: unknown;

  constructor(statusCode: number, body: unknown) {
    super(`Airtable answered ${statusCode}`);
    this.error = 'REFUSED';
    this.statusCode = statusCode;
    this.body = body;
  }
}

export function isGood(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300;
}
