// A task as read from a disk on which an attacker chose its name and every text.

import type { TaskView } from '../../source/core/task/board.ts';
import { parsedObject } from '../../source/core/json/json.ts';
import { readRunRecord } from '../../source/core/run/record-reader.ts';
import { readTaskView, type TaskReadingDeps } from '../../source/engine/tasks/task-reading.ts';
import type { StateSnapshot } from '../../source/system/state/state-snapshot.ts';
import type { TaskSnapshot } from '../../source/system/state/task-snapshot.ts';
import { isThreadId } from '../../source/core/task/task.ts';
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
  const task: TaskSnapshot = {
    isLink: () => false,
    readDescription: () => text,
    readList: () => list,
    readThreadId: () => (isThreadId(text) ? text : null),
    identity: () => directory,
    logChangedAt: () => 0,
  };
  const state: StateSnapshot = {
    // Through JSON, as from the disk.
    readRecord: () => readRunRecord(parsedObject(JSON.stringify(record))),
    isThere: () => true,
    readLastTimes: () => '',
    archivedAt: () => null,
    readFiles: () => '',
  };
  const deps: TaskReadingDeps = {
    // Only this task exists: any other name is free.
    task: (asked) => (asked === name ? task : { ...task, identity: () => null }),
    state: () => state,
    isOfHub: () => false,
    lifeOf: () => Promise.resolve('gone'),
    bootId: 'boot',
    now: () => 0,
  };
  return readTaskView(deps, name);
}
