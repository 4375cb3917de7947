import { pathOf } from '#http/mapped-path.ts';

/** Where the API is from the root of the LRS. */
export const API_PATH = '/admin/v1';

/** @returns what stands behind `API_PATH`; undefined when the path does not have it. */
export function pathBelowApi(path: string): string | undefined {
  return path.startsWith(`${API_PATH}/`) ? path.slice(API_PATH.length) : undefined;
}

/** From the root of the host, as clients see it. @param publicUrl `LRS_PUBLIC_URL` @param path below `API_PATH` */
export function locationOf(publicUrl: string, path: string): string {
  return `${pathOf(publicUrl)}${API_PATH}${path}`;
}
