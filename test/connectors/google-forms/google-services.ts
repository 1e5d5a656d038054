import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { aRequest } from '../../support/recorded.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';

const SCRIPT = join(import.meta.dirname, '../../../connectors/google-forms/script.gs');

/** The script as it is pasted. */
export function scriptText(): string {
  return readFileSync(SCRIPT, 'utf8');
}

/** Google's bytes are signed. */
function signedBytes(bytes: Uint8Array): number[] {
  return [...new Int8Array(bytes)];
}

/** The script with its two lines filled in, among stand-ins for the services of Google that it calls. */
export function runScript(given: {
  secret: string;
  at: Temporal.Instant;
  answers: (number | Error)[];
  isSheet?: boolean;
}) {
  const sent: RawRequest[] = [];
  const triggers: { handler: string; of: string }[] = [];
  const slept: number[] = [];
  const kept = () => triggers.map((trigger) => ({ getHandlerFunction: () => trigger.handler, is: trigger }));
  const builder = (handler: string) => {
    const on = (of: string) => ({ onFormSubmit: () => ({ create: () => void triggers.push({ handler, of }) }) });
    return { forForm: (form: string) => on(form), forSpreadsheet: (sheet: string) => on(sheet) };
  };
  const context = createContext({
    console: { error: () => undefined },
    Date: class extends Date {
      static override now = () => given.at.epochMilliseconds;
    },
    ScriptApp: {
      getProjectTriggers: kept,
      deleteTrigger: ({ is }: ReturnType<typeof kept>[number]) => void triggers.splice(triggers.indexOf(is), 1),
      newTrigger: builder,
    },
    FormApp: { getActiveForm: () => (given.isSheet === true ? null : 'the form') },
    SpreadsheetApp: { getActive: () => 'the sheet' },
    Utilities: {
      sleep: (milliseconds: number) => void slept.push(milliseconds),
      newBlob: (text: string) => ({ getBytes: () => signedBytes(Buffer.from(text)) }),
      base64Decode: (text: string) => signedBytes(Buffer.from(text, 'base64')),
      base64Encode: (bytes: number[]) => Buffer.from(Int8Array.from(bytes).buffer).toString('base64'),
      computeHmacSha256Signature(value: number[], key: number[]) {
        const hmac = createHmac('sha256', Uint8Array.from(key)).update(Uint8Array.from(value));
        return signedBytes(hmac.digest());
      },
    },
    UrlFetchApp: {
      fetch(_address: string, options: { contentType: string; payload: string; headers: Record<string, string> }) {
        const { contentType, payload, headers } = options;
        sent.push(
          aRequest(contentType, payload, {
            headers: { ...headers, 'content-type': contentType },
            receivedAt: given.at,
          }),
        );
        const answer = given.answers[sent.length - 1] ?? 202;
        if (answer instanceof Error) throw answer;
        return { getResponseCode: () => answer };
      },
    },
  });
  runInContext(scriptText().replace("'whsec_...'", JSON.stringify(given.secret)), context);
  const call = (name: 'install' | 'onResponse', ...values: readonly unknown[]) => {
    Object.assign(context, { values });
    runInContext(`${name}(...values)`, context);
  };
  return { call, sent, slept, triggers };
}

/** What Google hands to the script of a form. */
export function formEvent(
  answers: readonly { title: string; type: string; value: unknown; rows?: readonly string[] }[],
) {
  const responses = answers.map(({ title, type, value, rows = [] }, at) => {
    const grid = { getRows: () => rows };
    const item = { getId: () => 100 + at, getTitle: () => title, getType: () => type };
    return {
      getItem: () => ({ ...item, asGridItem: () => grid, asCheckboxGridItem: () => grid }),
      getResponse: () => value,
    };
  });
  return {
    source: { getId: () => '1FAIpQL', getTitle: () => 'Help' },
    response: {
      getId: () => '2_ABaOnuf',
      getTimestamp: () => new Date('2026-03-02T08:00:00Z'),
      getRespondentEmail: () => 'zoe@example.com',
      getItemResponses: () => responses,
    },
  };
}

/** What Google hands to the script of a sheet. */
export function sheetEvent(namedValues: Readonly<Record<string, readonly string[]>>) {
  const book = { getId: () => 'book-1', getName: () => 'Help (responses)' };
  const sheet = { getParent: () => book, getSheetId: () => 7 };
  return { namedValues, range: { getSheet: () => sheet, getRow: () => 12 } };
}
