// argv → dashboard or headless run. The one place that puts everything together; it loads only what an invocation
// needs. `--help`, `--version`, and `--list` unless a branch must be counted, never get here: see quick.ts.

import { parseInvocation } from './arguments.ts';
import { sessionMarker } from '../core/codex/arguments.ts';
import { asksForTask, type Invocation } from './invocation.ts';
import type { HubVerb } from './verbs/hub-verb.ts';
import { complain, warn } from './complain.ts';
import { errorMessage } from '../core/text/error-message.ts';
import { helpText } from './options/help-text.ts';
import { exitCodes } from './exit-codes.ts';
import { forgetConversation, whyNotInSandbox } from '../system/process/codex-sandbox.ts';
import { stateHome } from '../system/state/state-files.ts';
import { isWatched } from './screen/screen-terminal.ts';
import { noTaskSentence, warnOfUnused, type Answering } from './unused-options.ts';
import type { HubTaskVerb } from './verbs/hub-task-verb.ts';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await carryOut(argv);
  } catch (error) {
    return complain(`autonomous-tui failed: ${errorMessage(error)}`, exitCodes.failed);
  }
}

async function carryOut(argv: readonly string[]): Promise<number> {
  const parsed = await parseInvocation(argv);
  if ('problem' in parsed) return complain(parsed.problem, exitCodes.wrongUsage);
  const { invocation } = parsed;
  if (process.platform === 'win32') {
    return complain('Windows is not supported. Use Linux, macOS or WSL', exitCodes.failed);
  }
  if (invocation.list && invocation.hub === null) {
    if (invocation.all) {
      return (await import('./commands/list-all-command.ts')).listAllCommand(invocation);
    }
    return (await import('./commands/counted-list-command.ts')).countedListCommand(invocation);
  }
  if (invocation.log !== null) {
    warnOfUnused('--log', invocation);
    return (await import('./commands/log-command.ts')).logCommand(invocation);
  }
  if (invocation.report) {
    warnOfUnused('--report', invocation);
    return (await import('./commands/report-command.ts')).reportCommand(invocation);
  }
  if (invocation.doctor) {
    warnOfUnused('--doctor', invocation);
    return (await import('./commands/doctor-command.ts')).doctorCommand(invocation);
  }
  const { verb, tell, order, takesOver, skill, hub, pause } = invocation;
  const asked = [tell, order, skill, hub, pause];
  const acts = asked.some((one) => one !== null) || takesOver || changesFiles(verb);
  if (acts && isInsideSession()) return refuseInside();
  if (skill !== null) {
    warnOfUnused(`--${skill}`, invocation);
    return (await import('./commands/skill-command.ts')).skillCommand(skill);
  }
  if (hub !== null) {
    if (await isRefusedInSandbox({ network: true })) return exitCodes.failed;
    if (tell !== null && hub.name === 'hub') {
      warnOfUnused('--tell', invocation);
      const { tellHubCommand } = await import('./commands/hub/tell-hub-command.ts');
      return tellHubCommand(invocation, { hub: hub.hub, tell });
    }
    return carryOutHub(hub, invocation);
  }
  if (acts && (await isRefusedInSandbox({ network: false }))) return exitCodes.failed;
  if (order !== null) {
    warnOfUnused(`--${order.name}`, invocation);
    return (await import('./commands/order-command.ts')).orderCommand(invocation, order);
  }
  if (takesOver) {
    warnOfUnused('--take-over', invocation);
    return (await import('./commands/take-over-command.ts')).takeOverCommand(invocation);
  }
  if (tell !== null) {
    warnOfUnused('--tell', invocation);
    return (await import('./commands/tell-command.ts')).tellCommand(invocation, tell);
  }
  if (pause !== null) {
    warnOfUnused(`--${pause}`, invocation);
    return (await import('./commands/pause-command.ts')).pauseCommand(invocation, pause);
  }
  if (verb !== null) {
    warnOfUnused(`--${verb.name}`, invocation);
    if (verb.name === 'undo') {
      return (await import('./commands/undo-command.ts')).undoCommand(invocation, verb);
    }
    if (verb.name === 'merge') {
      return (await import('./commands/merge-command.ts')).mergeCommand(invocation, verb);
    }
    return (await import('./commands/diff-command.ts')).diffCommand(invocation, verb);
  }
  if (invocation.demo) {
    warnOfUnused('--demo', invocation);
    return (await import('./commands/demo-command.ts')).demoCommand(invocation);
  }
  // A dashboard continues interrupted tasks, so it is refused like a start.
  const mayRun = asksForTask(invocation) || invocation.continueAll || !isHeadless(invocation);
  if (mayRun && isInsideSession()) return refuseInside();
  if (mayRun && (await isRefusedInSandbox({ network: true }))) return exitCodes.failed;
  return isHeadless(invocation) ? headless(invocation) : onScreen(invocation);
}

