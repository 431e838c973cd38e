// What the user's configuration file and the project's may say. `config.schema.json` and the tables of the docs are made
// from it.

import * as z from 'zod/mini';
import {
  maxSchemaAddressLength,
  schemaAddress,
  schemaAddressPattern,
  type ConfigurationKey,
} from '../core/configuration-keys.ts';
import { notifyEvents, terminalNotices } from '../core/notify/events.ts';

const saying = (description: string) => z.meta({ description });
const seconds = (description: string) =>
  z.optional(z.number().check(z.gte(0), z.lte(86_400), saying(description)));

const appearance = {
  theme: z.optional(
    z.enum(['dark', 'light', 'colour-blind']).check(saying('Colours of the dashboard')),
  ),
  glyphs: z.optional(
    z.enum(['unicode', 'ascii']).check(saying('Characters that the dashboard draws with')),
  ),
};

/** The agent can write it, so it names appearance only. */
export const projectFile = z.object(appearance);

const command = z.string().check(z.trim(), z.minLength(1));

const commandWithNetwork = z.strictObject({ command, network: z.optional(z.boolean()) });

/** These may differ between projects. */
const ofProjects = {
  projectCodexConfig: z.optional(
    z
      .enum(['as trusted', 'off'])
      .check(
        saying(
          "Whether a project's own `.codex` (settings, MCP servers, rules) counts where you trust it in Codex",
        ),
      ),
  ),
  model: z.optional(
    z.string().check(z.minLength(1), saying('Model of the sessions of tasks without `--model`')),
  ),
  profile: z.optional(
    z
      .string()
      .check(z.minLength(1), saying('Codex profile of the sessions of tasks without `--profile`')),
  ),
  check: z.optional(
    z.array(z.union([command, commandWithNetwork])).check(
      z.maxLength(20),
      z.meta({
        description: 'Commands that must pass before a task without `--check` is done',
        examples: [['npm test', { command: 'make e2e', network: true }]],
      }),
    ),
  ),
  review: z.optional(
    z
      .boolean()
      .check(saying('Whether a Reviewer session must accept the work before a task is done')),
  ),
  guard: z.optional(
    z
      .enum(['restore', 'tell', 'off'])
      .check(
        saying(
          'What happens when a session removes or rewords a step: put back, only told, or nothing',
        ),
      ),
  ),
  checkpoints: z.optional(
    z
      .enum(['on', 'off'])
      .check(saying('Whether each session has a checkpoint in the git repository')),
  ),
  checkpointDays: z.optional(
    z
      .number()
      .check(
        z.gte(1),
        z.lte(36_500),
        saying('How long the checkpoints of a task are kept after it is done or deleted, in days'),
      ),
  ),
  notify: z.optional(
    z
      .strictObject({
        command: z.optional(
          z
            .array(z.string())
            .check(
              z.minLength(1),
              z.maxLength(100),
              saying(
                'A program and its arguments. It gets one JSON document on its standard input',
              ),
            ),
        ),
        terminal: z.optional(
          z.enum(terminalNotices).check(saying('How the terminal of an open dashboard tells you')),
        ),
        on: z.optional(z.array(z.enum(notifyEvents)).check(saying('What both tell you of'))),
      })
      .check(
        z.meta({
          description:
            'What tells you when a task needs you, is done or has failed: the terminal of an open dashboard, and a command',
          examples: [
            {
              terminal: 'bell',
              command: ['notify-from-json'],
              on: ['needs you', 'done', 'failed'],
            },
          ],
        }),
      ),
  ),
  worktree: z.optional(
    z
      .enum(['never', 'always', 'ask'])
      .check(
        saying(
          'Whether a new task gets a branch and a git worktree of its own: the form asks where another task runs in the same files',
        ),
      ),
  ),
  prepare: z.optional(
    z.union([command, commandWithNetwork]).check(
      z.meta({
        description:
          'Command that runs once in each new worktree, before the first working session',
        examples: ['make deps', { command: 'npm ci', network: true }],
      }),
    ),
  ),
  worktreesDirectory: z.optional(
    z
      .string()
      .check(
        z.regex(/^\/[^\0]*$/u),
        saying(
          'Absolute path of the directory where new worktrees are made, outside of every project',
        ),
      ),
  ),
  planOnly: z.optional(
    z
      .boolean()
      .check(
        saying('Whether a new task waits, once it is planned, until you have looked at the plan'),
      ),
  ),
};

