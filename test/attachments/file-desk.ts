import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc, eq } from 'drizzle-orm';
import { ulid } from 'ulid';
import type { Channels } from '../../src/kit/channels.ts';
import { channelOf } from '../support/channels.ts';
import { createAttachments } from '../../src/attachments/create.ts';
import type { Attachments } from '../../src/attachments/index.ts';
import type { Connection } from '../../src/db/connection.ts';
import { attachments, inbox, tickets } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import type { FileLink } from '../../src/ports/channel.ts';
import type { TicketStore } from '../../src/ports/ticket-store.ts';
import { MORNING } from '../support/builders.ts';
import { aJsonChannel } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, type TestDesk } from '../support/pipeline.ts';

/** A server whose links senders give, on this machine; only tests may go there. */
export interface LinkServer {
  address: string;
  /** Paths that were asked for. */
  asked: string[];
  answer(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function aLinkServer(): Promise<LinkServer> {
  const asked: string[] = [];
  let handler: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    handler(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    answer: (next) => void (handler = next),
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** A desk to which files come, with the real pipeline and the real way of files. */
export interface FileDesk extends Pick<TestDesk, 'pipeline' | 'clock' | 'woken' | 'config'> {
  files: Attachments;
  /** A form with files, through the inbox and the pipeline. */
  postFiles(files: readonly SentFile[], fields?: Readonly<Record<string, string>>): Promise<void>;
  /** JSON with links, in the same way. */
  postLinks(files: readonly unknown[]): Promise<void>;
  /** Gives every ticket its row. */
  giveRows(): Promise<string>;
  /** Every file, in the order in which they came. */
  rows(): Promise<(typeof attachments.$inferSelect)[]>;
  /** What a file holds, as whoever opens it gets it. */
  contents(index: number): Promise<string | null>;
}

export interface SentFile {
  name: string;
  bytes: Buffer;
  type?: string;
}

/** Channels that know how the files of their senders are fetched. */
function withLinks(linkTo: (url: string) => Promise<FileLink>): Channels {
  return (written) => {
    const channel = channelOf(written);
    return channel === null ? null : { ...channel, linkTo };
  };
}

export function aFileDesk(
  connection: Connection,
  {
    store,
    publicAddress = null,
    linkTo,
    reaches = ['127.0.0.1'],
  }: {
    store: TicketStore;
    publicAddress?: string | null;
    linkTo?: (url: string) => Promise<FileLink>;
    /** Addresses that count as those of the internet at large. */
    reaches?: readonly string[];
  },
): FileDesk {
  const { queries } = connection;
  const config = aLiveConfig({ channels: [aChannel(), aJsonChannel()] });
  const desk = aDesk(connection, { config });
  const files = createAttachments({
    connection,
    store,
    channelOf: linkTo === undefined ? channelOf : withLinks(linkTo),
    config: () => config.current(),
    publicAddress,
    mayConnect: (address) => reaches.includes(address),
    now: desk.clock.now,
    log: createLog('silent'),
  });

  async function post(channel: string, contentType: string, body: Buffer): Promise<void> {
    const id = ulid();
    const headers = { 'content-type': contentType };
    await queries.insert(inbox).values({ id, channel, deliveryId: id, receivedAt: MORNING, headers, body });
    await desk.pipeline.drainInbox();
  }

  const rows = () => queries.select().from(attachments).orderBy(asc(attachments.seq));
  return {
    ...desk,
    files,
    rows,
    postFiles: (sent, fields = {}) => post('website', 'multipart/form-data; boundary=seam', formOf(sent, fields)),
    postLinks: (links) => post('json', 'application/json', Buffer.from(JSON.stringify({ ...WORDS, files: links }))),
    async giveRows() {
      const all = await queries.select().from(tickets).orderBy(tickets.number);
      const writes = all.map(({ key, ticket }) => ({ id: null, key, cells: { subject: ticket.subject } }));
      const outcomes = await store.write(writes);
      for (const outcome of outcomes) {
        if (!('id' in outcome)) throw new Error('a row was not written');
        await queries.update(tickets).set({ rowId: outcome.id }).where(eq(tickets.key, outcome.key));
      }
      const [first] = outcomes;
      return first !== undefined && 'id' in first ? first.id : '';
    },
    async contents(index) {
      const opened = await files.open((await rows())[index]?.id ?? '');
      if (opened.kind !== 'found') return null;
      return Buffer.concat(await Array.fromAsync(opened.file.bytes)).toString();
    },
  };
}

const WORDS = { name: 'Greta Holm', email: 'greta@example.com', subject: 'Invoice', message: 'The invoice is wrong.' };

function formOf(files: readonly SentFile[], given: Readonly<Record<string, string>>): Buffer {
  const fields = Object.entries({ ...WORDS, ...given }).map(
    ([name, value]) => `--seam\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const parts = files.flatMap(({ name, bytes, type = 'application/pdf' }) => [
    `--seam\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
    bytes,
    '\r\n',
  ]);
  return Buffer.concat([...fields, ...parts, '--seam--\r\n'].map((part) => Buffer.from(part)));
}
