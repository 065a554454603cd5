// Talks to the interfaces of GitHub and Azure DevOps with what Node has.

/**
 * @typedef {object} Api
 * @property {(method: string, path: string, body?: unknown) => Promise<unknown>} send
 * @property {(path: string, most?: number) => Promise<readonly unknown[]>} list All pages of a list.
 */

/**
 * @param {string} base Address that paths are relative to.
 * @param {Record<string, string>} headers
 * @param {number} [pause] Milliseconds before another attempt.
 * @returns {Api}
 */
function api(base, headers, pause = 2000) {
  /** @type {Api["send"]} */
  const send = async (method, path, body) => {
    for (let attempt = 1; ; attempt += 1) {
      const failure = await attempted(() => request(method, path, body));
      if ("value" in failure) return failure.value;
      if (!failure.again || attempt === 4) throw failure.error;
      await new Promise((next) => setTimeout(next, pause * attempt));
    }
  };

  /** @param {string} method @param {string} path @param {unknown} body */
  const request = async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { "content-type": "application/json", "user-agent": "aks-fleet", ...headers },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new AnswerError(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`, response.status);
    return text === "" ? undefined : JSON.parse(text);
  };

  return {
    send,
    list: async (path, most = 50) => {
      /** @type {unknown[]} */
      const all = [];
      for (let page = 1; page <= most; page += 1) {
        const some = await send("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
        if (!Array.isArray(some)) throw new Error(`GET ${path} answered no list`);
        all.push(...some);
        if (some.length < 100) break;
      }
      return all;
    },
  };
}

class AnswerError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {() => Promise<unknown>} request @returns {Promise<{ value: unknown } | { error: unknown, again: boolean }>} */
async function attempted(request) {
  try {
    return { value: await request() };
  } catch (error) {
    // No answer at all, or one that says that the fault is the server's.
    return { error, again: !(error instanceof AnswerError) || error.status >= 500 || error.status === 429 };
  }
}

/** GitHub's interface, as a workflow is told of it. @param {NodeJS.ProcessEnv} env */
function github(env) {
  return api(
    needed(env, "GITHUB_API_URL"),
    {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${needed(env, "GITHUB_TOKEN")}`,
      "x-github-api-version": "2022-11-28",
    },
    pauseIn(env),
  );
}

/** @param {NodeJS.ProcessEnv} env */
function pauseIn(env) {
  return env["API_PAUSE"] === undefined ? undefined : Number(env["API_PAUSE"]);
}

/** @param {NodeJS.ProcessEnv} env @param {string} name */
function needed(env, name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set. Fix: run this in the workflow that it belongs to`);
  return value;
}

/** A property of something that came from elsewhere. @param {unknown} value @param {readonly string[]} path @returns {unknown} */
function at(value, ...path) {
  return path.reduce(
    (/** @type {unknown} */ inner, name) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined,
    value,
  );
}

/** Runs a script: what goes wrong is an annotation of the run. @param {() => Promise<string>} script */
async function main(script) {
  try {
    console.log(await script());
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

module.exports = { api, at, github, main, needed, pauseIn };
