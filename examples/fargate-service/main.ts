import { App } from "cdktf";
import { ServiceStack } from "./service-stack";
import { SharedStack } from "./shared-stack";

const app = new App();
const shared = new SharedStack(app, "shared");
new ServiceStack(app, "service", shared);
app.synth();
