import type { Vector } from '../../ports/embedder.ts';

/** A ticket of which people know what it was about. */
export interface Example {
  /** Its number. */
  ticket: number;
  text: string;
  category: string;
  /** Whether a person said so against what a machine had said. */
  isCorrected: boolean;
  /** What a model of the outside makes of the text; left out where nobody asked one. */
  vector?: Vector;
}
