// What every session of a task is started with, unless a call says otherwise. It comes from options alone.

export type TaskOptions = {
  model: string | null;
  /** A profile of Codex's configuration. */
  profile: string | null;
  /** Absolute path of Codex, if `--codex` named one. */
  codex: string | null;
  /** Those after `--`, for `codex exec`. */
  arguments: readonly string[];
};

export const noTaskOptions: TaskOptions = {
  model: null,
  profile: null,
  codex: null,
  arguments: [],
};

/** What a call gives: an option that is absent stays as remembered; null and an empty list clear it. */
export type GivenOptions = Partial<TaskOptions>;

/** What clears a remembered option: `--model none`, `-- none`. */
export const clearingWord = 'none';

export function withGiven(remembered: TaskOptions, given: GivenOptions): TaskOptions {
  return { ...remembered, ...given };
}

/** The arguments for `codex exec`. What follows `--` wins over an option of ours. */
export function argumentsOf({ model, profile, arguments: extra }: TaskOptions): readonly string[] {
  const names = (pattern: RegExp): boolean => extra.some((argument) => pattern.test(argument));
  return [
    ...(model === null || names(/^(?:-m|--model)/u) ? [] : ['-m', model]),
    ...(profile === null || names(/^(?:-p|--profile)/u) ? [] : ['-p', profile]),
    ...extra,
  ];
}

/** The profile that a session would use; null if none is named. */
export function profileOf({ profile, arguments: extra }: TaskOptions): string | null {
  for (const [index, argument] of extra.entries()) {
    if (argument === '-p' || argument === '--profile') return extra[index + 1] ?? null;
    const [, inOne] = /^(?:--profile=|-p=?)(.+)$/su.exec(argument) ?? [];
    if (inOne !== undefined) return inOne;
  }
  return profile;
}

export function sameOptions(one: TaskOptions, other: TaskOptions): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** For the task's page: `model gpt-5.5`, `profile nightly`, `-- -c x=1`. */
export function optionWords(options: TaskOptions): readonly string[] {
  const { model, profile, codex, arguments: extra } = options;
  return [
    ...(model === null ? [] : [`model ${model}`]),
    ...(profile === null ? [] : [`profile ${profile}`]),
    ...(codex === null ? [] : [`Codex ${codex}`]),
    ...(extra.length === 0 ? [] : [`-- ${extra.join(' ')}`]),
  ];
}
