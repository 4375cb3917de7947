/** Has a function called soon, once at least; it does not wait for it. */
export interface FunctionCaller {
  call(event: object): Promise<void>;
}
