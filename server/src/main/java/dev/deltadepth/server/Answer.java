package dev.deltadepth.server;

/**
 * A map, ready to be sent.
 *
 * @param content its bytes in the requested format
 * @param width the map's columns, the photo's
 * @param height the map's rows, the photo's
 * @param times how long each step took
 */
record Answer(byte[] content, int width, int height, Times times) {

  /**
   * Seconds per step.
   *
   * @param waiting in the queue
   * @param decoding the photo
   * @param estimating the depth: resizing to the network's size, the network, resizing back
   * @param encoding the answer
   */
  record Times(double waiting, double decoding, double estimating, double encoding) {
    /** The seconds that a worker spent. */
    double working() {
      return decoding + estimating + encoding;
    }
  }
}
