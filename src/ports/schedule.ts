/** Sets work going after so many milliseconds, unless it is cancelled before; a test's time jumps instead. */
export type Schedule = (work: () => void, milliseconds: number) => { cancel(): void };
