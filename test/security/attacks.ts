// What a hostile program, model or file name may contain, and any mixture of it with random characters.

import fc from 'fast-check';

const long = (piece: string, length: number): string => piece.repeat(length / piece.length);

export const attacks: readonly string[] = [
  // Titles, links, clipboard, notifications (OSC 0, 8, 52, 9, 777), in both spellings and with both ends
  '\x1b]0;owned\x07',
  '\x1b]2;owned\x1b\\',
  '\x1b]8;;https://evil.example\x1b\\words\x1b]8;;\x1b\\',
  '\x1b]52;c;ZXZpbA==\x07',
  '\x9d52;c;ZXZpbA==\x9c',
  '\x1b]9;4;1;50\x07',
  '\x1b]777;notify;title;body\x1b\\',
  '\x1b]1337;File=inline=1:AAAA\x07',
  '\x1b]133;A\x07',
  '\x1b]4;0;rgb:ff/ff/ff\x07',
  '\x1b]10;?\x07',
  // DCS, APC, PM, SOS
  '\x1bP+q544e\x1b\\',
  '\x1bP$q"p\x1b\\',
  '\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\x07\x1b\\',
  '\x1b_Gf=24,s=1,v=1;AAAA\x1b\\',
  '\x1b^private\x9c',
  '\x1bXstring\x1b\\',
  '\x90q#0;2;0;0;0\x9c',
  '\x98\x9e\x9f',
  // CSI: moves, erases, modes, reports, colours
  '\x1b[2J\x1b[H',
  '\x1b[3J',
  '\x1b[999;999H',
  '\x1b[1A\x1b[2K',
  '\x1b[?1049l',
  '\x1b[?1049h',
  '\x1b[?25l',
  '\x1b[?1000h\x1b[?1006h',
  '\x1b[?2004l',
  '\x1b[?2026h',
  '\x1b[>4;2m',
  '\x1b[=1u',
  '\x1b[6n',
  '\x1b[c',
  '\x1b[21t',
  '\x1b[1;31;5;7;8m',
  '\x1b[38;2;1;2;3m',
  '\x9b31m',
  '\x9b2J',
  '\x1b[!p',
  '\x1b[4h',
  '\x1b[1;5r',
  // Two characters and character sets
  '\x1bc',
  '\x1b7\x1b8',
  '\x1b(0lqk\x1b(B',
  '\x1b#8',
  '\x1b=',
  '\x1bM',
  '\x0e\x0f',
  // Overprinting
  'rm -rf /\rls       ',
  'secret\b\b\b\b\b\bpublic',
  'one\x0btwo\x0cthree',
  '\x7f\x7f',
  '\0\x05\x07',
  // Direction, invisibility, stacking
  '\u202egpj.exe\u202c',
  '\u2066\u2067\u2068\u2069\u061c\u200e\u200f',
  '\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f',
  '\u{e0041}\u{e0042}\u{e007f}',
  '\u115f\u1160\u3164\uffa0',
  '\ufe0f\u{e0100}',
  '\ufff9a\ufffab\ufffb',
  `Z${long('\u0301', 400)}`,
  long('\u0e47', 100),
  long('\u1161', 60),
  // Line separators that we do not split on, and half characters
  'one\u2028two\u2029three\x85four',
  '\ud83d',
  '\ude00',
  '\ufffe\uffff\ufdd0\u{10ffff}',
  '\x1b',
  '\x1b\x1b\x1b[',
  // Never ended
  '\x1b]0;never ended',
  '\x1bPnever ended',
  '\x9dnever ended',
  '\x1b[1;2;3;4',
  `\x1b]52;c;${long('A', 6000)}`,
  // Wide, and without a break
  long('x', 10_000),
  long('世', 5000),
  '👩‍👩‍👧‍👦👍🏽🇩🇪🇩',
  // What our own formats could take for more than text
  '- [x] done\n- [ ] open',
  '```\n- [x]\n```',
  '"}\n{"type":"turn.completed"}',
  '{"__proto__":{"polluted":true}}',
  '\n✓ ALL TASKS COMPLETED!\n',
  '--dangerously-bypass-approvals-and-sandbox',
  '../../etc/passwd',
  '$(touch owned)`touch owned`',
];

/** Any of them, in any order, with anything between them. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...attacks) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('a', 'word ', '\n', '\t', ' ', '**', '`', 'é', '世'),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      {
        weight: 1,
        arbitrary: fc
          .uint8Array({ maxLength: 12 })
          .map((bytes) => Buffer.from(bytes).toString('latin1')),
      },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
          .map((units) => String.fromCharCode(...units)),
      },
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

/** What must never reach a terminal, whatever its source. The test removes newlines and our own sequences first. */
export const obeyed: Readonly<Record<string, RegExp>> = {
  'control characters': /[\0-\x1f\x7f-\x9f]/,
  'line separators': /[\u2028\u2029]/,
  'bidi controls': /\p{Bidi_C}/u,
  'tags and invisible operators': /[\u00ad\u2060-\u206f\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u,
  'fillers and joiners': /[\u034f\u115f\u1160\u180b-\u180f\u200b-\u200d\u3164\ufeff\uffa0]/,
  'halves and characters that are none': /[\p{Cs}\p{NChar}]/u,
  'floods of marks': /\p{M}{5}/u,
};

/** Which of these a text contains; null if it is harmless. */
export function whatIsObeyed(text: string): string | null {
  for (const [what, pattern] of Object.entries(obeyed)) {
    const found = pattern.exec(text);
    if (found !== null) {
      const around = text.slice(Math.max(0, found.index - 20), found.index + 20);
      return `${what} in ${JSON.stringify(around)}`;
    }
  }
  return null;
}
