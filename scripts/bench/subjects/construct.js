const { EcsTaskExecutionRole } = require("../../../lib");
const { ACCESS, synthesizeRoles } = require("./app");

const MODES = { "four policies": {}, "least privilege": { access: ACCESS } };

exports.synthesize = (mode, roles) =>
  synthesizeRoles(roles, (stack, id) => new EcsTaskExecutionRole(stack, id, { roleName: id, ...MODES[mode] }));
