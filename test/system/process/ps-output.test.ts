import { describe, expect, test } from 'vitest';
import { hasWord, rowsOf } from '../../../source/system/process/ps-output.ts';

// As a Mac prints it: numbers right-aligned, every start time padded to 28 characters, a newline at the end.
const mac = [
  '    1     1 Ss   Fri Nov 20 09:12:33 2026    ',
  '  112   112 Ss   Fri Nov 20 09:12:41 2026    ',
  '  640   640 S    Fri Nov 20 09:13:02 2026    ',
  ' 4242  4242 Ss   Fri Nov 27 21:01:00 2026    ',
  ' 4243  4242 S+   Fri Nov 27 21:01:00 2026    ',
  ' 4250  4242 Z    Fri Nov 27 21:02:07 2026    ',
  ' 4251  4251 ZN   Fri Nov 27 21:02:08 2026    ',
  '98765  4242 R    Sat Nov  7 00:00:09 2026    ',
  '',
].join('\n');

describe('the rows of ps on macOS', () => {
  test('are read, one for each process', () => {
    expect(rowsOf(mac)).toEqual([
      { pid: 1, group: 1, startTime: 'Fri Nov 20 09:12:33 2026', zombie: false, stopped: false },
      {
        pid: 112,
        group: 112,
        startTime: 'Fri Nov 20 09:12:41 2026',
        zombie: false,
        stopped: false,
      },
      {
        pid: 640,
        group: 640,
        startTime: 'Fri Nov 20 09:13:02 2026',
        zombie: false,
        stopped: false,
      },
      {
        pid: 4242,
        group: 4242,
        startTime: 'Fri Nov 27 21:01:00 2026',
        zombie: false,
        stopped: false,
      },
      {
        pid: 4243,
        group: 4242,
        startTime: 'Fri Nov 27 21:01:00 2026',
        zombie: false,
        stopped: false,
      },
      {
        pid: 4250,
        group: 4242,
        startTime: 'Fri Nov 27 21:02:07 2026',
        zombie: true,
        stopped: false,
      },
      {
        pid: 4251,
        group: 4251,
        startTime: 'Fri Nov 27 21:02:08 2026',
        zombie: true,
        stopped: false,
      },
      {
        pid: 98765,
        group: 4242,
        startTime: 'Sat Nov  7 00:00:09 2026',
        zombie: false,
        stopped: false,
      },
    ]);
  });

  test.each([
    // The first letter of the state: running, sleeping, idle, stopped, uninterruptible, halted, unknown.
    ...['R', 'S', 'I', 'T', 'U', 'H', '?'].map((state) => [state, false] as const),
    // Low and high priority, traced, exiting, waiting for its child, leader of a session, in the foreground.
    ...['SN', 'R<', 'SX', '?E', 'UEs', 'SV', 'Ss', 'S+', 'Ss+', 'S<XVs+'].map(
      (state) => [state, false] as const,
    ),
    ...['Z', 'Z+', 'ZN', 'Z<s+'].map((state) => [state, true] as const),
  ])('have a state, and %j is a zombie: %j', (state, zombie) => {
    const line = ` 4242  4242 ${state.padEnd(4)} Fri Nov 20 09:12:33 2026    \n`;
    expect(rowsOf(line)).toEqual([
      {
        pid: 4242,
        group: 4242,
        startTime: 'Fri Nov 20 09:12:33 2026',
        zombie,
        stopped: state === 'T',
      },
    ]);
  });

  test('says which are stopped', () => {
    expect(rowsOf(' 4242  4242 T+   Fri Nov 20 09:12:33 2026    \n')).toMatchObject([
      { zombie: false, stopped: true },
    ]);
  });

  test('may have numbers wider than their column', () => {
    expect(rowsOf('4194304 4194303 Ss   Fri Nov 20 09:12:33 2026    \n')).toMatchObject([
      { pid: 4_194_304, group: 4_194_303, zombie: false, stopped: false },
    ]);
  });

  test.each([
    'Fr 20 Nov 09:12:33 2026',
    'ven. 20 nov. 09:12:33 2026',
    '金 11/20 09:12:33 2026',
    'Fri 20 Nov 2026 09:12:33 AM CET',
  ])('keep a start time in another language as it is: %s', (startTime) => {
    expect(rowsOf(`  640   640 Ss   ${startTime}    \n`)).toEqual([
      { pid: 640, group: 640, startTime, zombie: false, stopped: false },
    ]);
  });

  test.each([
    '',
    '\n\n',
    '  PID  PGID STAT STARTED',
    'ps: time: requires entitlement',
    '  640',
    '  640   640 Ss',
    '  640   640 Ss                               ',
    '    -     - Ss   Fri Nov 20 09:12:33 2026',
  ])('are only those that are whole: %j', (output) => {
    expect(rowsOf(output)).toEqual([]);
  });
});

describe('a command line with its environment', () => {
  const marker = 'AUTONOMOUS_TUI_SESSION=550e8400-e29b-41d4-a716-446655440000';
  const codex = '/opt/homebrew/bin/codex exec --json --cd /Users/ada/shop -';

  test.each([
    ['among other variables', `${codex} TMPDIR=/var/folders/zz/T/ ${marker} LANG=de_DE.UTF-8\n`],
    ['as the last one', `${codex} SHELL=/bin/zsh ${marker}\n`],
    // ps writes tabs, newlines and letters outside of ASCII in its own way.
    ['beside values that ps escapes', `${codex} PS1=a^Ib^Jc NAME=Ren\\M-C\\M-) ${marker} A=\n`],
  ])('has an assignment %s', (_where, output) => {
    expect(hasWord(output, marker)).toBe(true);
  });

  test.each([
    ['of a variable whose name ends alike', `${codex} X${marker}\n`],
    ['of a longer value', `${codex} ${marker}0\n`],
    ['inside another value', `${codex} OTHER=${marker}\n`],
    ['of another session', `${codex} AUTONOMOUS_TUI_SESSION=0\n`],
    ['of a zombie', '<defunct>\n'],
    ['of a process that may not be looked at', '(codex)\n'],
    ['of a process that is gone', ''],
  ])('does not have one %s', (_where, output) => {
    expect(hasWord(output, marker)).toBe(false);
  });

  test('has one that is only an argument: ps does not show where the environment begins', () => {
    expect(hasWord(`/usr/bin/env ${marker} true SHELL=/bin/zsh\n`, marker)).toBe(true);
  });
});
