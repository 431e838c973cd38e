// The hub's record of one task: watched, read and written on the present connection. After a write of unknown outcome it is
// read; nothing is sent again under a name that was used.

import { writtenHubTask, type HubTask } from '../../core/hub/task-record.ts';
import type { HubConnection, HubEntry } from '../../system/hub/hub-connection.ts';
import type { HubLink } from './hub-link.ts';
import { knownFrom, newerOf, type KnownTask } from './known-task.ts';
import { watchTask } from './watched-task.ts';

type RecordDeps = {
  link: HubLink;
  /** The task's key in the hub. */
  key: string;
  /** What came on the present connection. `isFirst`: nothing was known of the task before. */
  onNews(connection: HubConnection, news: KnownTask, isFirst: boolean): void;
  /** The hub was asked, and has answered, or there is another connection: no outcome is unknown any more. */
  onLook(): void;
};

type TaskAtHub = {
  /** The newest that was seen. */
  known(): KnownTask | null;
  /** Also by what the hub answers. Resolves also if it does not. */
  look(): Promise<void>;
  /** Throws when nothing is known of the write, or the hub will not have it. */
  write(connection: HubConnection, task: HubTask, expected: number): Promise<void>;
  /** Whether a write that was not answered may still be stored. */
  mayArrive(): boolean;
  close(): void;
};

export function followRecord({ link, key, onNews, onLook }: RecordDeps): TaskAtHub {
  /** They may still be stored while their connection is there. */
  const unanswered = new Map<string, HubConnection>();
  let known: KnownTask | null = null;
  let isClosed = false;

  function hear(connection: HubConnection, entry: HubEntry): void {
    if (isClosed || connection !== link.current()) return;
    const news = knownFrom(connection.hubStart, key, entry);
    const isFirst = known === null;
    known = newerOf(known, news);
    onNews(connection, news, isFirst);
  }

  async function look(connection: HubConnection | null): Promise<void> {
    if (connection === null) return;
    try {
      const entry = await connection.read('tasks', key);
      onLook();
      watched.looked(entry.revision);
      hear(connection, entry);
    } catch {
      // It is asked for again.
    }
  }

  const watched = watchTask(key, hear);
  const stopListening = link.onChange(() => {
    const connection = link.current();
    onLook();
    watched.on(connection);
    // What was seen on another start may be undone: not at the next look, but now.
    void look(connection);
  });
  watched.on(link.current());

  return {
    known: () => known,
    look: () => look(link.current()),
    write: async (connection, task, expected) => {
      const text = writtenHubTask(task);
      unanswered.set(task.written, connection);
      try {
        const stored = await connection.write('tasks', key, { text, expected });
        unanswered.delete(task.written);
        if (stored === 'refused') await look(connection);
        else hear(connection, { revision: stored, text });
      } catch (error) {
        if (isFinal(error)) unanswered.delete(task.written);
        throw error;
      }
    },
    mayArrive: () => [...unanswered.values()].includes(link.current()!),
    close: () => {
      isClosed = true;
      watched.on(null);
      stopListening();
    },
  };
}

/** The hub said no, so nothing of it will be stored. */
export function isFinal(error: unknown): error is Error {
  const finals: unknown[] = ['full', 'too large', 'no rights', 'without JetStream'];
  return error instanceof Error && finals.includes((error as { problem?: unknown }).problem);
}
