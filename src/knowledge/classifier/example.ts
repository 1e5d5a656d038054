/** A ticket of which people know what it was about. */
export interface Example {
  /** Its number. */
  ticket: number;
  text: string;
  category: string;
  /** Whether a person said so against what a machine had said. */
  isCorrected: boolean;
}
