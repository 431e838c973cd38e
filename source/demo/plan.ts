// What a scripted worker does for a task: the steps its Initializer writes down, and how each is carried out.
// A task that nobody planned for gets small shell functions with a test each: real files, really tested, with
// nothing but a POSIX shell.

import { fileWith } from './patch-text.ts';
import { command, type ModelItem, patch } from './responses-api.ts';

export type PlannedStep = {
  text: string;
  /** The heading it stands under. Steps of one phase follow each other. */
  phase: string;
  /** How it is carried out; reading the state before and ticking after are not part of it. */
  work: readonly ModelItem[];
};

export type Plan = {
  steps: readonly PlannedStep[];
  stepsPerSession: number;
  /** Passes before each answer, so that a person can watch. */
  paceMs: number;
};

/** Plans by task name, or for any task. A name that the map lacks gets a generic plan. */
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

/** Phase → parts. Ten, the fewest that our prompt asks an Initializer for. */
const genericParts: Readonly<Record<string, readonly string[]>> = {
  Groundwork: ['settings', 'names', 'start'],
  Core: ['model', 'store', 'rules'],
  Surface: ['input', 'output', 'error messages'],
  Checks: ['final report'],
};

/** `Add the error messages` → `step-error-messages`: with `_` for `-`, a shell function may be called so. */
function fileNameFor(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => !['add', 'the', 'a', 'an'].includes(word)).slice(0, 4);
  // A name may not begin with a digit.
  return ['step', ...telling].join('-');
}
