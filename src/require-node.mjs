// Plain JavaScript on purpose: an older Node cannot read TypeScript, and it is the older Node that must get this line.
const needed = 24;
if (Number(process.versions.node.split(".")[0]) < needed) {
  process.stderr.write(
    `ironledger needs Node ${needed} or newer; this is ${process.versions.node}. Run it through npm (npm start), which brings its own, or install a newer Node.\n`,
  );
  process.exit(2);
}
