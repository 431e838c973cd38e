// `--doctor`: looks at everything that a run needs, one after the other, and says what to do about what is missing. A
// start makes the same checks and stops at the first.

import type { Finding } from '../../core/doctor/finding.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { complain } from '../complain.ts';
import { findings } from '../doctor/findings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { doctorJson, findingLine, lastLine } from '../print/doctor-lines.ts';
import { findProjectPaths } from '../project-paths.ts';

export async function doctorCommand(invocation: Invocation): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const { isTTY, columns } = process.stdout;
  const look = {
    isColoured: isTTY && !process.env['NO_COLOR'],
    columns: isTTY ? columns : null,
  };
  const all: Finding[] = [];
  for await (const finding of findings(invocation, paths)) {
    all.push(finding);
    if (!invocation.json) writeNow('stdout', findingLine(finding, look));
  }
  writeNow('stdout', invocation.json ? doctorJson(paths.project, all) : lastLine(all));
  return all.some(({ result }) => result === 'stops') ? exitCodes.failed : exitCodes.done;
}
