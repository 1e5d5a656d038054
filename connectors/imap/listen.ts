import { ImapFlow, type FetchMessageObject } from 'imapflow';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { sizeWords } from '../../src/kit/size-words.ts';
import type { Listening } from '../../src/ports/channel.ts';
import { connectionLost, isNotAuthorised, noFolder, problemOf } from './problems.ts';
import type { SignIn } from './sign-in.ts';
import { DELIVERY, type ImapSettings } from './settings.ts';
import { Place } from './wire.ts';

/** Under which name the place is remembered up to which a folder was read. */
const PLACE = 'place';

/** To find and greet the server, in milliseconds; a healthy one answers within one or two seconds. */
const PATIENCE = 20_000;

/** After so many milliseconds without work we let the server tell us of new mail. */
const IDLE_AFTER = 500;

/** The numbers of a hundred thousand mails in one line, in bytes. */
const LONGEST_LINE = 1_000_000;

/** As much of a mail that is too large as has sender and subject. */
const HEAD_BYTES = 64 * 1024;

/** A mailbox that is open, and what its mail is handed to. */
interface Open {
  client: ImapFlow;
  settings: ImapSettings;
  listening: Listening;
  now: ChannelGiven['now'];
}

/** Hands over mail as it comes, until told to end. Throws a `Problem` when the connection is lost. */
export function listenToMailbox(
  settings: ImapSettings,
  { signIn, now }: Pick<ChannelGiven, 'now'> & { signIn: SignIn },
): (given: Listening) => Promise<void> {
  return async (listening) => {
    const client = clientOf(settings, await signIn.show());
    const { promise: isLost, reject: lose } = Promise.withResolvers<never>();
    // Nobody may be waiting at the moment at which it is lost.
    isLost.catch(() => undefined);
    client.on('error', (error) => lose(error));
    client.on('close', () => lose(connectionLost()));
    const stop = () => client.close();
    listening.signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([client.connect(), isLost]);
      await Promise.race([followMailbox({ client, settings, listening, now }), isLost]);
    } catch (error) {
      const problem = problemOf(error);
      if (isNotAuthorised(problem)) signIn.refused();
      if (!listening.signal.aborted) throw problem;
    } finally {
      listening.signal.removeEventListener('abort', stop);
      client.close();
    }
  };
}

function clientOf(
  { host, port, encryption, user, largestBytes }: ImapSettings,
  shown: Awaited<ReturnType<SignIn['show']>>,
): ImapFlow {
  return new ImapFlow({
    host,
    port: port ?? (encryption === 'tls' ? 993 : 143),
    secure: encryption === 'tls',
    doSTARTTLS: encryption === 'starttls',
    auth: { user, ...shown },
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    autoIdleDelay: IDLE_AFTER,
    maxLineLength: LONGEST_LINE,
    maxLiteralSize: largestBytes + HEAD_BYTES,
    maxResponseSize: largestBytes + HEAD_BYTES + LONGEST_LINE,
    logger: false,
  });
}

/** Reads what is new, then waits for more: for the server to tell, or for a while, as some never do. */
async function followMailbox(open: Open): Promise<void> {
  const { client, settings, listening } = open;
  await insistOnFolders(open);
  await client.mailboxOpen(settings.folder);
  let told = Promise.withResolvers<void>();
  client.on('exists', () => told.resolve());
  while (!listening.signal.aborted) {
    told = Promise.withResolvers<void>();
    await readNew(open);
    await Promise.race([told.promise, listening.pause(settings.pollSeconds * 1000)]);
    if (!listening.signal.aborted) await client.noop();
  }
}

async function insistOnFolders({ client, settings: { folder, moveTo } }: Open): Promise<void> {
  const folders = new Set((await client.list()).map(({ path }) => path.toLowerCase()));
  for (const each of [folder, ...(moveTo === undefined ? [] : [moveTo])]) {
    if (!folders.has(each.toLowerCase())) throw noFolder(each);
  }
}

