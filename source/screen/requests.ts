// The user's requests that the disk does not show yet: at most one per task, because the last one counts.

import {
  isOver,
  mustStartAgain,
  nextLookAt,
  withRequests,
  type Asked,
  type Request,
} from '../core/task/request.ts';
import type { Board, TaskView } from '../core/task/board.ts';
import { keyOf, type TaskKey } from '../core/task/task-key.ts';
import type { Clock } from '../system/clock.ts';

export type Requests = {
  /** The request is on the board from now on. */
  ask(task: TaskKey, asked: Asked): Request;
  /** It was delivered. */
  answered(request: Request): void;
  /** It was refused: the board shows the task as it is on disk again. */
  refused(request: Request): void;
  /** The board as it is on disk, with what was asked; the same object while nothing changes. */
  over(board: Board): Board;
  /** Asked for, and not on disk yet. */
  isNew(task: TaskKey): boolean;
  /** When time alone changes the board, epoch ms; null if it does not. */
  changesAt(): number | null;
  /** Called for a task whose run has ended before its pause could be cancelled. */
  onLost(listener: (task: TaskView) => void): void;
  subscribe(listener: () => void): () => void;
};

type RequestsDeps = { readonly clock: Pick<Clock, 'now'>; disk(): Board };

export function createRequests({ clock, disk }: RequestsDeps): Requests {
  const requests = new Map<TaskKey, Request>();
  const listeners = new Set<() => void>();
  let count = 0;
  let lost: (task: TaskView) => void = () => {};
  let drawn: { of: Board; requests: readonly Request[]; board: Board } | null = null;

  function changed(): void {
    drawn = null;
    for (const listener of listeners) listener();
  }

  function isCurrent({ task, id }: Request): boolean {
    return requests.get(task)?.id === id;
  }

  /** Drops the requests that are on disk. */
  function settle(board: Board): void {
    if (requests.size === 0) return;
    const now = clock.now();
    for (const request of requests.values()) {
      const task = board.tasks.find((one) => keyOf(one) === request.task);
      if (!isOver(request, task, now)) continue;
      requests.delete(request.task);
      drawn = null;
      if (task !== undefined && mustStartAgain(request, task)) queueMicrotask(() => lost(task));
    }
  }

  return {
    ask: (task, asked) => {
      const before = disk().tasks.find((one) => keyOf(one) === task) ?? null;
      const request: Request = { id: ++count, task, asked, before, answeredAt: null };
      requests.set(task, request);
      changed();
      return request;
    },
    answered: (request) => {
      if (!isCurrent(request)) return;
      requests.set(request.task, { ...request, answeredAt: clock.now() });
      changed();
    },
    refused: (request) => {
      if (!isCurrent(request)) return;
      requests.delete(request.task);
      changed();
    },
    over: (board) => {
      settle(board);
      if (requests.size === 0) return board;
      if (drawn?.of === board) return drawn.board;
      const all = [...requests.values()];
      drawn = { of: board, requests: all, board: withRequests(board, all) };
      return drawn.board;
    },
    isNew: (task) => requests.get(task)?.before === null && isMissing(disk(), task),
    changesAt: () => {
      const now = clock.now();
      const times = [...requests.values()].flatMap((request) => nextLookAt(request, now) ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
    onLost: (listener) => {
      lost = listener;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isMissing({ tasks }: Board, key: TaskKey): boolean {
  return !tasks.some((task) => keyOf(task) === key);
}
