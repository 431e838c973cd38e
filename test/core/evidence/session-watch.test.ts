import { describe, expect, test } from 'vitest';
import {
  baselineOf,
  commandFacts,
  type CommandSpan,
  type ListChange,
  type SessionWatch,
} from '../../../source/core/evidence/session-watch.ts';

const open = '- [ ] one\n';
const ticked = '- [x] one\n';
const command: CommandSpan = { command: 'sed -i …', exitCode: 0, from: 1000, to: 1400 };

function watchWith(change: Partial<ListChange>): SessionWatch {
  const whole = { since: 1200, at: 1200, hasProcesses: false, isByProgram: false };
  return {
    commands: [command],
    listWrites: [],
    changes: [{ ...whole, from: open, to: ticked, ...change }],
    patched: null,
  };
}

const isUsers = (change: Partial<ListChange>): boolean =>
  baselineOf(open, watchWith(change)) === ticked;

describe('a change of the list', () => {
  test('is the user’s if no command was open then', () => {
    expect(isUsers({ since: 1500, at: 1500 })).toBe(true);
    expect(isUsers({ since: -100, at: -100 })).toBe(true);
    expect(isUsers({})).toBe(false);
  });

  test('that nothing else explains is that of a command whose line came shortly after', () => {
    expect(isUsers({ since: 900, at: 900 })).toBe(false);
    const watch = watchWith({ since: 900, at: 900 });
    expect(commandFacts(watch)).toMatchObject([{ openAtWrite: true }]);
    const earlier: CommandSpan = { ...command, from: 800, to: 950 };
    expect(commandFacts({ ...watch, commands: [earlier, command] })).toMatchObject([
      { openAtWrite: true },
      { openAtWrite: false },
    ]);
  });

  test('that a file change of the session explains is not that of the command behind it', () => {
    const watch = { ...watchWith({ since: 900, at: 900 }), listWrites: [{ from: 850, to: 950 }] };
    expect(commandFacts(watch)).toMatchObject([{ openAtWrite: false }]);
    expect(baselineOf(open, watch)).toBe(open);
  });

  test('that the user made by a command of this program was written by no command of the session', () => {
    expect(commandFacts(watchWith({ isByProgram: true }))).toMatchObject([{ openAtWrite: false }]);
  });

  test('whose time is not known is the user’s only if no command was open all the while', () => {
    expect(isUsers({ since: 1300, at: 1900 })).toBe(false);
    expect(isUsers({ since: 500, at: 1000 })).toBe(false);
    expect(isUsers({ since: 500, at: 1900 })).toBe(false);
    expect(isUsers({ since: 1401, at: 1900 })).toBe(true);
    expect(isUsers({ since: 1300, at: 1900, isByProgram: true })).toBe(true);
  });

  test('is not the user’s if the clock was set back meanwhile, between two looks or while a command was open', () => {
    expect(isUsers({ since: 90_000, at: 1900 })).toBe(false);
    const watch = watchWith({ since: 1200, at: 1200 });
    const setBack = { ...watch, commands: [{ ...command, from: 90_000, to: 1400 }] };
    expect(baselineOf(open, setBack)).toBe(open);
  });

  test('may have been written by each command that was open in that time', () => {
    const openAtWrite = (change: Partial<ListChange>): boolean | undefined =>
      commandFacts(watchWith(change))[0]?.openAtWrite;
    expect(openAtWrite({ since: 1300, at: 1900 })).toBe(true);
    expect(openAtWrite({ since: 1401, at: 1900 })).toBe(false);
  });
});
