/** NODE_OPTIONS with which a Node process gets these responses from `fetch`; `body` is an expression over `url`. */
export function withFetch(body: string): string {
  const script = `globalThis.fetch = async (url) => { ${body} };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

export const NO_NETWORK = withFetch(
  `throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND releases.hashicorp.com") })`,
);

/** An environment in which npm reaches no registry. */
export const OFFLINE = { npm_config_offline: "true" };
