// What a scripted worker does for a task: the steps its Initializer writes down, and how each is carried out.
// A task without a plan of its own gets small shell functions with a test each: real files, really tested, and only a
// POSIX shell is needed.

import { fileWith } from './patch-text.ts';
import { command, type ModelItem, patch } from './responses-api.ts';

export type PlannedStep = {
  text: string;
  /** The heading above it. Steps of one phase are adjacent. */
  phase: string;
  /** How it is carried out, without reading the state before and ticking the step after. */
  work: readonly ModelItem[];
};

export type Plan = {
  steps: readonly PlannedStep[];
  stepsPerSession: number;
  /** The wait before each answer, so that the user can follow. */
  paceMs: number;
};

/** Plans by task name, or for any task. A name that is not in the map gets a generic plan. */
export type Plans = ReadonlyMap<string, Plan> | ((taskName: string, description: string) => Plan);

export function planFor(plans: Plans, task: { taskName: string; description: string }): Plan {
  if (typeof plans === 'function') return plans(task.taskName, task.description);
  return plans.get(task.taskName) ?? genericPlan(task.taskName);
}

export function genericPlan(taskName: string): Plan {
  const steps = Object.entries(genericParts).flatMap(([phase, parts]) =>
    parts.map((part) => ({ phase, ...genericStep(taskName, `Add the ${part}`) })),
  );
  return { steps, stepsPerSession: 2, paceMs: 0 };
}

/** Work for any step: a shell function named after it, and a test that calls it. */
export function genericStep(taskName: string, text: string): Omit<PlannedStep, 'phase'> {
  const name = fileNameFor(text);
  const code = `src/${taskName}/${name}.sh`;
  const test = `test/${taskName}/${name}.test.sh`;
  const functionName = name.replaceAll('-', '_');
  return {
    text,
    work: [
      patch(
        fileWith(code, [
          `# Part of ${taskName}.`,
          `${functionName}() {`,
          `  printf '${name}: %s\\n' "$*"`,
          '}',
        ]),
      ),
      patch(
        fileWith(test, [
          `. ./${code}`,
          `result=$(${functionName} one two)`,
          `[ "$result" = '${name}: one two' ] || { echo "not ok - $result"; exit 1; }`,
          `echo 'ok - ${name} repeats what it is given'`,
        ]),
      ),
      command(`sh ${test}`),
    ],
  };
}

/** Phase → parts. Ten parts: the fewest steps that our prompt asks an Initializer for. */
const genericParts: Readonly<Record<string, readonly string[]>> = {
  Groundwork: ['settings', 'names', 'start'],
  Core: ['model', 'store', 'rules'],
  Surface: ['input', 'output', 'error messages'],
  Checks: ['final report'],
};

/** `Add the error messages` → `step-error-messages`: with `_` for `-`, a valid name for a shell function. */
function fileNameFor(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => !['add', 'the', 'a', 'an'].includes(word)).slice(0, 4);
  // The prefix is needed because a function name may not begin with a digit.
  return ['step', ...telling].join('-');
}
