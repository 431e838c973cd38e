// `--report`: what happened, as Markdown or as one JSON document, of one task or of all.

import { reportJson } from '../../core/report/document.ts';
import { reportMarkdown } from '../../core/report/markdown.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { complain } from '../complain.ts';
import { reportDeps } from '../deps/report-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { findProjectPaths } from '../project-paths.ts';

export async function reportCommand(invocation: Invocation): Promise<number> {
  const { taskName, since, json } = invocation;
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const named = taskName === null ? { task: null } : await namedTask(paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const report = await reportDeps(paths)({ task: named.task, since });
  writeNow('stdout', json ? reportJson(report) : reportMarkdown(report));
  return exitCodes.done;
}
