// Which files may hold a secret, by their names alone. They stay on the machine: what is pushed for other machines is read
// by everybody who may read the remote.

/** Keys of SSH have no extension, or one of these. `id_map.py` is no key. */
const ofKey = /^id_[^.]*(?:\.(?:pub|key|pem|ppk|old|bak|backup))?$/i;

/** `path` is relative to the root, with slashes. */
export function isSecretPath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\.env/i.test(name) || /\.pem$/i.test(name) || ofKey.test(name);
}
