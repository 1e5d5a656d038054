import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/kit/file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['/etc/shadow', 'shadow'],
    ['C:\\Users\\ana\\invoice 4.pdf', 'invoice 4.pdf'],
    ['..', 'file'],
    ['a/..', 'file'],
    ['', 'file'],
    ['a.png\r\nSet-Cookie: x=1', 'a.pngSet-Cookie: x=1'],
    ['photo\u0000.png', 'photo.png'],
    ['photo\u2400.png', 'photo.png'],
    // Shown as “annexe.pdf”, were it not for the mark that turns it around.
    ['ann\u202efdp.exe', 'annfdp.exe'],
    ['Rechnung für Zoë.pdf', 'Rechnung für Zoë.pdf'],
    ['.env', '.env'],
  ])('%j is saved as %j', (said, name) => {
    expect(fileName(said)).toBe(name);
  });

  it('is cut where it is too long, and keeps its ending', () => {
    expect(fileName(`${'ü'.repeat(400)}.pdf`)).toBe(`${'ü'.repeat(116)}.pdf`);
    expect(fileName('a'.repeat(400))).toBe('a'.repeat(120));
  });
});
