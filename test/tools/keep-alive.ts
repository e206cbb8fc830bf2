/**
 * For how many milliseconds servers of tests keep a connection that nobody uses: longer than any test takes. By default it
 * is 5 s, and a request that is sent while a connection is closed fails.
 */
export const keepAliveTimeout = 600_000;