/** Mail by mail, the oldest first. What was handed over is on disk before the place moves on, and before it is touched. */
async function readNew(open: Open): Promise<void> {
  const { client, listening, now } = open;
  const { validity, uids, from } = await newMails(open);
  let uid = from;
  for (const each of uids) {
    if (listening.signal.aborted) return;
    const mail = await fetchMail(open, each);
    if (mail !== null) {
      const headers = { 'content-type': 'message/rfc822', [DELIVERY]: `${validity}:${each}` };
      await listening.deliver({ headers, body: mail });
    }
    uid = each;
    await listening.memory.set(PLACE, { validity, uid, at: now().toString() } satisfies Place);
    if (mail !== null) await touch(client, open.settings, each);
  }
  await listening.memory.set(PLACE, { validity, uid, at: now().toString() } satisfies Place);
}

/** What came since the folder was last read. Where the server numbers anew, what came since that day: repeats are known. */
async function newMails({
  client,
  settings,
  listening,
}: Open): Promise<{ validity: string; uids: readonly number[]; from: number }> {
  const { mailbox } = client;
  if (mailbox === false) throw connectionLost();
  const validity = String(mailbox.uidValidity);
  const { data: place } = Place.safeParse(await listening.memory.get(PLACE));
  if (place === undefined && settings.begin === 'now') return { validity, uids: [], from: mailbox.uidNext - 1 };
  const isSame = place?.validity === validity;
  const from = isSame ? place.uid : 0;
  const isNew = place === undefined || isSame ? { uid: `${from + 1}:*` } : { since: dayOf(place.at) };
  const found = (await client.search(isNew, { uid: true })) || [];
  // A server answers `9:*` with the last mail, even where that has a lower number.
  return { validity, uids: found.filter((uid) => uid > from).toSorted((one, other) => one - other), from };
}

/** Servers know days, each in a time zone of its own. */
function dayOf(at: string): Date {
  return new Date(Temporal.Instant.from(at).subtract({ hours: 24 }).epochMilliseconds);
}

/** The mail as it is; of one that is too large its head, with a word about that; null of one that is deleted or gone. */
async function fetchMail({ client, settings }: Open, uid: number): Promise<Uint8Array | null> {
  const known = await client.fetchOne(String(uid), { size: true, flags: true }, { uid: true });
  if (!known || known.flags?.has('\\Deleted')) return null;
  const size = known.size ?? 0;
  if (size > settings.largestBytes) {
    return tooLarge(await client.fetchOne(String(uid), { headers: true }, { uid: true }), { size, settings });
  }
  const whole = await client.fetchOne(String(uid), { source: true }, { uid: true });
  return (whole && whole.source) || null;
}

function tooLarge(
  mail: FetchMessageObject | false | undefined,
  { size, settings }: { size: number; settings: ImapSettings },
): Uint8Array {
  const head = Buffer.from((mail && mail.headers) || '')
    .subarray(0, HEAD_BYTES)
    .toString('latin1');
  const kept = head
    .replaceAll(/^(?:content-[^\r\n]*|mime-version:[^\r\n]*)\r?\n(?:[ \t][^\r\n]*\r?\n)*/gim, '')
    .trimEnd();
  const lies = `It lies in the folder ${settings.moveTo ?? settings.folder} of ${settings.user}.`;
  return Buffer.from(
    `${kept}\r\n\r\nThis mail of ${sizeWords(size)} is too large to be fetched. ${lies}\r\n`,
    'latin1',
  );
}

/** Marks or moves a mail that is stored. Whatever becomes of that, it is not read again. */
async function touch(client: ImapFlow, { markSeen, moveTo }: ImapSettings, uid: number): Promise<void> {
  if (markSeen) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  if (moveTo !== undefined) await client.messageMove(String(uid), moveTo, { uid: true });
}
