/** The version of the package: sent with every request, and named in generated files. */
export const VERSION = "2.0.0-beta.1";
