/** What was answered. An answer with a fault can be used, though the model may do better; without one nobody can. */
export interface Answered<Answer> {
  answer: Answer | null;
  /** What is wrong with it, for the model to mend; null where nothing is. */
  fault: string | null;
}

/** The form that an answer is to have, and how it is read. */
export interface Form<Answer> {
  /** As the endpoint is told. */
  name: string;
  /** In what all servers understand of JSON schema: one flat object, all keys required, texts or null, no limits. */
  schema: Readonly<Record<string, unknown>>;
  /** What an answer takes at most, in tokens. */
  room: number;
  /** Reads what the model wrote, whatever stands around the object. */
  read(content: string): Answered<Answer>;
  /** Reads an answer that was kept; null where it is none. */
  kept(value: unknown): Answer | null;
}
