import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface Arrived {
  to: string;
  messageId: string;
  /** Headers and text as they came. */
  text: string;
}

/** A mail server that takes everything and keeps it. */
export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  arrived: readonly Arrived[];
  close(): Promise<void>;
}

export async function aMailServer(): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const messageId = /^message-id:\s*(\S+)/im.exec(text)?.[1] ?? '';
        arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', messageId, text });
        done();
      });
    },
  });
  // Whoever is killed in the middle of a mail leaves a broken connection behind.
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    close: () => new Promise((closed) => server.close(closed)),
  };
}
