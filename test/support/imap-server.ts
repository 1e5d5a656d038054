import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail in a folder. */
interface Kept {
  uid: number;
  flags: Set<string>;
  raw: Buffer;
}

/** A folder of a mailbox. */
interface Folder {
  validity: number;
  next: number;
  mails: Kept[];
}

/** A mailbox on loopback, with as much of IMAP as a reader of mail says: RFC 3501, with IDLE and MOVE. */
export interface ImapServer {
  port: number;
  /** What clients said, without their tags. */
  said: string[];
  folders: Record<string, Folder>;
  /** Access tokens of OAuth 2 that open the mailbox. */
  tokens: Set<string>;
  /** Puts a mail into the INBOX, and tells who waits for it. */
  arrive(raw: Buffer, flags?: readonly string[]): number;
  /** Numbers the mails of the INBOX anew, as a server does that was restored from a backup. */
  renumber(): void;
  /** Drops all connections. */
  drop(): void;
  close(): Promise<void>;
}

const ABILITIES = 'IMAP4rev1 IDLE MOVE SASL-IR AUTH=XOAUTH2';

/** Whose mailbox it is. */
export const IMAP_USER = { user: 'support@desk.example', pass: 'app "password"' };

export async function anImapServer(): Promise<ImapServer> {
  const folder = (): Folder => ({ validity: 1, next: 1, mails: [] });
  const folders: Record<string, Folder> = { INBOX: folder(), Done: folder() };
  const inbox = () => folders['INBOX'] ?? folder();
  const said: string[] = [];
  const tokens = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    talk(socket, { folders, said, tokens });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    said,
    folders,
    tokens,
    arrive(raw, flags = []) {
      const uid = inbox().next++;
      inbox().mails.push({ uid, flags: new Set(flags), raw });
      for (const socket of sockets) socket.write(`* ${inbox().mails.length} EXISTS\r\n`);
      return uid;
    },
    renumber() {
      inbox().validity += 1;
      inbox().mails.forEach((mail, index) => (mail.uid = index + 1));
      inbox().next = inbox().mails.length + 1;
    },
    drop: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

type Answers = readonly (string | Buffer)[];

function talk(socket: Socket, { folders, said, tokens }: Pick<ImapServer, 'folders' | 'said' | 'tokens'>): void {
  let rest = '';
  let refused: string | null = null;
  let idling: string | null = null;
  let selected: Folder = { validity: 0, next: 0, mails: [] };
  socket.write(`* OK [CAPABILITY ${ABILITIES}] ready\r\n`);

  function answer(name: string, words: string): { answers: Answers; refused?: string } {
    if (name === 'LOGIN') {
      const isRight = words === `"${IMAP_USER.user}" "${IMAP_USER.pass.replaceAll('"', '\\"')}"`;
      return isRight ? { answers: [] } : { answers: [], refused: 'NO [AUTHENTICATIONFAILED] Wrong password' };
    }
    if (name === 'CAPABILITY') return { answers: [`* CAPABILITY ${ABILITIES}\r\n`] };
    // Asked about nothing, a server says what stands between folders.
    if (name === 'LIST' && words === '"" ""') return { answers: ['* LIST (\\Noselect) "/" ""\r\n'] };
    if (name === 'LIST') {
      return { answers: Object.keys(folders).map((path) => `* LIST (\\HasNoChildren) "/" ${path}\r\n`) };
    }
    if (name === 'SELECT') {
      selected = folders[words.replaceAll('"', '')] ?? selected;
      return { answers: selectedAs(selected) };
    }
    if (name === 'UID SEARCH') return { answers: [`* SEARCH ${searched(selected, words).join(' ')}\r\n`] };
    if (name === 'UID FETCH') return { answers: fetched(selected, words) };
    if (name === 'UID STORE') return { answers: stored(selected, words) };
    if (name === 'UID MOVE') return { answers: moved(selected, folders, words) };
    return { answers: [] };
  }

  function hear(line: string): void {
    if (idling !== null && line === 'DONE') {
      socket.write(`${idling} OK done\r\n`);
      idling = null;
      return;
    }
    // What a client says to the reason of a refusal, which is nothing.
    if (refused !== null && line === '') {
      socket.write(`${refused} NO [AUTHENTICATIONFAILED] The token has ended.\r\n`);
      refused = null;
      return;
    }
    const [, tag = '*', name = '', words = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/.exec(line) ?? [];
    said.push(`${name} ${words}`.trim());
    if (name === 'IDLE') {
      idling = tag;
      socket.write('+ idling\r\n');
      return;
    }
    if (name === 'AUTHENTICATE' && !opens(words, tokens)) {
      refused = tag;
      socket.write(`+ ${Buffer.from('{"status":"401","schemes":"bearer"}').toString('base64')}\r\n`);
      return;
    }
    const { answers, refused: reason } = answer(name, words);
    for (const each of answers) socket.write(each);
    socket.write(`${tag} ${reason ?? 'OK done'}\r\n`);
    if (name === 'LOGOUT') socket.end();
  }

  socket.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}

/** https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
function opens(words: string, tokens: ReadonlySet<string>): boolean {
  const shown = Buffer.from(words.replace('XOAUTH2 ', ''), 'base64').toString();
  return [...tokens].some((token) => shown === `user=${IMAP_USER.user}\x01auth=Bearer ${token}\x01\x01`);
}

function selectedAs({ validity, next, mails }: Folder): Answers {
  return [
    '* FLAGS (\\Seen \\Deleted)\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] ok\r\n',
    `* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY ${validity}] ok\r\n* OK [UIDNEXT ${next}] ok\r\n`,
  ];
}

/** `UID 4:*` gives the last one too, as RFC 3501 asks, and everything is of today. */
function searched({ mails }: Folder, words: string): readonly number[] {
  const from = Number(/UID (\d+):\*/.exec(words)?.[1] ?? 0);
  return mails.filter(({ uid }, index) => uid >= from || index === mails.length - 1).map(({ uid }) => uid);
}

function fetched({ mails }: Folder, words: string): Answers {
  const [, uid, wanted = ''] = /^(\d+) \(?(.*?)\)?$/.exec(words) ?? [];
  const index = mails.findIndex((mail) => mail.uid === Number(uid));
  const mail = mails[index];
  if (mail === undefined) return [];
  const facts = `UID ${mail.uid} FLAGS (${[...mail.flags].join(' ')}) RFC822.SIZE ${mail.raw.length}`;
  const body = wanted.includes('BODY.PEEK[HEADER]') ? 'BODY[HEADER]' : wanted.includes('BODY.PEEK[]') ? 'BODY[]' : null;
  if (body === null) return [`* ${index + 1} FETCH (${facts})\r\n`];
  const end = mail.raw.indexOf('\r\n\r\n') + 4;
  const raw = body === 'BODY[]' ? mail.raw : mail.raw.subarray(0, end);
  return [`* ${index + 1} FETCH (${facts} ${body} {${raw.length}}\r\n`, raw, ')\r\n'];
}

function stored({ mails }: Folder, words: string): Answers {
  const [, uid, flags = ''] = /^(\d+) \+FLAGS(?:\.SILENT)? \((.*)\)$/.exec(words) ?? [];
  const index = mails.findIndex((mail) => mail.uid === Number(uid));
  for (const flag of flags.split(' ')) mails[index]?.flags.add(flag);
  return [`* ${index + 1} FETCH (UID ${uid} FLAGS (${flags}))\r\n`];
}

function moved(from: Folder, folders: ImapServer['folders'], words: string): Answers {
  const [, uid, path = ''] = /^(\d+) "?([^"]*)"?$/.exec(words) ?? [];
  const index = from.mails.findIndex((mail) => mail.uid === Number(uid));
  folders[path]?.mails.push(...from.mails.splice(index, 1));
  return [`* ${index + 1} EXPUNGE\r\n`];
}
