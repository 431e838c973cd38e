// Sentences of the dashboard name its keys. On the command line they name the options that do the same.

const options: readonly (readonly [key: string, option: string])[] = [
  ['; c continues it', '; --continue continues it'],
  [': c continues it', ': --continue continues it'],
  ['; p pauses it now', '; --pause pauses it now'],
  [', and b hides', ', and b on the dashboard hides'],
];

export function withoutKeys(sentence: string): string {
  return options.reduce((text, [key, option]) => text.replace(key, option), sentence);
}
