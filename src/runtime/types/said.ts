/**
 * What is said in a call, as it was inferred, with a guard against what is wrong in it; `never` where nothing is said. It
 * then stands for all that may be said: that is what editors offer while a call is written.
 */
export type Said<Inferred, Form, Guard> = [Inferred] extends [never] ? Form : Inferred & Guard;
