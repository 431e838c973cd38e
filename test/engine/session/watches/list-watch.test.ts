import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../../source/core/codex/log-event.ts';
import { baselineOf } from '../../../../source/core/evidence/session-watch.ts';
import { watchList } from '../../../../source/engine/session/watches/list-watch.ts';

const open = '- [ ] Do part 1\n';
const ticked = '- [x] Do part 1\n';

function command(stage: 'started' | 'completed'): LogEvent {
  const body = { kind: 'command', command: 'sed -i …', exitCode: 0, output: '' };
  return { type: 'item', id: 'c', stage, body } as unknown as LogEvent;
}

test('a tick that is written while a slow look at the list is under way is its session’s', async () => {
  let now = 1000;
  let list = { text: open, written: 500 };
  let lookAgain = (): void => {};
  let meanwhile = (): void => {};
  const deps = {
    clock: {
      now: () => now,
      every: (_: number, look: () => void) => {
        lookAgain = look;
        return () => {};
      },
    },
    task: {
      listChangedAt: () => {
        meanwhile();
        return Promise.resolve(list.written);
      },
      readList: () => Promise.resolve({ kind: 'text', text: list.text }),
    },
    state: { readUsersList: () => Promise.resolve(null) },
    codex: { commandsLive: () => Promise.resolve(false) },
  } as unknown as Parameters<typeof watchList>[0];
  const record = { uuid: 'u', codex: null } as Parameters<typeof watchList>[1]['record'];
  const watching = watchList(deps, { record, text: open }, () => {});
  await turn();

  now = 2000;
  meanwhile = () => {
    now = 2060;
    list = { text: ticked, written: now };
    now = 2070;
  };
  lookAgain();
  await turn();
  meanwhile = () => {};
  // Codex's lines are found behind that; they were not there yet at 2010.
  watching.saw(command('started'), { at: 2080, since: 2010 });
  watching.saw(command('completed'), { at: 2080, since: 2010 });
  expect(baselineOf(open, await watching.end())).toBe(open);
});
