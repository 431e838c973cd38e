// Why a task cannot be claimed at the hub.

export const newerRecordSentence =
  'A newer version of autonomous-tui keeps this task at the hub: update autonomous-tui on this machine';

const sentences = {
  missing: 'The hub does not have this task: give it to the hub first',
  unreadable:
    'What the hub has of this task cannot be read, so it is left alone: restore the hub from a backup, or give it the task under another name',
  'no answer': 'The hub does not answer: see whether it is up and can be reached',
};

export function noHubTaskSentence(why: keyof typeof sentences): string {
  return sentences[why];
}
