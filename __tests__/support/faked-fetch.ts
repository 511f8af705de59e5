/** NODE_OPTIONS that replace `fetch` in a Node.js process with a function of `url` that has this body. */
export function withFetch(body: string): string {
  const script = `globalThis.fetch = async (url) => { ${body} };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

export const NO_NETWORK = withFetch(
  `throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND releases.hashicorp.com") })`,
);

/** Environment variables with which npm does not access the registry. */
export const OFFLINE = { npm_config_offline: "true" };
