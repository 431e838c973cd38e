// What a session is started with, and what has to be known for it.

import type { Checklist } from '../../core/checklist/checklist.ts';
import type { ReviewMaterial } from '../../core/review/review-prompt.ts';
import type { LeaseWatch } from '../../system/warden/request.ts';

export type Launch = {
  arguments: readonly string[];
  codex: string;
  workplace: string;
  /** Every directory that the session may write. */
  writable: readonly string[];
  prompt: string;
  /** With which its warden ends it; on one machine there is none. */
  lease?: LeaseWatch | undefined;
};

export type Material = Omit<ReviewMaterial, 'directory' | 'round' | 'description'> & {
  /** With which no configuration of the project counts. */
  untrusted: readonly string[];
  /** The file that says what form the answer must have. */
  schema: string;
};

/** What is known about the task when the session starts. `isOurs`: the conversation to resume began with a prompt of ours. */
export type LaunchContext = {
  uuid: string;
  description: string | null;
  checklist: Checklist;
  isOurs?: boolean;
  /** What the user tells the task with this prompt. */
  guidance?: readonly string[];
  /** What a Reviewer judges. */
  material?: Material;
};
