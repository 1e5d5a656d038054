/** A question that was answered before, with the answer; nothing in it tells whose it was. */
export interface EarlierAnswer {
  /** Of its ticket. */
  number: number;
  subject: string;
  question: string;
  answer: string;
}

/** Finds what was answered before to questions about the same, the best first. */
export type FindEarlierAnswers = (
  text: string,
  options: { category: string; most: number },
) => Promise<readonly EarlierAnswer[]>;
