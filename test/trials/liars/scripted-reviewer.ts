// A Reviewer that knows only what its prompt shows: the goal, the steps, and the patch of each file that changed.

import { readChecklist } from '../../../source/core/checklist/checklist.ts';
import { message, type ModelItem } from '../../../source/demo/responses-api.ts';

export type ShownToReviewer = {
  goal: string;
  steps: readonly { number: number; text: string; done: boolean }[];
  /** By the name of the file. */
  patches: ReadonlyMap<string, string>;
};

type Finding = { step: number | null; problem: string; evidence: string };

/** Nothing found: it accepts. */
export type Reviewer = (shown: ShownToReviewer) => readonly Finding[];

export type HeldReview = Pick<ShownToReviewer, 'steps'> & { findings: readonly Finding[] };

/** Null if the prompt is not a Reviewer's. */
export function holdReview(prompt: string, reviewer: Reviewer): HeldReview | null {
  if (!isOfReviewer(prompt)) return null;
  const shown = shownIn(prompt);
  return { steps: shown.steps, findings: reviewer(shown) };
}

export function isOfReviewer(prompt: string): boolean {
  const [head = ''] = prompt.split('\n\n', 1);
  return /^Role: Reviewer \(round \d+\)$/mu.test(head);
}

export function verdictOf({ findings }: HeldReview): ModelItem[] {
  const verdict = findings.length === 0 ? 'accept' : 'reject';
  return [message(JSON.stringify({ verdict, findings }))];
}

function shownIn(prompt: string): ShownToReviewer {
  const steps = readChecklist(quoted(prompt, 'task_list')).steps.map(({ text, done }, index) => ({
    ...{ number: index + 1, text, done },
  }));
  const patches = quoted(prompt, 'diff')
    .split(/^--- \w+: /mu)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part] as const);
  return { goal: quoted(prompt, 'goal'), steps, patches: new Map(patches) };
}

function quoted(prompt: string, name: string): string {
  const from = prompt.indexOf(`\n<${name}>\n`);
  const until = prompt.indexOf(`\n</${name}>`, from);
  return from === -1 || until === -1 ? '' : prompt.slice(from + name.length + 4, until);
}
