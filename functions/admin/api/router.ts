import { notAllowed, withImplied } from '#http/methods.ts';
import type { Router } from '#http/management.ts';
import type { HttpRequest } from '#http/request.ts';
import { pathBelowApi } from '#functions/admin/api/api-path.ts';
import type { Operation, Segments } from '#functions/admin/api/operation.ts';
import { notFound } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

interface Match {
  readonly operation: Operation;
  readonly segments: Segments;
}

export function createRouter(operations: readonly Operation[], deps: AdminDeps): Router {
  const matchesAt = (path: string): readonly Match[] => {
    const sent = segmentsOf(pathBelowApi(path) ?? '').map(decoded);
    return operations.flatMap((operation) => {
      const segments = match(segmentsOf(operation.path), sent);
      return segments === undefined ? [] : [{ operation, segments }];
    });
  };
  const methodsAt = (path: string): readonly string[] =>
    withImplied(matchesAt(path).map(({ operation }) => operation.method));
  const find = ({ path, method }: HttpRequest): Match => {
    const matches = matchesAt(path);
    if (matches.length === 0)
      throw notFound('There is no resource at this path; GET openapi.json lists those there are.');
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = matches.find(({ operation }) => operation.method === wanted);
    if (found === undefined) throw notAllowed(method, methodsAt(path));
    return found;
  };
  return {
    methodsAt,
    isPublic: (request) => find(request).operation.access === 'anybody',
    handle: (request) => {
      const { operation, segments } = find(request);
      return operation.run(deps, request, segments);
    },
  };
}

function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split('/');
}

/** API Gateway has decoded it already, others have not; what is not percent-encoded stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** @returns the segments that the names of the template stand for; undefined when the path is another. */
function match(template: readonly string[], sent: readonly string[]): Segments | undefined {
  if (template.length !== sent.length) return undefined;
  const segments: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const value = sent[index] ?? '';
    const name = /^\{(.+)\}$/u.exec(part)?.[1];
    if (name === undefined ? value !== part : value === '') return undefined;
    if (name !== undefined) segments[name] = value;
  }
  return segments;
}
