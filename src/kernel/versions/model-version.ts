/**
 * The model version: raised by any change of the generator, of choice points or of kernel sets, because each of
 * these changes what a token or a case seed means.
 */
export const MODEL = 10;
