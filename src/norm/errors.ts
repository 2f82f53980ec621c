/** The caller broke a rule about shapes. A bug in our code, never the user's fault. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Throws unless both counts agree. `what` names the norm or function that was called. */
export function sameChannels(what: string, content: number, style: number): void {
  if (content !== style) {
    throw new ShapeError(`${what}: content has ${content} channels, style has ${style}; use the same layer`);
  }
}
