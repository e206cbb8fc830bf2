/** The version of the package: sent with every request, and named in generated files. */
export const VERSION = "0.1.0";
