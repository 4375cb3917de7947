import { type Middleware, onReply } from '#http/middleware/middleware.ts';

/** HEAD is answered as GET, without the body (xAPI 1.0.3, Communication 1.1). */
export function answerHead(): Middleware {
  return onReply((reply, { method }) => {
    if (method !== 'HEAD') return reply;
    const { body: _, ...head } = reply;
    return head;
  });
}
