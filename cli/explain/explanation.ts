import { REGISTRY_ELSEWHERE } from "./causes/network";
import { endpointsIn } from "./endpoints";
import { KNOWN_REASONS } from "./known-reasons";
import { labeled } from "./labeled";
import { type Cause, causesOf, WHOSE } from "./model/known-reason";
import { type Reason, reasonOf } from "./model/stopped-reason";
import { VALUES } from "./model/values";
import { toPaste } from "./paste";

const IS_CUT = "This reason looks truncated. CloudTrail shows the full error of a call to AWS.";
const ORDER = "Possible causes, the most likely first:";

/** Then the network is not the cause. */
const ANSWER_OF_AWS = /status ?code: 4\d\d/i;
const OTHER_REGISTRY = new RegExp(`^(?!.*dkr[.-]ecr).*(${REGISTRY_ELSEWHERE}|ref "?[\\w-]+\\.[\\w.:-]+/)`, "i");
const WORDS_OF_ECS = /Cannot\w+Error|ResourceInit|TaskFailed|unable to|fetching|failed to|\(service /i;
const OR_APPLICATION =
  "If your application logged this message, the task role (taskRoleArn) lacks the permission instead.";

/** What a stopped reason means, and what to do; undefined if the reason is not known. */
export function explanationOf(given: string, taskArn?: string): string | undefined {
  const reason = reasonOf(given, taskArn);
  const row = KNOWN_REASONS.find(
    ({ pattern, account }) => pattern.test(reason.text) && (!account || account === reason.account),
  );
  if (!row) {
    return undefined;
  }
  const see = row.page ? [`See:   ${row.page}`] : [];
  const [first = row, ...others] = possible(causesOf(row), reason);
  return [
    ...deniedCall(reason, first),
    ...(reason.isCut ? [IS_CUT] : []),
    ...(others.length === 0
      ? explained(first, reason, ["Cause: ", "Fix:   "], see)
      : [
          ...see,
          "",
          ORDER,
          ...[first, ...others].flatMap((one, at) => ["", ...explained(one, reason, [`${at + 1}. `, "   Fix: "])]),
        ]),
  ].join("\n");
}

const possible = (causes: readonly Cause[], { text }: Reason) =>
  causes
    .filter(({ whose }) => whose !== "network" || !ANSWER_OF_AWS.test(text))
    .filter(({ field }) => field !== "imageRepositories" || !OTHER_REGISTRY.test(text));

function explained(cause: Cause, reason: Reason, labels: readonly [string, string], see: readonly string[] = []) {
  const why = [cause.why, WHOSE[cause.whose]].filter(Boolean).join(" ");
  return [
    labeled(labels[0], filled(why, reason)),
    ...see,
    labeled(labels[1], filled(cause.fix, reason)),
    ...toPaste(cause, reason),
  ];
}

function deniedCall({ denied, text }: Reason, { whose }: Cause): string[] {
  if (!denied) {
    return [];
  }
  const { action, resource, role } = denied;
  const call = `${action}${resource ? ` on ${resource}` : ""}${role ? ` for role ${role}` : ""}`;
  const isOfEcs = whose !== "executionRole" || WORDS_OF_ECS.test(text);
  return [labeled("Denied: ", call), ...(isOfEcs ? [] : [labeled("", OR_APPLICATION)])];
}

/** Replaces the placeholders, and removes the marks of Markdown. */
function filled(text: string, { values, text: all }: Reason): string {
  return text
    .replaceAll("{endpoints}", () => endpointsIn(all, values.region ?? VALUES.region.otherwise))
    .replace(/\{(\w+)\}/g, (whole, name: keyof typeof VALUES) =>
      name in VALUES ? (values[name] ?? VALUES[name].otherwise) : whole,
    )
    .replace(/^the /, "The ")
    .replace(/`| (?= )/g, "");
}
