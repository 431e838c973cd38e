// What the roles do, as one list of items per session. Pure: `scripted-worker.ts` decides when to send which part,
// by the number of tools that have answered.

import { shellQuoted } from '../core/task/task.ts';
import { filesWith } from './patch-text.ts';
import { genericStep, type Plan, type PlannedStep } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';
import {
  command,
  commandThatMayFail,
  message,
  type ModelItem,
  patch,
  reasoning,
} from './responses-api.ts';

export function initializerScript(
  { taskName, directory: at, session }: PromptReading,
  plan: Plan,
): ModelItem[] {
  const directory = `${at}/`;
  const list = { path: `${directory}task_list.md`, lines: checklistLines(taskName, plan.steps) };
  const progress = {
    path: `${directory}progress.md`,
    lines: [
      `# Progress: ${taskName}`,
      '',
      `## Session ${session}`,
      '',
      `- Planned ${count(plan.steps.length, 'step')}. Each says how to see that it is done.`,
    ],
  };
  return [
    reasoning('**Planning the work**\n\nFirst what is there, then steps that build on each other.'),
    message('I look at the project before I plan.'),
    command('ls'),
    patch(filesWith([list, progress])),
    message(
      `The plan is written: ${count(plan.steps.length, 'step')} in ${directory}task_list.md.`,
    ),
  ];
}

export function executorScript(reading: PromptReading, plan: Plan): ModelItem[] {
  const directory = `${reading.directory}/`;
  const steps = stepsOfSession(reading, plan);
  return [
    reasoning('**Reading the task list**\n\nThe files are all that earlier sessions handed on.'),
    // An Initializer that was killed between writing its two files leaves no progress.md.
    commandThatMayFail(`cat ${directory}task_list.md; tail -n 20 ${directory}progress.md`),
    ...steps.flatMap((step, index) => [
      message(`Step ${step.number}: ${step.text}`),
      ...step.work,
      command(
        [
          // The first line is what the user sees.
          `# Tick step ${step.number}: ${step.text}`,
          tickCommand(`${directory}task_list.md`, step.text),
          noteCommand(`${directory}progress.md`, [
            ...(index === 0 ? ['', `## Session ${reading.session}`, ''] : []),
            `- Step ${step.number} is done and verified: ${step.text}`,
          ]),
        ].join('\n'),
      ),
    ]),
    message(`${count(steps.length, 'step')} done and verified; progress.md says how.`),
  ];
}

/** It has nothing against what the Executors of the demo did: its last message is the verdict, and nothing else. */
export function reviewerScript({ directory }: PromptReading): ModelItem[] {
  return [
    reasoning(
      '**Looking for a step that is only ticked**\n\nThe files say what was done, not the list.',
    ),
    command(`cat ${directory}/task_list.md`),
    message('{"verdict":"accept","findings":[]}'),
  ];
}

type NumberedStep = { number: number; text: string; work: readonly ModelItem[] };

/** The next open step and those planned after it. A step that is not in the plan, because the user or another
 *  agent wrote it, is done alone. */
function stepsOfSession({ taskName, nextStep }: PromptReading, plan: Plan): NumberedStep[] {
  if (nextStep === null) return [];
  const isNext = (step: PlannedStep | undefined): boolean => step?.text === nextStep.text;
  // If two steps have the same text, the number says which one is meant.
  const atNumber = nextStep.number - 1;
  const index = isNext(plan.steps[atNumber]) ? atNumber : plan.steps.findIndex(isNext);
  if (index === -1) return [{ ...nextStep, ...genericStep(taskName, nextStep.text) }];
  return plan.steps
    .slice(index, index + plan.stepsPerSession)
    .map(({ text, work }, offset) => ({ number: nextStep.number + offset, text, work }));
}

function checklistLines(taskName: string, steps: readonly PlannedStep[]): string[] {
  const lines = [`# Task list: ${taskName}`];
  let phase: string | null = null;
  for (const step of steps) {
    if (step.phase !== phase) lines.push('', `## ${step.phase}`, '');
    phase = step.phase;
    lines.push(`- [ ] ${step.text}`);
  }
  return lines;
}

/** Ticks the first open box with exactly this text; exits the shell if there is none. The list is replaced in one
 *  move, so that no reader sees half of it. Plain `rm`: Codex refuses every command with `rm -f`. */
export function tickCommand(path: string, stepText: string): string {
  return (
    `STEP=${shellQuoted(stepText)} awk '${tickProgram}' ${path} > ${path}.new` +
    ` && mv ${path}.new ${path} || { rm ${path}.new; exit 1; }`
  );
}

/** The text comes through the environment, because a value given to awk with `-v` loses its backslashes. */
const tickProgram = [
  String.raw`!done { text = $0; open = sub(/^[ \t]*([-*+]|[0-9]+[.)])[ \t]+\[ \][ \t]+/, "", text)`,
  String.raw`sub(/[ \t\r]+$/, "", text)`,
  String.raw`if (open && text == ENVIRON["STEP"]) { sub(/\[ \]/, "[x]"); done = 1 } } { print } END { exit !done }`,
].join('; ');

function noteCommand(path: string, lines: readonly string[]): string {
  return `printf '%s\\n' ${lines.map(shellQuoted).join(' ')} >> ${path}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
