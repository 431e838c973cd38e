// A task as it is read from a disk on which somebody else chose its name and every text.

import type { TaskView } from '../../source/core/board.ts';
import { parsedObject } from '../../source/core/json.ts';
import { readRunRecord } from '../../source/core/run-record-reader.ts';
import { readTaskView, type TaskReadingDoors } from '../../source/engine/task-reading.ts';
import type { StateDirectory } from '../../source/system/state-directory.ts';
import type { TaskDirectory } from '../../source/system/task-directory.ts';
import { isThreadId } from '../../source/core/task.ts';
import { recordWith } from '../helpers/run-records.ts';

export function foreignTask(name: string, text: string): Promise<TaskView> {
  const record = recordWith({
    runner: { pid: 4242, startTime: text, bootId: text },
    wait: { reason: text, until: null },
    ending: { kind: 'failed', sentence: text, at: 0 },
    run: text,
  });
  const { directory } = record;
  const list = text.includes('\x1b[1;2')
    ? { kind: 'unreadable' as const, sentence: text }
    : { kind: 'text' as const, text: `# ${text}\n- [ ] ${text}\n\n- [x] two\n` };
  const task: Partial<TaskDirectory> = {
    readList: () => Promise.resolve(list),
    readThreadId: () => Promise.resolve(isThreadId(text) ? text : null),
    identity: () => Promise.resolve(directory),
    logChangedAt: () => Promise.resolve(0),
  };
  const state: Partial<StateDirectory> = {
    // Through its JSON, as from the disk.
    readRecord: () => Promise.resolve(readRunRecord(parsedObject(JSON.stringify(record)))),
  };
  const doors: TaskReadingDoors = {
    // Only this one is there: any other name is free.
    task: (asked) =>
      (asked === name ? task : { ...task, identity: () => Promise.resolve(null) }) as TaskDirectory,
    state: () => state as StateDirectory,
    isAlive: () => Promise.resolve(false),
    bootId: 'boot',
    now: () => 0,
  };
  return readTaskView(doors, name);
}
