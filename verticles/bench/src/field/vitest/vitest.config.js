export default { test: { include: ["*.case.js"] } };