const keysOfOneCommand = z.union([z.string(), z.array(z.string())]);

/** The user's file. `config.schema.json` is generated from it, and the descriptions are those of the docs. */
export const userFile = z.strictObject({
  $schema: z.optional(
    z.string().check(
      z.maxLength(maxSchemaAddressLength),
      z.regex(schemaAddressPattern),
      z.meta({
        description: 'Address of the schema, for editors that complete and check the file',
        examples: [schemaAddress],
      }),
    ),
  ),
  ...appearance,
  keys: z.optional(
    z.record(z.string(), keysOfOneCommand).check(
      z.meta({
        description: 'Keys of your own, by command',
        examples: [{ pause: 'Y', zoom: ['Z', 'ctrl-o'] }],
      }),
    ),
  ),
  mouse: z.optional(
    z
      .enum(['on', 'off'])
      .check(saying('The mouse in the dashboard (the key m changes it while it is open)')),
  ),
  codex: z.optional(z.string().check(saying('Absolute path of the Codex to run'))),
  restSeconds: seconds('Pause between two sessions'),
  interruptGraceSeconds: seconds('How long Codex has to end after SIGINT, before SIGTERM'),
  terminateGraceSeconds: seconds('How long it has after SIGTERM, before SIGKILL'),
  lingerSeconds: seconds('How long Codex may stay after its turn is over'),
  resetMarginSeconds: seconds('Wait after the reset time of a usage limit'),
  longestBackOffSeconds: seconds('Longest pause between tries when the model is busy'),
  lookAgainSeconds: seconds('How often a task that needs you is looked at again'),
  silentSeconds: seconds('A session that is silent for so long, with no command open, has stalled'),
  commandSeconds: seconds('A command that is open for so long has stalled'),
  networkSeconds: seconds('Codex that has waited for the network for so long is restarted'),
  handOnSeconds: seconds(
    "How often a running session's work so far goes to the other machines of a hub; 0 for never",
  ),
  sessionsAtOnce: z.optional(
    z
      .int()
      .check(
        z.gte(1),
        z.lte(64),
        saying('How many sessions run at once on this machine; others queue'),
      ),
  ),
  accountAtOnce: z.optional(
    z
      .int()
      .check(
        z.gte(1),
        z.lte(10_000),
        saying('How many sessions of shared tasks run at once on all machines of a hub together'),
      ),
  ),
  reservePercent: z.optional(
    z
      .int()
      .check(
        z.gte(0),
        z.lte(99),
        saying(
          'No session starts while less than this much is left of a usage window, in per cent',
        ),
      ),
  ),
  toolEnvironment: z.optional(
    z.enum(['codex', 'core']).check(saying('What commands that Codex runs see of the environment')),
  ),
  ...ofProjects,
  checkSeconds: z.optional(
    z
      .number()
      .check(z.gt(0), z.lte(86_400), saying('How long a check may take before it is ended')),
  ),
  projects: z.optional(
    z.record(z.string(), z.strictObject(ofProjects)).check(
      z.meta({
        description:
          'Settings for one project, by its real path: `check`, `review`, `guard`, `checkpoints`, `checkpointDays`, `worktree`, `prepare`, `worktreesDirectory`, `planOnly`, `projectCodexConfig`, `model`, `profile` and `notify`',
        examples: [{ '/home/me/shop': { check: ['npm test'] } }],
      }),
    ),
  ),
} satisfies Record<ConfigurationKey, z.ZodMiniType>);

export type UserFile = z.infer<typeof userFile>;

export type ConfigurationIssues = z.core.$ZodError;
