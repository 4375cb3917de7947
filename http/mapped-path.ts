/** What paths of access begin with below the root of the LRS, as the route table has them. */
const MARKERS = ['/admin/v1/', '/oauth/', '/.well-known/'];

/**
 * The path of a URL.
 *
 * @param publicUrl `LRS_PUBLIC_URL`
 * @returns for example `/learning`; nothing for a URL that has but a host.
 */
export function pathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/u, '');
}

/**
 * A path of access as the route table has it. Events of API Gateway may have the path to which a domain maps the API in
 * front of it, or not; anything else in front stays, and leads nowhere.
 *
 * @param mapping of `pathOf`
 */
export function withoutMapping(path: string, mapping: string): string {
  if (!path.startsWith(`${mapping}/`)) return path;
  const rest = path.slice(mapping.length);
  // A mapping may have the name of what is behind it: `/oauth/token` is not `/token` of the mapping `oauth`.
  return MARKERS.some((marker) => rest.startsWith(marker)) ? rest : path;
}
