import { describe, expect, it } from 'vitest';
import { linkedFiles } from '../../src/kit/linked-files.ts';

const LINK = 'https://files.example/a/invoice%20May.pdf?key=1';

describe('files that a body links to', () => {
  it('are found by the name that they stand under, and called by their link', () => {
    for (const name of ['file', 'files', 'attachment', 'Attachments', 'upload', 'uploads']) {
      expect(linkedFiles({ [name]: LINK }, null)).toEqual([
        { name: 'invoice May.pdf', contentType: 'application/octet-stream', size: 0, url: LINK },
      ]);
    }
  });

  it('are found anywhere when they say what they are, as Tally has it', () => {
    const body = {
      data: {
        fields: [
          {
            label: 'Screenshot',
            type: 'FILE_UPLOAD',
            value: [{ id: 'J9', name: 'screen.png', url: LINK, mimeType: 'image/png', size: 24_576 }],
          },
        ],
      },
    };
    expect(linkedFiles(body, null)).toEqual([
      { name: 'screen.png', contentType: 'image/png', size: 24_576, url: LINK },
    ]);
  });

  it('are found where the config says that they stand', () => {
    const body = { answers: { proof: [LINK, { href: 'https://b.example/2' }, 'none'] }, file: 'https://c.example/3' };
    expect(linkedFiles(body, 'answers.proof').map(({ name, url }) => [name, url])).toEqual([
      ['invoice May.pdf', LINK],
      ['2', 'https://b.example/2'],
    ]);
    expect(linkedFiles(body, 'answers.nothing')).toEqual([]);
  });

  it('are not taken from a page, a person or a word', () => {
    const body = {
      website: LINK,
      page: { title: 'Pricing', url: 'https://shop.example/pricing' },
      author: { name: 'Ana', url: 'https://ana.example' },
      attachment: 'none',
      file: 'ftp://files.example/a',
      files: ['javascript:alert(1)', 'file:///etc/passwd', 42, null],
    };
    expect(linkedFiles(body, null)).toEqual([]);
  });

  it('are each taken once, and no more than anybody sends', () => {
    expect(linkedFiles({ files: [LINK, LINK], attachment: { url: LINK } }, null)).toHaveLength(1);
    const many = Array.from({ length: 80 }, (_, index) => `https://files.example/${index}`);
    expect(linkedFiles({ files: many }, null)).toHaveLength(50);
  });

  it('are called something that the database can hold', () => {
    expect(linkedFiles({ files: [{ name: 'a\0b', url: LINK }] }, null)[0]?.name).toBe('a␀b');
    expect(linkedFiles({ file: 'https://files.example/%E0%A4%A' }, null)[0]?.name).toBe('%E0%A4%A');
    expect(linkedFiles({ file: 'https://files.example/' }, null)[0]?.name).toBe('');
  });
});
