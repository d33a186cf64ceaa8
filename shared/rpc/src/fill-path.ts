/** Fills the parameters of a path pattern and adds the query string. */

/**
 * @example fillPath('/tasks/:taskId', { taskId: 'a/b' }, { ownerId: 'u', q: undefined }) // '/tasks/a%2Fb?ownerId=u'
 * @throws Error when a parameter is missing: a mistake of the caller, not of the user
 */
export function fillPath(
  pattern: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`fillPath: no value for parameter "${name}" of ${pattern}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) search.append(name, String(item));
    }
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
