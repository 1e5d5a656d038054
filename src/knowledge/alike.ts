import { type Between, groupAround } from '../decide/likeness/group.ts';
import { createTextIndex } from '../decide/likeness/text-index.ts';

/** Requests that have so much in common on average ask the same: a little less than reports of one incident. */
const ALIKE = 0.22;

/** So many requesters make something that recurs. */
const FEWEST = 3;

/** More that are like one are not looked at for its group. */
const MOST_NEAR = 40;

/** After so many tickets everybody else gets a turn. */
const AT_A_TIME = 20;

/** What is read of a request to see whether others ask the same. */
export interface Asked {
  key: string;
  number: number;
  /** The request's subject and its beginning. */
  text: string;
  /** The address, or the ticket's key: tells one from another. */
  requester: string;
  openedAt: Temporal.Instant;
}

/** Requests about the same thing. */
export interface Group<Request> {
  /** Those that are most like all others first. */
  members: readonly Request[];
  requesters: number;
  /** How many came in the later half of the time that was looked at, and how many in the earlier. */
  later: number;
  earlier: number;
}

/** Groups of requests that at least three people made, the one of the most people first. Lets others work meanwhile. */
export async function groupsOfAlike<Request extends Asked>(
  requests: readonly Request[],
  time: { since: Temporal.Instant; now: Temporal.Instant },
): Promise<readonly Group<Request>[]> {
  const latestFirst = requests.toSorted((one, other) => other.number - one.number);
  const index = createTextIndex(Math.max(1, latestFirst.length));
  for (const { key, text } of latestFirst) index.add(key, text);
  const left = new Map(latestFirst.map((request) => [request.key, request]));
  const groups: Group<Request>[] = [];
  await eachInTurn(latestFirst, ({ key }) => {
    if (!left.has(key)) return;
    const near = index.near(key, { atLeast: ALIKE / 2, most: MOST_NEAR }).filter((each) => left.has(each.key));
    const candidates = near.map((each) => each.key);
    const found = groupAround(key, candidates, { between: index.between, atLeast: ALIKE });
    const members = [key, ...found.map((each) => each.key)].flatMap((each) => left.get(each) ?? []);
    const requesters = new Set(members.map(({ requester }) => requester)).size;
    if (requesters < FEWEST) return;
    for (const member of members) left.delete(member.key);
    groups.push({ members: typicalFirst(members, index.between), requesters, ...halvesOf(members, time) });
  });
  return groups.toSorted((one, other) => other.requesters - one.requesters);
}

/** Does something with each, and lets everybody else work in between. */
export async function eachInTurn<Each>(all: readonly Each[], doIt: (each: Each) => void): Promise<void> {
  for (const [at, each] of all.entries()) {
    if (at % AT_A_TIME === 0) await new Promise((done) => setImmediate(done));
    doIt(each);
  }
}

/** What most of them have; null where none has any. */
export function mostFrequent(values: readonly string[]): string | null {
  const counts = Map.groupBy(values, (value) => value);
  const [first] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
  return first?.[0] ?? null;
}

function typicalFirst<Request extends Asked>(members: readonly Request[], between: Between): readonly Request[] {
  const likeAll = (key: string) => members.reduce((sum, other) => sum + between(key, other.key), 0);
  return members.toSorted((one, other) => likeAll(other.key) - likeAll(one.key));
}

function halvesOf(members: readonly Asked[], { since, now }: { since: Temporal.Instant; now: Temporal.Instant }) {
  const middle = (since.epochMilliseconds + now.epochMilliseconds) / 2;
  const later = members.filter(({ openedAt }) => openedAt.epochMilliseconds >= middle).length;
  return { later, earlier: members.length - later };
}
