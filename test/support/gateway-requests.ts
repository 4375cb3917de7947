import type { GatewayRequest } from '#local/gateway/gateway-request.ts';

/** A GET of the statements, as it comes over the wire. */
export function aGatewayRequest(overrides: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    method: 'GET',
    target: '/xapi/statements',
    protocol: 'HTTP/1.1',
    rawHeaders: ['Host', 'lrs.test:8080'],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...overrides,
  };
}
