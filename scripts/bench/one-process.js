// Runs one app in one process: node one-process.js SUBJECT MODE ROLES [FOLDER]. Prints its peak memory in kB.
const [subject, mode, roles, folder] = process.argv.slice(2);

require(`./subjects/${subject}`).synthesize(mode, Number(roles), folder);
console.log(`\n${process.resourceUsage().maxRSS}`);
