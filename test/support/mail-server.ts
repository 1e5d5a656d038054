import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface Arrived {
  to: string;
  messageId: string;
  /** Headers and text as they came. */
  text: string;
}

/**
 * How it takes mail: all of it, not now, not at all, only half of it before the connection breaks; or it keeps
 * it, and the connection breaks before it says so.
 */
export type MailMood = 'well' | 'refusing' | 'down' | 'broken' | 'mute';

/** A mail server that keeps whatever it takes: everything, until it is told otherwise. */
export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  arrived: readonly Arrived[];
  /** How it is from now on. */
  be(mood: MailMood): void;
  close(): Promise<void>;
}

export async function aMailServer(): Promise<MailServer> {
  const arrived: Arrived[] = [];
  let mood: MailMood = 'well';
  const sockets = new Set<Socket>();
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_session, done) => (mood === 'down' ? breakOff() : done()),
    onRcptTo: (_address, _session, done) => done(mood === 'refusing' ? later() : null),
    onData(stream, session, done) {
      if (mood === 'broken') return breakOff();
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const messageId = /^message-id:\s*(\S+)/im.exec(text)?.[1] ?? '';
        arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', messageId, text });
        if (mood === 'mute') breakOff();
        else done();
      });
    },
  });
  // Whoever is killed in the middle of a mail leaves a broken connection behind.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    be: (next) => void (mood = next),
    close: () => new Promise((closed) => server.close(closed)),
  };
}

function later(): Error {
  return Object.assign(new Error('Greylisted, come again later.'), { responseCode: 451 });
}
