/**
 * What all processes of ours that speak with a base must know of each other, as how much they asked of it. Small, of
 * nothing but JSON, and changed by one at a time.
 */
export interface SharedState<State> {
  /** Changes the state in place. `now` is in milliseconds, by a clock that all of them share. */
  change<Result>(work: (state: State, now: number) => Result): Promise<Result>;
}

/** Finds a state by its name, or makes it; a state of another form wants another name. */
export type Share = <State extends object>(name: string, begin: (now: number) => State) => SharedState<State>;

/** For a process that has the base to itself. */
export function ownState(clock: () => number): Share {
  const forward = neverBack(clock);
  return (_, begin) => {
    const state = begin(forward());
    return { change: async (work) => work(state, forward()) };
  };
}

/** Nobody waits longer because a clock was set back. */
function neverBack(clock: () => number): () => number {
  const seen = { last: clock(), reading: clock() };
  return () => {
    const at = clock();
    seen.reading += Math.max(0, at - seen.last);
    seen.last = at;
    return seen.reading;
  };
}
