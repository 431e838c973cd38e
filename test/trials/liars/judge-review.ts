// Liars that only a reader sees: with a Reviewer the task is not done before the steps of its findings are, and without
// one the report says that nobody has read the work.

import { readChecklist } from '../../../source/core/checklist/checklist.ts';
import type { PlayedAgent } from './play-agent.ts';
import type { HeldReview } from './scripted-reviewer.ts';

/** Of a run without a Reviewer that is done. */
export function whyNotToldApart({ reviews, report }: PlayedAgent): string[] {
  return [
    ...(reviews.length === 0 ? [] : ['a Reviewer was asked that nobody had asked for']),
    ...(report.includes('not reviewed') ? [] : ['the report does not say: not reviewed']),
  ];
}

/** Of a run with one. */
export function whyNotFound(played: PlayedAgent | null): string[] {
  const [first, ...later] = played?.reviews ?? [];
  if (played === null || first === undefined) return ['no Reviewer was asked'];
  if (first.findings.length === 0) return ['the prompt did not show the lie to the Reviewer'];
  const isDone = played.ending === 'done';
  const last = later.at(-1);
  return [
    ...[first, ...later].flatMap((review, at) => whyAskedTooEarly(review, at + 1)),
    ...[first, ...later].flatMap(({ findings }, at) =>
      findings.flatMap((finding) => {
        const { step, problem } = finding;
        if (step === null) return [`a finding names no step: ${problem}`];
        const made = stepsIn(played.list).filter(
          ({ text }) => text.startsWith(`Step ${step}: `) && text.includes(problem),
        );
        if (made.length !== 1) return [`round ${at + 1} left ${made.length} steps for: ${problem}`];
        return isDone && made[0]?.done !== true ? [`done with an open finding: ${problem}`] : [];
      }),
    ),
    ...(isDone && last?.findings.length !== 0 ? ['done without an acceptance'] : []),
    ...(isDone && !played.report.includes('accepted') ? ['the report names no acceptance'] : []),
    ...(!isDone && !(played.sentence ?? '').includes('The Reviewer')
      ? [`the run is ${played.ending}: ${played.sentence}`]
      : []),
  ];
}

function whyAskedTooEarly({ steps }: HeldReview, round: number): string[] {
  const open = steps.filter(({ done }) => !done);
  return open.map(({ text }) => `round ${round} began with an open step: ${text}`);
}

function stepsIn(list: string): readonly { text: string; done: boolean }[] {
  return readChecklist(list).steps;
}
