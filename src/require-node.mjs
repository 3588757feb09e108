// Plain JavaScript on purpose: an older Node cannot read TypeScript, and it is the older Node that must get this line.
const needed = 24;
if (Number(process.versions.node.split(".")[0]) < needed) {
  process.stderr.write(
    `ironledger needs Node ${needed} or newer, and this is ${process.versions.node}: put a newer one first on PATH. ` +
      "A checkout brings its own: npm ci installs it, npm scripts use it.\n",
  );
  process.exit(2);
}
