/** A proxy that asks for more than a user name and a password. */
export interface ProxyOptions {
  /** Address of the proxy, such as `http://user:password@proxy.example.com:8080`. */
  readonly url: string;
  /** The whole value of `Proxy-Authorization`, such as `Bearer abc`; instead of a user name and a password. */
  readonly token?: string;
}

/** Options of {@link connectionPool}. */
export interface ConnectionPoolOptions {
  /**
   * Connections to one origin at most. More calls than that wait for a free one.
   *
   * @defaultValue 32, which is more than the default lanes of a client use at once; 1 with `http2`
   */
  readonly connections?: number;
  /**
   * Offers HTTP/2, and sends up to 100 calls at once over each connection. For services that speak it: with one that
   * does not, calls over a connection go one after the other.
   *
   * @defaultValue false
   */
  readonly http2?: boolean;
  /**
   * Address of a proxy through which everything goes (by CONNECT), with user name and password in it where it asks for
   * them; or `"environment"`: as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say.
   *
   * @defaultValue no proxy, whatever the environment says
   */
  readonly proxy?: string | ProxyOptions;
  /** Certificates (PEM) that are trusted beside those that Node trusts, of the service and of an https proxy. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** Milliseconds for making a connection, TLS included. @defaultValue 10_000 */
  readonly connectTimeout?: number;
}
