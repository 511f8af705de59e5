const { EcsTaskExecutionRole } = require("../../../lib");
const { ACCESS, CONTAINER_DEFINITIONS, synthesizeRoles } = require("./app");

const MODES = {
  "four policies": {},
  "least privilege": { access: ACCESS },
  "container definitions": { access: { containerDefinitions: CONTAINER_DEFINITIONS } },
};

exports.synthesize = (mode, roles) =>
  synthesizeRoles(roles, (stack, id) => new EcsTaskExecutionRole(stack, id, { roleName: id, ...MODES[mode] }));
