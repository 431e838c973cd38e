// `--review none`: the word that clears a remembered option, after an option that takes no value. Both parsers get the option
// that says the same instead, `--no-review`.

import { clearingWord } from '../core/limits/limit-values.ts';
import { options } from './options/table.ts';

const names: ReadonlySet<string> = new Set(options.map(({ name }) => name));

/** The option that takes it back; null if there is none. */
function contrary(argument: string): string | null {
  const [, name = ''] = /^--([a-z-]+)$/u.exec(argument) ?? [];
  return names.has(name) && names.has(`no-${name}`) ? `--no-${name}` : null;
}

/** `--review=none` */
const inOne = new RegExp(`^(--[a-z-]+)=${clearingWord}$`, 'u');

export function withClearedOptions(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const [, joined] = inOne.exec(argument) ?? [];
    if (joined !== undefined) return [contrary(joined) ?? argument];
    const before = argv[index - 1];
    if (argument === clearingWord && before !== undefined && contrary(before) !== null) return [];
    const isCleared = argv[index + 1] === clearingWord;
    return [(isCleared ? contrary(argument) : null) ?? argument];
  });
}
