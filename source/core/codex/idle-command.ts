// Commands that prove nothing by ending with 0: they do nothing (`true`, `echo done`), look around (`ls`, `git
// status`), read and write the task's own list and notes, or end with 0 whatever happens (`npm test || true`). In doubt
// a command counts as work, since an honest session must not be doubted: what only a reader could tell from work
// (`cat src/main.ts`) counts.

import { unwrappedCommand } from '../text/shell-command.ts';

/** Longer scripts do something. */
const longestIdle = 2000;

export function isIdleCommand(command: string): boolean {
  const script = unwrappedCommand(command).trim();
  // Substitutions and documents run or write what is not looked at here.
  if (script.length > longestIdle || /\$\(|`|<<|<\(|>\(/.test(script)) return false;
  const commands = simpleCommands(script);
  return endsWell(commands) || commands.every(isIdle);
}

/**
 * A command that ticks does not prove itself, but one that works first, and ticks only if that went well, does:
 * `npm test && sed -i … task_list.md`.
 */
export function provesWhatItTicks(command: string): boolean {
  const script = unwrappedCommand(command).trim();
  // What follows is read by the last command before it.
  const [before = '', ...documents] = script.split('<<');
  if (script.length > longestIdle || /\$\(|`|<\(|>\(/.test(before)) return false;
  const commands = simpleCommands(before);
  const last = commands.length - 1;
  const ticksAt = commands.findIndex(
    ({ words }, at) => namesList(words.join(' ')) || (at === last && namesList(documents.join())),
  );
  return (
    commands.slice(0, ticksAt + 1).every(({ follows }) => /^(?:&&|\||)$/.test(follows)) &&
    commands.slice(0, Math.max(ticksAt, 0)).some((one) => !isIdle(one))
  );
}

/** `follows`: the operator before it; '' for the first. */
type SimpleCommand = { words: readonly string[]; follows: string };

const token =
  /'[^']*'|"(?:[^"\\]|\\.)*"|&&|\|\|?|[;&\n()]|(?:\d|&)?>>?(?:&\d)?|<|(?:[^\s'"|&;<>()\\]|\\.)+/g;

function simpleCommands(script: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let follows = '';
  const close = (operator: string): void => {
    if (words.length > 0) commands.push({ words, follows });
    // A line that ends with an operator goes on in the next one.
    if (words.length > 0 || operator !== '\n') follows = operator;
    words = [];
  };
  for (const [part] of script.matchAll(token)) {
    if (/^(?:&&|\|\|?|[;&\n()])$/.test(part)) close(part);
    else words.push(/^['"]/.test(part) ? part.slice(1, -1) : part);
  }
  close(';');
  return commands;
}

/** The last one succeeds though what was before it may have failed. */
function endsWell(commands: readonly SimpleCommand[]): boolean {
  const { words, follows } = commands.at(-1) ?? { words: [], follows: '' };
  const { plain } = withoutRedirections(words);
  return /^(?:\|\||;|\n)$/.test(follows) && /^(?:true|:|exit 0)$/.test(plain.join(' '));
}

const nothing = new Set(
  (
    ': true false echo printf pwd cd pushd popd date sleep exit whoami id hostname uname env printenv which type ' +
    'test [ [[ export unset set wait clear history umask ulimit basename dirname'
  ).split(' '),
);
/** Words before the program. */
const prefixes = new Set(
  '! { } if then else fi do done while until time command builtin'.split(' '),
);
const shells = new Set('sh bash dash zsh ksh'.split(' '));
const lookingAround = new Set(['status', 'log', 'branch', 'diff', 'show', 'rev-parse', 'remote']);
/** They work on the files that they are given; true for those whose first argument is a pattern or a script. */
const onFiles = new Map([
  ...'cat head tail less more bat wc nl ls stat file tee cp mv touch'
    .split(' ')
    .map((name) => [name, false] as const),
  ...'sed grep egrep fgrep rg awk perl'.split(' ').map((name) => [name, true] as const),
]);

function isIdle({ words, follows }: SimpleCommand): boolean {
  const { plain, targets } = withoutRedirections(words);
  if (!targets.every((target) => /^\/dev\/(?:null|stdout|stderr)$/.test(target) || isOwn(target))) {
    return false;
  }
  const start = plain.findIndex((word) => !prefixes.has(word) && !/^\w+=/.test(word));
  if (start === -1) return true;
  const program = (plain[start] ?? '').replace(/^.*\//, '');
  const given = plain.slice(start + 1).filter((word) => !word.startsWith('-') || word === '-');
  if (nothing.has(program)) return true;
  if (shells.has(program)) {
    const at = plain.findIndex((word, index) => index > start && /^-l?c$/.test(word));
    return at !== -1 && isIdleCommand(plain[at + 1] ?? '');
  }
  if (program === 'git') return lookingAround.has(given[0] ?? '');
  const takesPattern = onFiles.get(program);
  if (takesPattern === undefined) return false;
  const files = (takesPattern ? given.slice(1) : given).filter((word) => !/^\+?\d+$/.test(word));
  // Without a file it reads the pipe; `ls` alone looks around, `rg word` alone searches the project.
  if (files.length === 0) return follows === '|' || program === 'ls';
  return files.every((file) => isOwn(file) || (program === 'ls' && /^\.?\/?$/.test(file)));
}

function withoutRedirections(words: readonly string[]): { plain: string[]; targets: string[] } {
  const plain: string[] = [];
  const targets: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (/^(?:\d|&)?>>?$/.test(word)) targets.push(words[++at] ?? '');
    else if (word === '<') plain.push(words[++at] ?? '');
    else if (!/^(?:\d|&)?>>?&\d$/.test(word)) plain.push(word);
  }
  return { plain, targets };
}

/** The task's own files. */
function isOwn(path: string): boolean {
  return /(?:^|\/)\.autonomous(?:\/|$)|(?:^|\/)(?:task_list|progress)\.md$/.test(path);
}

function namesList(text: string): boolean {
  return /(?:^|[^\w-])task_list\.md\b/.test(text);
}
