const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The matrix of routes begins first. Where a suite has never run, Jest goes by the size of the files, and the longest of all stands in a file of four lines:
 * begun last, it would leave the other cores waiting for it.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => (path.includes('/test/access/') ? 0 : 1);
    return super.sort(tests).sort((a, b) => isLong(a) - isLong(b));
  }
};
