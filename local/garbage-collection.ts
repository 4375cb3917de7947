import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 look at bytes outside of its heap, in which bodies lie, as at the heap itself: it collects all garbage when both
 * together have grown by a share of what is in use. Otherwise it does so after every 64 MB that have been outside, which
 * are some fifty requests with attachments, however little is in use.
 *
 * To be called before there is much of either.
 */
export function countBodiesAsHeap(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
