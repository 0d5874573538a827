/**
 * What `.name` on a known value is: an object's entry, another file's export, a builtin's function.
 * Not here: how the value was found (static-eval.ts).
 */
import { HOLE, ROOT_MARK, StaticExternal, StaticNamespace, isStaticObject } from './static-value.js';
import type { StaticScope, StaticValue } from './static-value.js';

/** The member `key` of a value. */
export function memberOf(object: StaticValue, key: string, scope: StaticScope): StaticValue {
  if (isStaticObject(object)) return key in object ? object[key] : undefined;
  if (object instanceof StaticNamespace) return object.exported(key);
  if (object instanceof StaticExternal) return externalMember(object, key, scope);
  if (Array.isArray(object) && /^\d+$/.test(key)) return (object as readonly StaticValue[])[Number(key)];
  return HOLE;
}

function externalMember(object: StaticExternal, key: string, scope: StaticScope): StaticValue {
  if (object.module !== 'global') {
    // `path.posix.join` and `path.default.join` are `path.join`.
    const same = key === 'default' || key === 'posix' || key === 'win32';
    return same ? object : new StaticExternal(object.module, object.name === '*' ? key : `${object.name}.${key}`);
  }
  if (object.name === 'import.meta') {
    const file = `${ROOT_MARK}/${scope.file}`;
    if (key === 'url') return `file://${file}`;
    if (key === 'filename') return file;
    if (key === 'dirname') return file.slice(0, file.lastIndexOf('/'));
  }
  if (object.name === 'process' && key !== 'cwd') return HOLE;
  return new StaticExternal('global', `${object.name}.${key}`);
}
