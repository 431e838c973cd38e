// The conversation of a shared task goes to the hub with each hand-over, and comes from there to the machine that goes on.
// It is what Codex wrote, nothing left out. Without it the work goes on in a new one, so nothing here stops a run.

import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import type { Clock } from '../../../system/clock.ts';
import { bringConversation, openConversation } from '../../../system/conversation/bring.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';

type Carrying = {
  link: Pick<HubLink, 'current' | 'problem'>;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** The task's, for names at the hub. */
  task: string;
  codexHome: string;
  note(sentence: string): Promise<void>;
};

type CarriedConversation = {
  /** Resolves when it is sent, or soon after while that goes on. Never rejects. */
  send(threadId: string): Promise<void>;
  /** Returns whether it is here now. Never rejects. */
  bring(threadId: string): Promise<boolean>;
};

/** Larger ones stay where they are. */
const maxMiB = 64;
const maxBytes = maxMiB * 1024 * 1024;
/** What comes after a session waits for it no longer. */
const sendingMs = 20_000;

export function carriedConversation({
  link,
  clock,
  task,
  codexHome,
  note,
}: Carrying): CarriedConversation {
  let last: Promise<void> = Promise.resolve();
  let sent = { threadId: '', length: 0 };
  let said = '';

  async function sendNow(threadId: string): Promise<void> {
    const found = await openConversation(codexHome, threadId);
    if (found === null) return;
    const { length, bytes, close } = found;
    try {
      if (length === 0 || (sent.threadId === threadId && sent.length === length)) return;
      if (length > maxBytes) throw new Error(`it is larger than ${maxMiB} MiB`);
      await connected(link).objects.put(task, { of: threadId, bytes });
      sent = { threadId, length };
    } finally {
      await close();
    }
  }

  async function say(sentence: string): Promise<void> {
    if (sentence !== said) await note(sentence).catch(() => {});
    said = sentence;
  }

  async function withPatience(sending: Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // A timer that is left would keep this process alive.
    const cancel = clock.wakeAt(clock.now() + sendingMs, resolve);
    await Promise.race([sending, promise]);
    cancel();
  }

  return {
    send: (threadId) => {
      last = last.then(() =>
        sendNow(threadId).catch((error: unknown) =>
          say(`The conversation stays on this machine: ${errorMessage(error)}`),
        ),
      );
      return withPatience(last);
    },
    bring: async (threadId) => {
      try {
        const found = await connected(link).objects.get(task, maxBytes);
        if (found?.of !== threadId) throw new Error('the hub does not have it');
        const problem = await bringConversation(codexHome, { threadId, bytes: found.bytes });
        if (problem !== null) throw new Error(problem);
        return true;
      } catch (error) {
        await say(
          `The conversation of the machine before did not come along: ${errorMessage(error)}`,
        );
        return false;
      }
    },
  };
}

function connected(link: Carrying['link']): HubConnection {
  const connection = link.current();
  if (connection === null) throw new Error(link.problem() ?? 'the hub is not connected');
  return connection;
}
