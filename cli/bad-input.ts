/** The user asked for something that cannot be done. The message is the sentence to print: what is wrong, and what to do. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
