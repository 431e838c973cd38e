// A session that resumes a conversation waits until no other Codex works in it. Otherwise Codex would be started only to
// end at once, again and again.

import { inUseBy } from '../../core/failure/in-use.ts';
import type { SessionPlan, Wait } from '../../core/run/run.ts';
import type { CodexDeps } from '../run/runner-deps.ts';

/** What the session waits for; null when the conversation is free, as a new one always is. */
export async function untilFree(
  { resumes }: Pick<SessionPlan, 'resumes'>,
  codex: Pick<CodexDeps, 'writersOf'>,
): Promise<Wait | null> {
  if (resumes === null) return null;
  const writers = await codex.writersOf(resumes);
  if (writers.length === 0) return null;
  return { reason: 'conversation in use', until: null, sentence: inUseBy(writers) };
}
