/** Whether trying the same thing again can help: never, at once or later, or not before so many seconds. */
export type Retry = 'never' | 'later' | { afterSeconds: number };

export interface ProblemDetails {
  /** Dotted name of the cause, such as `config.unknown-name`; `docs/errors.md` has a heading for each. */
  code: string;
  /** What happened, with the values that matter. One sentence. */
  message: string;
  /** What to do next. One sentence. */
  fix: string;
  retry?: Retry;
}

/**
 * A refusal or failure that we understand. Anything else that is thrown is a fault of ours.
 * Never carries a secret or the text of a customer.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly fix: string;
  readonly retry: Retry;

  constructor(details: ProblemDetails, options?: { cause?: unknown }) {
    super(visible(details.message), options);
    this.code = details.code;
    this.fix = visible(details.fix);
    this.retry = details.retry ?? 'never';
  }

  toJSON(): Required<ProblemDetails> {
    return { code: this.code, message: this.message, fix: this.fix, retry: this.retry };
  }
}

/** Values that strangers sent stand in it. It is kept and shown, where no NUL and no half of a character can be. */
function visible(text: string): string {
  return text.replaceAll('\0', '\u2400').toWellFormed();
}
