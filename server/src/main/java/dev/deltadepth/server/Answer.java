package dev.deltadepth.server;

/**
 * A map, ready to be sent.
 *
 * @param content its bytes in the form that was asked for
 * @param width the map's columns, the photo's
 * @param height the map's rows, the photo's
 * @param times what it took
 */
record Answer(byte[] content, int width, int height, Times times) {

  /**
   * Seconds spent.
   *
   * @param waiting in the queue
   * @param decoding the photo
   * @param estimating the depth: resizing to the network's size, the network, resizing back
   * @param encoding the answer
   */
  record Times(double waiting, double decoding, double estimating, double encoding) {
    /** Seconds of a worker. */
    double working() {
      return decoding + estimating + encoding;
    }
  }
}
