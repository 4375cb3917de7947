/** Where the API is from the root of the host, or from the path that a domain of one's own gives the deployment. */
export const API_PATH = '/admin/v1';

/** @returns what stands behind `API_PATH`, and what up to its end; undefined when the path does not have it. */
export function splitPath(path: string): { readonly api: string; readonly rest: string } | undefined {
  const end = path.indexOf(`${API_PATH}/`) + API_PATH.length;
  return end < API_PATH.length ? undefined : { api: path.slice(0, end), rest: path.slice(end) };
}
