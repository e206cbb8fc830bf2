/** Version of the generator, as generated files name it. */
export const VERSION = "0.1.0";
