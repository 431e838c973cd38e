// The two tasks of the demo and what the scripted model does for them: small steps, real files, real tests.

import { genericPlan, genericStep, type Plan, type PlannedStep } from './plan.ts';

type DemoTask = { name: string; description: string };

export const demoTasks: readonly [DemoTask, DemoTask] = [
  { name: 'build-rest-api-todo', description: 'Build a REST API for todo app' },
  { name: 'write-user-guide', description: 'Write a user guide' },
];

/** The demo pauses the first task when this many of its steps are done, and then resumes it. */
export const pauseAtStep = 4;

const phases: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'build-rest-api-todo': {
    Groundwork: ['Add the settings', 'Add the todo model', 'Add the repository layer'],
    Endpoints: [
      'Add the endpoint that lists todos',
      'Add the endpoint that creates a todo',
      'Return 404 for unknown ids',
      'Add pagination',
    ],
    Quality: ['Validate the input', 'Log each request', 'Check the whole with one test run'],
  },
  'write-user-guide': {
    Outline: ['Collect what users ask', 'Order the chapters'],
    Chapters: [
      'Write the first steps',
      'Write the settings chapter',
      'Write the answers to errors',
    ],
    Review: ['Check every command in the guide'],
  },
};

/** A task that the user starts in the demo gets a generic plan. */
export function demoPlan(taskName: string, paceMs: number): Plan {
  const planned = Object.hasOwn(phases, taskName) ? phases[taskName] : undefined;
  if (planned === undefined) return { ...genericPlan(taskName), paceMs };
  const steps = Object.entries(planned).flatMap(([phase, texts]) =>
    texts.map((text): PlannedStep => ({ phase, ...genericStep(taskName, text) })),
  );
  return { steps, stepsPerSession: 2, paceMs };
}
