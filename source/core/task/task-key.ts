// What a task is known by where tasks of several projects, or of several machines, are on one screen. Its name is unique
// in its project only.

/** What is the same for all tasks of a source is left out: for the dashboard of one project, the name is the key. */
export type TaskPlace = {
  /** The machine; never with a slash. Only together with a project. */
  readonly host?: string | undefined;
  /** The project's real path. */
  readonly project?: string | undefined;
  /** The name of the task's directory, which has no slash. */
  readonly name: string;
};

/** A place as text: `docs`, `/home/ann/shop/docs` or `machine-b:/home/ann/shop/docs`. Equal only for equal places. */
export type TaskKey = string;

export function keyOf({ host, project, name }: TaskPlace): TaskKey {
  if (project === undefined) return name;
  const path = `${project}/${name}`;
  return host === undefined ? path : `${host}:${path}`;
}

export function placeOf(key: TaskKey): TaskPlace {
  const first = key.indexOf('/');
  if (first === -1) return { name: key };
  const last = key.lastIndexOf('/');
  const place = { project: key.slice(first, last), name: key.slice(last + 1) };
  // Before the path stands the machine, with a colon.
  return first === 0 ? place : { host: key.slice(0, first - 1), ...place };
}

/** The same place, without fields that are undefined. */
export function placed({ host, project, name }: TaskPlace): {
  host?: string;
  project?: string;
  name: string;
} {
  return {
    ...(host === undefined ? {} : { host }),
    ...(project === undefined ? {} : { project }),
    name,
  };
}
