// The arguments with which Codex runs a check in its sandbox. The mode and the network are said explicitly, and no
// project is trusted, so that neither the project's nor the user's configuration decides them.

import { sessionMarker, type ToolEnvironment } from '../codex/arguments.ts';
import type { Check } from './check.ts';

/** How this Codex wants `codex sandbox` to be called: it differs between versions, and its own help says how. */
export type SandboxForm = {
  /** `linux` or `macos` up to some version after 0.130. */
  subcommand: string | null;
  /** 0.98 is read-only without `--full-auto`, whatever its configuration says. */
  needsFullAuto: boolean;
  takesProfile: boolean;
};

/** From `codex sandbox --help`, and that of its subcommand, if it has one for this platform. */
export function sandboxForm(help: string, subHelp: string, platform: string): SandboxForm {
  const subcommand = subcommandIn(help, platform);
  return {
    subcommand,
    needsFullAuto: /^\s*--full-auto\b/mu.test(subcommand === null ? help : subHelp),
    takesProfile: /^\s*(?:-p, )?--profile\b/mu.test(subcommand === null ? help : subHelp),
  };
}

export function subcommandIn(help: string, platform: string): string | null {
  const name = platform === 'darwin' ? 'macos' : 'linux';
  return new RegExp(`^ +${name} `, 'mu').test(help) ? name : null;
}

type SandboxLaunch = {
  form: SandboxForm;
  check: Check;
  toolEnvironment: ToolEnvironment;
  /** The session's own arguments for Codex: of these, the ones that configure it count here, too. */
  extra: readonly string[];
  /** What makes every directory of the project untrusted. */
  untrusted: readonly string[];
  uuid: string;
  /** Printed before the command begins. */
  nonce: string;
};

export function sandboxArguments(launch: SandboxLaunch): string[] {
  const { form, check, toolEnvironment, extra, untrusted, uuid, nonce } = launch;
  return [
    'sandbox',
    ...(form.subcommand === null ? [] : [form.subcommand]),
    ...(form.needsFullAuto ? ['--full-auto'] : []),
    ...(toolEnvironment === 'codex' ? [] : setting('shell_environment_policy.inherit', '"core"')),
    ...configuring(extra, form),
    ...untrusted,
    ...setting('approval_policy', '"never"'),
    ...setting('sandbox_mode', '"workspace-write"'),
    ...setting('sandbox_workspace_write.network_access', String(check.network)),
    ...setting(`shell_environment_policy.set.${sessionMarker}`, JSON.stringify(uuid)),
    '--',
    '/bin/sh',
    ...shellArguments(check, nonce),
  ];
}

const setting = (name: string, value: string): string[] => ['-c', `${name}=${value}`];

/**
 * For `/bin/sh`. Without the nonce at the start of the output nothing of the command ran: Codex, the sandbox or the shell
 * failed, with an exit code that the command could have had, too.
 */
function shellArguments({ command }: Check, nonce: string, launcher = ''): string[] {
  return ['-c', `printf '%s\\n' "$1"; exec ${launcher}/bin/sh -c "$2"`, 'sh', nonce, command];
}

/** `core` of the tool environment, where no Codex is between: what Codex calls so. */
const coreNames =
  'HOME LANG LC_ALL LC_CTYPE LOGNAME PATH SHELL USER USERNAME TMPDIR TEMP TMP'.split(' ');

/** Without a sandbox: for `/bin/sh`. */
export function directArguments({
  check,
  toolEnvironment,
  nonce,
}: Pick<SandboxLaunch, 'check' | 'toolEnvironment' | 'nonce'>): string[] {
  if (toolEnvironment === 'codex') return shellArguments(check, nonce);
  const kept = [...coreNames, sessionMarker].map((name) => `\${${name}+"${name}=$${name}"}`);
  return shellArguments(check, nonce, `env -i ${kept.join(' ')} `);
}

/** `codex sandbox` takes fewer options than `codex exec`. */
function configuring(extra: readonly string[], { takesProfile }: SandboxForm): string[] {
  const kept: string[] = [];
  for (let at = 0; at < extra.length; at++) {
    const argument = extra[at] ?? '';
    const [, name = '', value] =
      /^(-c|--config|--enable|--disable|-p|--profile)(?:=(.*)|$)/su.exec(argument) ?? [];
    const short = /^(-c|-p)([^=].*)$/su.exec(argument);
    const option = short?.[1] ?? name;
    if (option === '') continue;
    const given = short?.[2] ?? value ?? extra[++at];
    const isProfile = option === '-p' || option === '--profile';
    if (given === undefined || (isProfile && !takesProfile)) continue;
    kept.push(option, given);
  }
  return kept;
}