function answeringAtHub(verb: HubTaskVerb): Answering {
  switch (verb) {
    case 'continue':
      return 'Continuing a task of a hub';
    case 'pin':
    case 'unpin':
      return 'Pinning a task of a hub';
    default:
      return `--${verb}`;
  }
}

async function carryOutHub(hub: HubVerb, invocation: Invocation): Promise<number> {
  switch (hub.name) {
    case 'serve-hub':
      warnOfUnused('--serve-hub', invocation);
      return (await import('./commands/hub/serve-hub-command.ts')).serveHubCommand(hub);
    case 'worker':
      warnOfUnused('--worker', invocation);
      return (await import('./commands/hub/worker-command.ts')).workerCommand(invocation, hub);
    case 'give':
      warnOfUnused('Giving a task to a hub', invocation);
      return (await import('./commands/hub/give-command.ts')).giveCommand(invocation, hub);
    case 'task': {
      warnOfUnused(answeringAtHub(hub.verb), invocation);
      return (await import('./commands/hub/steer-hub-command.ts')).steerHubCommand(invocation, hub);
    }
    case 'hub': {
      if (invocation.list || !process.stdout.isTTY) {
        warnOfUnused('The list of a hub', invocation);
        return (await import('./commands/hub/hub-list-command.ts')).hubListCommand(invocation, hub);
      }
      warnOfUnused('The dashboard of a hub', invocation);
      const { hubDashboardCommand } = await import('./commands/hub/hub-dashboard-command.ts');
      return hubDashboardCommand(invocation, hub);
    }
    default:
      return hub satisfies never;
  }
}

function changesFiles(verb: Invocation['verb']): boolean {
  return verb?.name === 'undo' || verb?.name === 'merge';
}

function isInsideSession(): boolean {
  return process.env[sessionMarker] !== undefined;
}

function refuseInside(): number {
  return complain(
    'A session of a task cannot start, pause, continue, tell, take over, undo, merge, archive or delete tasks, nor install skills or serve a hub: do the work in this session',
    exitCodes.wrongUsage,
  );
}

/** Says so if it is; see codex-sandbox.ts. Call before a run is started. */
async function isRefusedInSandbox({ network }: { network: boolean }): Promise<boolean> {
  const sentence = await whyNotInSandbox(process.env, { written: stateHome(process.env), network });
  if (sentence !== null) warn(sentence);
  else forgetConversation(process.env);
  return sentence !== null;
}

function isHeadless(invocation: Invocation): boolean {
  return !invocation.background && (invocation.headless || !process.stdout.isTTY);
}

async function headless(invocation: Invocation): Promise<number> {
  if (invocation.continueAll) return continueAll(invocation);
  if (!asksForTask(invocation)) {
    const sentence = noTaskSentence(invocation);
    if (sentence !== null) warn(sentence);
    process.stderr.write(helpText());
    return exitCodes.wrongUsage;
  }
  if (invocation.all) warn('A run without a screen does not use: --all');
  return (await import('./commands/run-command.ts')).runCommand(invocation);
}

async function continueAll(invocation: Invocation): Promise<number> {
  warnOfUnused('--continue-all', invocation);
  return (await import('./commands/continue-all-command.ts')).continueAllCommand(invocation);
}

async function onScreen(invocation: Invocation): Promise<number> {
  if (invocation.json) {
    return complain(
      '--json needs --list, --log, --report, --doctor or --headless',
      exitCodes.wrongUsage,
    );
  }
  const { background } = invocation;
  const isAlone = !asksForTask(invocation);
  if (invocation.continueAll && isAlone && (background || !isWatched(process.env))) {
    return continueAll(invocation);
  }
  if (background && isAlone) return complain(noTaskSentence(invocation)!, exitCodes.wrongUsage);
  warnOfUnused(background ? '--background' : 'The dashboard', invocation);
  return (await import('./commands/dashboard-command.ts')).dashboardCommand(invocation);
}
