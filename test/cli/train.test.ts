import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { examplesIn } from '../../src/cli/train/csv.ts';
import { deskText, reportText } from '../../src/cli/train/print.ts';
import { knownRequests } from '../support/known-requests.ts';
import { MORNING } from '../support/builders.ts';
import { aLearningState } from '../support/learning-states.ts';
import { deskFolders } from '../support/running-desk.ts';

describe('a CSV file of tickets', () => {
  it('may have commas, semicolons or tabs, quotes, line breaks within them, and a mark at its beginning', () => {
    const texts = ['One, two', 'He said "no"', 'Two\nlines', ''];
    for (const delimiter of [',', ';', '\t']) {
      const rows = texts.map((text) => `"${text.replaceAll('"', '""')}"${delimiter}billing`);
      const csv = `\uFEFF${['Text', 'CATEGORY'].join(delimiter)}\r\n${rows.join('\r\n')}\r\n`;
      expect(examplesIn(csv).map(({ ticket, text }) => [ticket, text])).toEqual([
        [1, 'One, two'],
        [2, 'He said "no"'],
        [3, 'Two\nlines'],
      ]);
    }
  });

  it('may have subject and description apart, among other columns', () => {
    const csv = 'id,subject,label,description\n7,Card,billing,It was declined.\n8,Lamp,,Broken\n';
    expect(examplesIn(csv)).toEqual([
      { ticket: 1, text: 'Card\nIt was declined.', category: 'billing', isCorrected: false },
    ]);
  });

  it('is refused where nobody knows which column is which', () => {
    expect(() => examplesIn('a,b\n1,2\n')).toThrow(
      'The file has no column that is called text, subject, description, body, message. Its columns are a, b.',
    );
    expect(() => examplesIn('')).toThrow('Its columns are none.');
  });
});

describe('what was learned, in a terminal', () => {
  it('has what it is worth, each category, what confuses it, and what was left out', () => {
    const { model } = aLearningState();
    if (model === null) throw new Error('There is nothing to print.');
    expect(reportText({ ...model, nameOf: (number) => `T-${number}` })).toBe(
      [
        'Learned from 1,240 tickets in 2 categories; 95 % of its answers are to be right.',
        '',
        'Measured on tickets that it had not seen:',
        '   78 %  of the tickets it would place by itself, being 93 % sure or more',
        '   96 %  of those are right',
        '   90 %  would be right if it placed all',
        '    3 %  of the categories given by people look wrong',
        '',
        'Category  Tickets  Right  By itself  Taken for',
        'billing     1,000   95 %       80 %  account (12)',
        'account       240  100 %       50 %',
        '',
        'What confuses it, the surest mistakes first:',
        '  T-1042  is billing, and it says account (97 %): My <b>card</b> is locked',
        '',
        'Not learned from, as their category looks wrong: T-1007, T-1021',
        '',
      ].join('\n'),
    );
  });
});

describe('what a desk has learned, in a terminal', () => {
  const missing = { tickets: 12, ticketsNeeded: 30, categories: [], short: [] };

  it('ends with what it suggests of priority and queue, each on a line of its own', () => {
    const { model } = aLearningState();
    if (model === null) throw new Error('There is nothing to print.');
    const learned = { field: 'priority', learnedAt: MORNING, promise: 0.95 } as const;
    const text = deskText(
      aLearningState({
        ending: { kind: 'learned', comparison: null },
        proposals: [
          { ...learned, outcome: { kind: 'learned', threshold: 0.9, report: model.report } },
          { ...learned, field: 'queue', outcome: { kind: 'missing', missing } },
        ],
      }),
      'T',
    );
    expect(text.split('\n').slice(-5)).toEqual([
      'Not learned from, as their category looks wrong: T-1007, T-1021',
      '',
      'Priority: learned from 1,240 tickets in which people had a hand. It would be sure of 78 % of them, and right in 96 % of those; 95 % are promised.',
      expect.stringMatching(/^Queue: nothing is suggested yet\. .* So far there are 12\.$/),
      '',
    ]);
  });

  it('says why nothing was learned, in place of what was learned before', () => {
    const text = deskText(aLearningState({ ending: { kind: 'missing', missing } }), 'T');
    expect(text).toMatch(/^Nothing is learned yet: at least 30 tickets/);
    expect(text).not.toContain('Learned from');
  });

  it('says what vectors are worth between both', () => {
    const vectors = { name: 'e5', requests: 2, cost: null, unasked: null, failed: null };
    const text = deskText(aLearningState({ ending: { kind: 'learned', comparison: null }, vectors }), 'T');
    expect(text.split('\n').at(-2)).toBe(
      'Vectors of e5 are learned from the next time. They took 2 requests this month.',
    );
  });
});

describe('the command train', () => {
  const folders = {} as Awaited<ReturnType<typeof deskFolders>> & { files: string };
  beforeAll(async () => {
    Object.assign(folders, await deskFolders('prepared'), { files: await mkdtemp(join(tmpdir(), 'tabledesk-csv-')) });
  });
  afterAll(async () => {
    await folders.remove();
    await rm(folders.files, { recursive: true });
  });

  async function run(...argv: string[]) {
    const said = { out: '', err: '' };
    const code = await main(['train', ...argv], {
      stdout: { write: (part) => void (said.out += part) },
      stderr: { write: (part) => void (said.err += part) },
      env: { TABLEDESK_CONFIG: folders.configFolder, TABLEDESK_DATA: folders.dataFolder, LOG_LEVEL: 'silent' },
    });
    return { code, ...said };
  }

  it('says what is missing on a desk without tickets, and ends with 1', async () => {
    const { code, out } = await run();
    expect([code, out]).toEqual([1, expect.stringContaining('So far 0 tickets are known; no category has five yet.')]);
  });

  it('tries a file, stores nothing, and ends with 0', async () => {
    const file = join(folders.files, 'tickets.csv');
    const rows = knownRequests(40).map(({ subject, description, category }) => `${subject};${description};${category}`);
    await writeFile(file, `subject;description;category\n${rows.join('\n')}\n`);
    const { code, out } = await run('--file', file);
    expect([code, out]).toEqual([0, expect.stringContaining('Learned from 40 tickets in 4 categories')]);
  });

  it('says that a file is not there', async () => {
    const { code, err } = await run('--file', join(folders.files, 'none.csv'));
    expect([code, err]).toEqual([1, expect.stringContaining('none.csv cannot be read')]);
  });
});
