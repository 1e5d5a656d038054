/** Turns texts into vectors: whoever says the same in other words has one that points nearly the same way. */
import type { Identity } from '../domain/requester.ts';
import type { ModelSettings } from './language-model.ts';

/**
 * Which way a vector points: its numbers in steps of a 127th of the largest, a byte each. It is the way that tells
 * texts apart, and no measure told such a vector from the whole.
 */
export type Vector = Int8Array;

/** How a model of vectors is asked, as the config has it. */
export interface EmbedderSettings extends Pick<ModelSettings, 'name' | 'caps' | 'prices' | 'mask' | 'maskAlso'> {
  /** So many numbers are asked for; null leaves that to the model. */
  dimensions: number | null;
}

/** A text, and who wrote it: what is theirs is hidden before it leaves the house. */
export interface Embeddable {
  text: string;
  requester: { name: string; email: string | null; identities?: readonly Identity[] };
}

/** What a look at the endpoint found. */
export interface EmbedderCheck {
  dimensions: number;
  milliseconds: number;
}

/** Gives vectors. It sets nothing, sends nothing, and knows nothing but the texts. */
export interface Embedder {
  /** As people read it: `text-embedding-3-small`. */
  readonly name: string;
  /** Most texts to one call. */
  readonly most: number;
  /**
   * Names what makes vectors alike: endpoint, model, their length, what is hidden of texts. Those of two spaces have
   * nothing to do with each other.
   *
   * @throws Problem `model.no-key`, `model.address-refused`
   */
  space(): Promise<string>;
  /**
   * The vectors of some texts, in their order; null for a text that the endpoint does not take however short it is cut.
   * Settles within the time, attempts included.
   *
   * @throws Problem `model.*`: its `retry` says whether asking later can help. Never anything of a text in it.
   */
  embed(
    texts: readonly Embeddable[],
    options: { seconds: number; signal?: AbortSignal },
  ): Promise<readonly (Vector | null)[]>;
  /**
   * Asks something harmless, so that an admin learns whether it works.
   *
   * @throws Problem as `embed` does
   */
  check(): Promise<EmbedderCheck>;
}
